// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.conversation.Spacing;
import org.plumbline.engine.rlhf.data.source.DataFailure;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;

/**
 * One part of a data set that {@link LoadData} has read.
 *
 * <p>Rows of a richer shape serve where less is needed: preferences have prompts, and everything
 * has texts. Asking for what the rows do not have is the user's mistake and a {@code StageFailure}.
 */
public final class DataSet {
  /** The file of an artifact with the rows that are not held out. */
  public static final String ROWS = "rows.jsonl";

  static final String HELD_OUT = "held_out.jsonl";
  static final String SUMMARY = "summary.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String role;
  private final RowShape shape;
  private final String fingerprint;
  private final Path file;
  private final int size;

  private DataSet(String role, JsonNode summary, Path file, int size) {
    this.role = role;
    this.shape = RowShape.of(summary.path("shape").asText());
    this.fingerprint = summary.path("fingerprint").asText();
    this.file = file;
    this.size = size;
  }

  /** Reads the data set that a key of the node's settings names, in the part that is meant. */
  public static DataSet of(StageContext context, String role) throws IOException {
    return read(context.input(role), context.part(role), role);
  }

  /**
   * Reads a data set.
   *
   * @param part {@code held_out}, or empty for the other rows
   * @param role the key of the settings that names it, for messages
   */
  public static DataSet read(Artifact artifact, String part, String role) throws IOException {
    JsonNode summary = JSON.readTree(artifact.file(SUMMARY).toFile());
    boolean main = part.isEmpty();
    if (!main && !part.equals("held_out")) {
      throw new IllegalArgumentException("a data set has no part " + part);
    }
    Path file = artifact.file(main ? ROWS : HELD_OUT);
    int size = summary.path(main ? "rows" : "heldOut").asInt();
    if (size == 0) {
      throw DataFailure.emptyPart(role, main ? "main" : part);
    }
    return new DataSet(role, summary, file, size);
  }

  /** Whether a part has any rows. */
  public static boolean has(Artifact artifact, String part) throws IOException {
    JsonNode summary = JSON.readTree(artifact.file(SUMMARY).toFile());
    return summary.path(part.isEmpty() ? "rows" : "heldOut").asInt() > 0;
  }

  /** The file with its rows. */
  public Path file() {
    return file;
  }

  /** The shape of its rows. */
  public RowShape shape() {
    return shape;
  }

  /** The number of rows. */
  public int size() {
    return size;
  }

  /** SHA-256, in hex, over all rows of the data set, whichever part this is. */
  public String fingerprint() {
    return fingerprint;
  }

  /** Whole texts: each row's text, its prompt with its answer, or its prompt with either answer. */
  public List<String> texts() throws IOException {
    List<String> texts = new ArrayList<>();
    rows(row -> addTexts(row, texts));
    return texts;
  }

  /** Whole texts that are meant to be learned: rows of text, or prompts with their answers. */
  public List<String> textsToLearn() throws IOException {
    require(RowUse.TEXTS_TO_LEARN);
    return texts();
  }

  private void addTexts(JsonNode row, List<String> texts) {
    String prompt = prompt(row).text();
    switch (shape) {
      case TEXT -> texts.add(row.path("text").asText());
      case PROMPT -> texts.add(prompt);
      case DEMONSTRATION, LABELLED, RATING, CLASS, REMARKS, MARKS ->
          texts.add(Spacing.joined(prompt, answer(row, "completion").text()));
      case PREFERENCE -> {
        texts.add(Spacing.joined(prompt, answer(row, "chosen").text()));
        texts.add(Spacing.joined(prompt, answer(row, "rejected").text()));
      }
      case RANKING ->
          row.path("completions")
              .forEach(answer -> texts.add(Spacing.joined(prompt, answer.asText())));
      case SLIDER -> {
        texts.add(Spacing.joined(prompt, row.path("output_1").asText()));
        texts.add(Spacing.joined(prompt, row.path("output_2").asText()));
      }
      case STEPS -> {
        List<String> steps = new ArrayList<>();
        row.path("completions").forEach(step -> steps.add(step.asText()));
        texts.add(Spacing.joined(prompt, String.join("\n", steps)));
      }
    }
  }

  /** The prompts, one per row, in the order of the file. */
  public List<Prompt> prompts() throws IOException {
    require(RowUse.PROMPTS);
    List<Prompt> prompts = new ArrayList<>();
    rows(row -> prompts.add(prompt(row)));
    return prompts;
  }

  /** Prompts with their answers. */
  public List<Demonstration> demonstrations() throws IOException {
    require(RowUse.DEMONSTRATIONS);
    List<Demonstration> demonstrations = new ArrayList<>();
    rows(row -> demonstrations.add(new Demonstration(prompt(row), answer(row, "completion"))));
    return demonstrations;
  }

  /** Prompts with a chosen and a rejected answer. */
  public List<Preference> preferences() throws IOException {
    require(RowUse.PREFERENCES);
    List<Preference> preferences = new ArrayList<>();
    rows(row -> preferences.add(Preference.of(row)));
    return preferences;
  }

  /** Prompts with one answer each and whether it is good. */
  public List<LabelledAnswer> labelledAnswers() throws IOException {
    if (shape != RowShape.LABELLED) {
      throw wrongShape("`prompt`, `completion` and `label`");
    }
    List<LabelledAnswer> answers = new ArrayList<>();
    rows(
        row ->
            answers.add(
                new LabelledAnswer(
                    prompt(row), answer(row, "completion"), row.path("label").asBoolean())));
    return answers;
  }

  /**
   * The rows as they are, for what is said of answers in other ways.
   *
   * @param needed the shapes that will do
   */
  public List<JsonNode> rows(List<RowShape> needed) throws IOException {
    if (!needed.contains(shape)) {
      throw wrongShape(
          needed.get(0).columns().stream()
              .map(column -> "`" + column + "`")
              .collect(Collectors.joining(", ")));
    }
    List<JsonNode> rows = new ArrayList<>();
    rows(rows::add);
    return rows;
  }

  /** Prompts with answers in steps and how good each step is. */
  public List<StepwiseAnswer> stepwiseAnswers() throws IOException {
    if (shape != RowShape.STEPS) {
      throw wrongShape("`prompt`, `completions` and `labels`");
    }
    List<StepwiseAnswer> answers = new ArrayList<>();
    rows(row -> answers.add(StepwiseAnswer.of(row)));
    return answers;
  }

  private static Prompt prompt(JsonNode row) {
    return Prompt.of(row.path("prompt"));
  }

  private static Answer answer(JsonNode row, String column) {
    return Answer.of(row.path(column));
  }

  private void require(RowUse use) {
    if (!use.reads(shape)) {
      throw wrongShape(use.needs());
    }
  }

  private StageFailure wrongShape(String need) {
    return DataFailure.wrongShape(role, need, shape.word());
  }

  private void rows(Consumer<JsonNode> each) throws IOException {
    try (BufferedReader in = Files.newBufferedReader(file)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        each.accept(JSON.readTree(line));
      }
    }
  }
}
