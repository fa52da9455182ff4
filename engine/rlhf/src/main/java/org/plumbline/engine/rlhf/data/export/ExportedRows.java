// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.plumbline.engine.lm.Message;
import org.plumbline.engine.rlhf.conversation.Prompt.Chat;
import org.plumbline.engine.rlhf.data.DataSet;
import org.plumbline.engine.rlhf.data.MetadataColumn;
import org.plumbline.engine.rlhf.data.Pairs;
import org.plumbline.engine.rlhf.data.RowShape;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.store.content.Artifact;

/**
 * The rows of an artifact in TRL's standard form, as they are written and can be read again.
 * Feedback becomes preferences: {@code strength} says how surely, {@code votes} and {@code
 * agreeing} by how many.
 */
public final class ExportedRows {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LABELS = ItemLabel.FILE;

  /** What a filter left out, in an artifact. */
  public static final String LEFT_OUT = "left_out.jsonl";

  /** What was said to questions that were asked again, in an artifact. */
  public static final String REPEATED = "repeated.jsonl";

  /** What was said of questions whose answer is known, in an artifact. */
  public static final String GOLD_QUESTIONS = "gold_questions.jsonl";

  /** The columns that hold messages where rows are conversations. */
  static final List<String> SAID = List.of("prompt", "completion", "chosen", "rejected");

  /** The columns whose values have names of their own in each row. */
  static final List<String> AS_JSON = List.of(Chat.TOOLS, Chat.VARIABLES);

  /** What rows of other files than those of votes say of themselves. */
  private static final Map<String, MetadataColumn> BESIDES =
      Map.of(
          LEFT_OUT,
          MetadataColumn.LEFT_OUT,
          REPEATED,
          MetadataColumn.AGAIN,
          GOLD_QUESTIONS,
          MetadataColumn.GOLD_QUESTION);

  private final List<Path> files;
  private final RowShape shape;
  private final Predicate<JsonNode> kept;
  private final Function<JsonNode, ObjectNode> row;

  private ExportedRows(
      List<Path> files,
      RowShape shape,
      Predicate<JsonNode> kept,
      Function<JsonNode, ObjectNode> row) {
    this.files = files;
    this.shape = shape;
    this.kept = kept;
    this.row = row;
  }

  /** Whether an artifact has rows: it is a data set or feedback. */
  public static boolean in(Artifact artifact) {
    return Files.exists(artifact.file(DataSet.ROWS))
        || Files.exists(artifact.file(Pairs.FILE))
        || labelsIn(artifact);
  }

  /** Whether it has single labels, each with who gave it. */
  public static boolean labelsIn(Artifact artifact) {
    return Files.exists(artifact.file(LABELS));
  }

  /**
   * The rows of a data set, the pairs of feedback, or what was said in feedback of other kinds.
   *
   * @param part {@code held_out}, or empty for the other rows
   */
  public static ExportedRows of(Artifact artifact, String part) throws IOException {
    if (Files.exists(artifact.file(Pairs.FILE))) {
      return new ExportedRows(
          List.of(artifact.file(Pairs.FILE)),
          RowShape.PREFERENCE,
          pair -> true,
          ExportedRows::pair);
    } else if (labelsIn(artifact)) {
      ItemRows rows = new ItemRows(ItemRows.kindIn(artifact.folder()));
      return new ExportedRows(
          List.of(ItemLabel.file(artifact)),
          rows.shape(),
          label -> !label.path("skipped").asBoolean(),
          label -> without(MetadataColumn.SKIPPED, rows.row(label)));
    }
    DataSet data = DataSet.read(artifact, part, part.isEmpty() ? "the node" : part);
    return new ExportedRows(
        List.of(data.file()), data.shape(), row -> true, row -> spread((ObjectNode) row));
  }

  private static ObjectNode without(MetadataColumn column, ObjectNode row) {
    row.remove(column.column());
    return row;
  }

  /**
   * The single labels of feedback: who said what of which answer shown first, and whether to do
   * harm. Those who skipped a question prefer nothing; their rows say so. What a filter left out,
   * what was said again, and of gold questions, is no vote; its rows come last and say what they
   * are. So all that a filter saw is there, and it can be computed anew.
   */
  public static ExportedRows labels(Artifact artifact) throws IOException {
    List<Path> files =
        Stream.of(LABELS, LEFT_OUT, REPEATED, GOLD_QUESTIONS)
            .map(artifact::file)
            .filter(Files::exists)
            .toList();
    String kind = ItemRows.kindIn(artifact.folder());
    if (kind.isEmpty()) {
      return new ExportedRows(files, RowShape.PREFERENCE, label -> true, ExportedRows::label);
    }
    ItemRows rows = new ItemRows(kind);
    return new ExportedRows(files, rows.shape(), rows::writes, rows::row);
  }

