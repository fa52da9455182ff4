// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.data.MetadataColumn;
import org.plumbline.engine.rlhf.data.RowShape;
import org.plumbline.engine.rlhf.responses.Item;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.responses.Response;

/**
 * Labels of other kinds than comparisons as rows of a data set, which {@code recorded} reads again.
 *
 * @param kind of the feedback
 */
record ItemRows(String kind) {

  /** The kind of the feedback in a folder; empty for comparisons. */
  static String kindIn(Path folder) throws IOException {
    if (!Files.exists(folder.resolve("summary.json"))) {
      return "";
    }
    FeedbackSummary.Items items = FeedbackSummary.read(folder).items();
    return items == null ? "" : items.kind();
  }

  RowShape shape() {
    return switch (kind) {
      case "rankings", "best_of_k" -> RowShape.RANKING;
      case "scalar", "likert", "direct_oversight" -> RowShape.RATING;
      case "slider" -> RowShape.SLIDER;
      case "labels" -> RowShape.CLASS;
      case "corrections" -> RowShape.PREFERENCE;
      case "demonstrations" -> RowShape.DEMONSTRATION;
      case "language" -> RowShape.REMARKS;
      case "span" -> RowShape.MARKS;
      case "step" -> RowShape.STEPS;
      default -> throw new IllegalStateException("feedback of kind " + kind);
    };
  }

  /** Whether a label can be a row: a demonstration that nobody gave is none. */
  boolean writes(JsonNode label) {
    return shape() != RowShape.DEMONSTRATION || !label.path("skipped").asBoolean();
  }

  /** The row of a label. */
  ObjectNode row(JsonNode written) {
    ItemLabel label = ItemLabel.of(written);
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    row.set("prompt", label.item().prompt().json());
    answers(label, row);
    Response response = label.response();
    if (response != null) {
      says(response, label.item(), row);
    }
    row = ExportedRows.spread(row);
    row.put(MetadataColumn.ID.column(), String.valueOf(label.item().number()));
    row.put(MetadataColumn.RATER.column(), label.evaluator());
    row.put(MetadataColumn.GROUP.column(), label.group());
    row.put(MetadataColumn.MALICIOUS.column(), label.malicious());
    row.put(MetadataColumn.SKIPPED.column(), label.skipped());
    if (response instanceof Response.Label said && said.rank() >= 0) {
      row.put(MetadataColumn.CLASS_RANK.column(), said.rank());
    }
    finished(label, row);
    return row;
  }

  private void answers(ItemLabel label, ObjectNode row) {
    List<Answer> answers = label.item().answers();
    switch (shape()) {
      case RANKING -> {
        ArrayNode texts = row.putArray("completions");
        answers.forEach(answer -> texts.add(answer.text()));
        row.putNull("ranks");
      }
      case SLIDER -> {
        row.put("output_1", answers.get(0).text());
        row.put("output_2", answers.get(1).text());
        row.putNull("slider");
      }
      case PREFERENCE -> {
        row.set("chosen", answers.get(best(label)).json());
        row.set("rejected", answers.get(0).json());
      }
      case DEMONSTRATION -> row.set("completion", answers.get(best(label)).json());
      case STEPS -> {
        row.putArray("completions").add(answers.get(0).text());
        row.putArray("labels").addNull();
      }
      default -> {
        row.set("completion", answers.get(0).json());
        row.putNull(shape().columns().get(2));
      }
    }
  }

  /** The answer that stands for what was said: the first where nothing was. */
  private static int best(ItemLabel label) {
    return label.response() instanceof Response.Ranking ranking ? ranking.best().get(0) : 0;
  }

  private void says(Response response, Item item, ObjectNode row) {
    if (response instanceof Response.Ranking ranking && shape() == RowShape.RANKING) {
      ArrayNode ranks = row.putArray("ranks");
      for (int i = 0; i < item.answers().size(); i++) {
        int place = ranking.best().indexOf(i);
        ranks.add(1 + (place < 0 ? ranking.best().size() : place));
      }
    } else if (response instanceof Response.Rating rating) {
      row.put(shape() == RowShape.SLIDER ? "slider" : "rating", rating.number());
    } else if (response instanceof Response.Label label) {
      row.put("class", label.name());
    } else if (response instanceof Response.Remarks remarks) {
      ArrayNode texts = row.putArray("feedback");
      remarks.texts().forEach(texts::add);
    } else if (response instanceof Response.Marks marks) {
      ArrayNode spans = row.putArray("spans");
      for (Response.Mark mark : marks.spans()) {
        spans
            .addObject()
            .put("start", mark.start())
            .put("end", mark.end())
            .put("category", mark.category())
            .put("value", mark.value());
      }
    } else if (response instanceof Response.Steps steps) {
      steps(steps, item.answers().get(0).text(), row);
    }
  }

  /** What follows the last step that was judged is a step of which nothing is said. */
  private static void steps(Response.Steps steps, String answer, ObjectNode row) {
    ArrayNode texts = row.putArray("completions");
    ArrayNode labels = row.putArray("labels");
    int from = 0;
    for (int i = 0; i < steps.ends().size(); i++) {
      texts.add(answer.substring(from, steps.ends().get(i)));
      labels.add(steps.labels().get(i));
      from = steps.ends().get(i);
    }
    if (from < answer.length()) {
      texts.add(answer.substring(from));
      labels.addNull();
    }
  }

  private void finished(ItemLabel label, ObjectNode row) {
    List<Boolean> finished = label.item().finished();
    switch (shape()) {
      case RANKING, SLIDER -> {
        ArrayNode each = row.putArray(MetadataColumn.FINISHED.column());
        finished.forEach(each::add);
      }
      case PREFERENCE -> {
        row.put(MetadataColumn.CHOSEN_FINISHED.column(), finished.get(best(label)));
        row.put(MetadataColumn.REJECTED_FINISHED.column(), finished.get(0));
      }
      default -> row.put(MetadataColumn.FINISHED.column(), finished.get(best(label)));
    }
  }
}
