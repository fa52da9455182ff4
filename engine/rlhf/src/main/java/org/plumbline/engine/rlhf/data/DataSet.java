package org.plumbline.engine.rlhf.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.plumbline.engine.store.Artifact;
import org.plumbline.engine.store.StageContext;

/**
 * One part of a data set that {@link LoadData} has read.
 *
 * <p>Rows of a richer shape serve where less is needed: preferences have prompts, and everything
 * has texts. Asking for what the rows do not have is the user's mistake and a {@code StageFailure}.
 */
public final class DataSet {
  static final String ROWS = "rows.jsonl";
  static final String HELD_OUT = "held_out.jsonl";
  static final String SUMMARY = "summary.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String role;
  private final RowShape shape;
  private final String fingerprint;
  private final List<Map<String, String>> rows;

  private DataSet(String role, RowShape shape, String fingerprint, List<Map<String, String>> rows) {
    this.role = role;
    this.shape = shape;
    this.fingerprint = fingerprint;
    this.rows = rows;
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
    Path file =
        switch (part) {
          case "" -> artifact.file(ROWS);
          case "held_out" -> artifact.file(HELD_OUT);
          default -> throw new IllegalArgumentException("a data set has no part " + part);
        };
    List<Map<String, String>> rows = new ArrayList<>();
    try (BufferedReader in = Files.newBufferedReader(file)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        rows.add(JSON.readerForMapOf(String.class).readValue(line));
      }
    }
    if (rows.isEmpty()) {
      throw DataFailure.emptyPart(role, part.isEmpty() ? "main" : part);
    }
    return new DataSet(
        role,
        RowShape.of(summary.path("shape").asText()),
        summary.path("fingerprint").asText(),
        rows);
  }

  /**
   * One text of a prompt and its answer: separated by a space, unless the prompt ends in white
   * space.
   */
  public static String joined(String prompt, String completion) {
    boolean apart =
        prompt.isEmpty() || Character.isWhitespace(prompt.codePointBefore(prompt.length()));
    return apart ? prompt + completion : prompt + " " + completion;
  }

  /** The shape of its rows. */
  public RowShape shape() {
    return shape;
  }

  /** The number of rows. */
  public int size() {
    return rows.size();
  }

  /** SHA-256, in hex, over all rows of the data set, whichever part this is. */
  public String fingerprint() {
    return fingerprint;
  }

  /** Whole texts: each row's text, its prompt with its answer, or its prompt with either answer. */
  public List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (Map<String, String> row : rows) {
      switch (shape) {
        case TEXT -> texts.add(value(row, "text"));
        case PROMPT -> texts.add(value(row, "prompt"));
        case DEMONSTRATION -> texts.add(joined(value(row, "prompt"), value(row, "completion")));
        case PREFERENCE -> {
          texts.add(joined(value(row, "prompt"), value(row, "chosen")));
          texts.add(joined(value(row, "prompt"), value(row, "rejected")));
        }
      }
    }
    return texts;
  }

  /** The prompts, one per row, in the order of the file. */
  public List<String> prompts() {
    if (shape == RowShape.TEXT) {
      throw DataFailure.wrongShape(role, "`prompt`", shape);
    }
    return rows.stream().map(row -> value(row, "prompt")).toList();
  }

  /** Prompts with their answers. */
  public List<Demonstration> demonstrations() {
    if (shape != RowShape.DEMONSTRATION) {
      throw DataFailure.wrongShape(role, "`prompt` and `completion`", shape);
    }
    return rows.stream()
        .map(row -> new Demonstration(value(row, "prompt"), value(row, "completion")))
        .toList();
  }

  /** Prompts with a chosen and a rejected answer. */
  public List<Preference> preferences() {
    if (shape != RowShape.PREFERENCE) {
      throw DataFailure.wrongShape(role, "`chosen` and `rejected`", shape);
    }
    return rows.stream()
        .map(
            row ->
                new Preference(value(row, "prompt"), value(row, "chosen"), value(row, "rejected")))
        .toList();
  }

  private static String value(Map<String, String> row, String column) {
    return Objects.requireNonNull(row.get(column), column);
  }
}