  private static ObjectNode pair(JsonNode pair) {
    return preference(pair, pair.path("chosen"), pair.path("rejected"), pair.path("target"))
        .put(MetadataColumn.VOTES.column(), pair.path("votes").asInt())
        .put(MetadataColumn.AGREEING.column(), pair.path("agreeing").asDouble())
        .put(MetadataColumn.CHOSEN_FINISHED.column(), pair.path("chosen_finished").asBoolean(true))
        .put(
            MetadataColumn.REJECTED_FINISHED.column(),
            pair.path("rejected_finished").asBoolean(true));
  }

  private static ObjectNode label(JsonNode label) {
    String choice = label.path("choice").asText();
    double first =
        switch (choice) {
          case "first" -> 1;
          case "second" -> 0;
          case "p" -> label.path("p").asDouble();
          default -> 0.5;
        };
    JsonNode one = label.path("first");
    JsonNode two = label.path("second");
    boolean better = first >= 0.5;
    ObjectNode row =
        preference(
                label,
                better ? one : two,
                better ? two : one,
                JsonNodeFactory.instance.numberNode(Math.max(first, 1 - first)))
            .put(MetadataColumn.RATER.column(), label.path("evaluator").asText())
            .put(MetadataColumn.GROUP.column(), label.path("group").asText());
    if (!label.path("order_unknown").asBoolean()) {
      row.put(MetadataColumn.SHOWN_FIRST.column(), better ? "chosen" : "rejected");
    }
    return row.put(MetadataColumn.MALICIOUS.column(), label.path("malicious").asBoolean())
        .put(MetadataColumn.SKIPPED.column(), choice.equals("skip"));
  }

  private static ObjectNode preference(
      JsonNode from, JsonNode chosen, JsonNode rejected, JsonNode strength) {
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    row.set("prompt", from.path("prompt"));
    row.set("chosen", chosen);
    row.set("rejected", rejected);
    row = spread(row);
    row.put(MetadataColumn.ID.column(), from.path("pair").asText());
    row.put(MetadataColumn.STRENGTH.column(), strength.asDouble());
    return row;
  }

  /** The row with its prompt as TRL has conversations: messages, and beside them the rest. */
  static ObjectNode spread(ObjectNode row) {
    JsonNode prompt = row.path("prompt");
    if (!prompt.isObject()) {
      return row;
    }
    JsonNode messages = prompt.path(Chat.MESSAGES);
    ObjectNode spread = row.deepCopy();
    spread.set("prompt", messages);
    for (String name : List.of(Chat.TOOLS, Chat.VARIABLES)) {
      if (prompt.has(name)) {
        spread.set(name, prompt.path(name));
      }
    }
    if (messages.path(messages.size() - 1).path("role").asText().equals(Message.ASSISTANT)) {
      spread.put(Chat.GOES_ON, prompt.path(Chat.GOES_ON).asBoolean());
    }
    return spread;
  }

  /** What is done with each row. */
  interface RowConsumer {
    void accept(ObjectNode row) throws IOException;
  }

  /**
   * Goes through all rows, one in memory at a time.
   *
   * @return how many there were, and how many of them say nothing
   */
  Counts each(RowConsumer consumer) throws IOException {
    long written = 0;
    long skipped = 0;
    for (Path file : files) {
      MetadataColumn besides = BESIDES.get(String.valueOf(file.getFileName()));
      try (BufferedReader in = Files.newBufferedReader(file)) {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          JsonNode read = JSON.readTree(line);
          if (kept.test(read)) {
            ObjectNode made = row.apply(read);
            if (besides != null) {
              made.put(besides.column(), true);
            }
            consumer.accept(made);
            written++;
            skipped += made.path(MetadataColumn.SKIPPED.column()).asBoolean() ? 1 : 0;
          }
        }
      }
    }
    return new Counts(written, skipped);
  }

  /**
   * How many rows there were.
   *
   * @param written rows that are in the file
   * @param skipped those of them that were skipped by whoever was asked
   */
  public record Counts(long written, long skipped) {}

  /** The columns: those of the shape, and of the others all that some row has. */
  List<Column> columns() throws IOException {
    Set<String> found = new LinkedHashSet<>();
    each(row -> row.fieldNames().forEachRemaining(found::add));
    List<Column> columns = new ArrayList<>();
    for (String name : shape.columns()) {
      columns.add(new Column(name, type(name)));
    }
    if (found.contains(Chat.GOES_ON)) {
      columns.add(new Column(Chat.GOES_ON, "BOOLEAN"));
    }
    for (MetadataColumn kept : MetadataColumn.of(shape)) {
      if (found.contains(kept.column())) {
        columns.add(new Column(kept.column(), kept.type(shape)));
      }
    }
    return columns;
  }

  private static String type(String column) {
    return switch (column) {
      case "label" -> "BOOLEAN";
      case "completions" -> "VARCHAR[]";
      case "labels", "ranks" -> "DOUBLE[]";
      case "rating", "slider" -> "DOUBLE";
      case "feedback" -> "VARCHAR[]";
      case "spans" ->
          "STRUCT(\"start\" BIGINT, \"end\" BIGINT, category VARCHAR, \"value\" DOUBLE)[]";
      default -> "VARCHAR";
    };
  }

  /**
   * A column of the file.
   *
   * @param type in SQL
   */
  record Column(String name, String type) {}
}
