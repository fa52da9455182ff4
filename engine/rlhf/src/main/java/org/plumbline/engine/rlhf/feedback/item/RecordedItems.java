// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Rows;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.DataSet;
import org.plumbline.engine.rlhf.data.MetadataColumn;
import org.plumbline.engine.rlhf.data.RowShape;
import org.plumbline.engine.rlhf.data.StepwiseAnswer;
import org.plumbline.engine.rlhf.feedback.RecordedVotes;
import org.plumbline.engine.rlhf.responses.Item;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.responses.Response;
import org.plumbline.engine.run.StageFailure;

/**
 * Reads what people said of answers from the rows of a data set.
 *
 * <p>Rows of the same prompt with the same answers are of one item. Whoever is not named is {@value
 * RecordedVotes#SOMEBODY}, in a group {@value RecordedVotes#GROUP}.
 */
final class RecordedItems {
  /** Every step has a cut point of its own that is fitted. */
  private static final int MOST_STEPS = 100;

  /** Behind all classes that have a place. */
  private static final double UNRANKED = Double.POSITIVE_INFINITY;

  private final Rows kind;
  private final List<String> classes;
  private final Map<List<Object>, Long> items = new HashMap<>();
  private List<String> order = List.of();
  private String presumed = "";

  /**
   * Rows of a kind.
   *
   * @param classes of labels, the wanted one first; null for the order that rows say ({@code
   *     class_rank}), and of classes of which none does, that in which they come
   */
  RecordedItems(Rows kind, @Nullable List<String> classes) {
    this.kind = kind;
    this.classes = classes == null ? List.of() : classes;
  }

  /**
   * The labels, one for each row but those of gold questions, whose answer was known, and those
   * that a filter left out.
   */
  List<ItemLabel> read(DataSet data) throws IOException {
    List<JsonNode> rows = data.rows(shapes());
    List<ItemLabel> labels = new ArrayList<>();
    int number = 0;
    try {
      order = kind == Rows.LABELS ? order(rows, data.shape()) : List.of();
      for (JsonNode row : rows) {
        number++;
        if (!row.path(MetadataColumn.GOLD_QUESTION.column()).asBoolean()
            && !row.path(MetadataColumn.LEFT_OUT.column()).asBoolean()) {
          labels.add(label(row, data.shape()));
        }
      }
    } catch (Unfitting e) {
      throw new StageFailure(
          "PLB0519",
          (number == 0 ? "" : "row " + number + " of the data set: ") + e.getMessage(),
          "rows",
          "mend or remove the row, or say with `rows` what the data set holds");
    }
    return labels;
  }

  /** The class that counts as the wanted one where nothing says which; empty where it is said. */
  String presumed() {
    return presumed;
  }

  /** A row of the right shape that means nothing as feedback of this kind. */
  private static final class Unfitting extends Exception {
    private static final long serialVersionUID = 1;

    Unfitting(String message) {
      super(message);
    }
  }

  private List<RowShape> shapes() {
    return switch (kind) {
      case COMPARISONS, CORRECTIONS -> List.of(RowShape.PREFERENCE);
      case RANKINGS, BEST_OF_K -> List.of(RowShape.RANKING);
      case SCALAR, LIKERT -> List.of(RowShape.RATING);
      case SLIDER -> List.of(RowShape.SLIDER);
      case LABELS -> List.of(RowShape.CLASS, RowShape.LABELLED);
      case DEMONSTRATIONS -> List.of(RowShape.DEMONSTRATION);
      case LANGUAGE -> List.of(RowShape.REMARKS);
      case SPAN -> List.of(RowShape.MARKS);
      case STEP -> List.of(RowShape.STEPS);
    };
  }

  private List<String> order(List<JsonNode> rows, RowShape shape) throws Unfitting {
    if (!classes.isEmpty() || shape == RowShape.LABELLED) {
      return classes.isEmpty() ? List.of("good", "bad") : classes;
    }
    Set<String> found = new LinkedHashSet<>();
    Map<String, Double> ranks = new HashMap<>();
    for (JsonNode row : rows) {
      String said = row.path("class").asText();
      if (row.path("class").isTextual() && !said.equals(LabelForm.OTHER)) {
        found.add(said);
        rank(said, row.path(MetadataColumn.CLASS_RANK.column()), ranks);
      }
    }
    List<String> ordered = new ArrayList<>(found);
    ordered.sort(Comparator.comparingDouble(name -> ranks.getOrDefault(name, UNRANKED)));
    boolean known = !ordered.isEmpty() && ranks.getOrDefault(ordered.get(0), UNRANKED) == 0;
    presumed = known || ordered.isEmpty() ? "" : ordered.get(0);
    return ordered;
  }

  private static void rank(String name, JsonNode said, Map<String, Double> ranks) throws Unfitting {
    Double before = said.isNumber() ? ranks.putIfAbsent(name, said.asDouble()) : null;
    if (before != null && before != said.asDouble()) {
      throw new Unfitting(
          "`class_rank` of `"
              + name
              + "` is "
              + before
              + " in one row and "
              + said
              + " in another");
    }
  }

  private ItemLabel label(JsonNode row, RowShape shape) throws Unfitting {
    boolean skipped = row.path(MetadataColumn.SKIPPED.column()).asBoolean();
    Item item = item(row, shape);
    return new ItemLabel(
        item,
        IntStream.range(0, item.answers().size()).boxed().toList(),
        List.of(),
        null,
        null,
        row.path(MetadataColumn.RATER.column()).asText(RecordedVotes.SOMEBODY),
        row.path(MetadataColumn.GROUP.column()).asText(RecordedVotes.GROUP),
        skipped ? null : response(row, shape),
        row.path(MetadataColumn.MALICIOUS.column()).asBoolean(),
        0,
        List.of(),
        null,
        row.path(MetadataColumn.AGAIN.column()).asBoolean());
  }

  private Item item(JsonNode row, RowShape shape) {
    Prompt prompt = Prompt.of(row.path("prompt"));
    List<Answer> answers = answers(row, shape, prompt);
    List<Boolean> finished = new ArrayList<>();
    JsonNode whole = row.path(MetadataColumn.FINISHED.column());
    for (int i = 0; i < answers.size(); i++) {
      finished.add((whole.isArray() ? whole.path(i) : whole).asBoolean(true));
    }
    if (shape == RowShape.PREFERENCE) {
      finished.set(0, row.path(MetadataColumn.REJECTED_FINISHED.column()).asBoolean(true));
      finished.set(1, row.path(MetadataColumn.CHOSEN_FINISHED.column()).asBoolean(true));
    }
    List<Object> same = List.of(prompt, answers, finished);
    Long number = items.get(same);
    if (number == null) {
      number = (long) items.size();
      items.put(same, number);
    }
    return new Item(number, prompt, answers, finished);
  }

  private static List<Answer> answers(JsonNode row, RowShape shape, Prompt prompt) {
    if (shape == RowShape.PREFERENCE) {
      return List.of(Answer.of(row.path("rejected")), Answer.of(row.path("chosen")));
    } else if (shape == RowShape.SLIDER) {
      return List.of(
          prompt.answer(row.path("output_1").asText()),
          prompt.answer(row.path("output_2").asText()));
    } else if (shape == RowShape.STEPS) {
      return List.of(prompt.answer(StepwiseAnswer.of(row).text()));
    } else if (shape == RowShape.RANKING) {
      List<Answer> answers = new ArrayList<>();
      row.path("completions").forEach(answer -> answers.add(prompt.answer(answer.asText())));
      return answers;
    }
    return List.of(Answer.of(row.path("completion")));
  }

  private @Nullable Response response(JsonNode row, RowShape shape) throws Unfitting {
    return switch (kind) {
      case RANKINGS -> new Response.Ranking(best(row));
      case BEST_OF_K -> new Response.Ranking(best(row).subList(0, 1));
      case COMPARISONS, CORRECTIONS ->
          row.path("chosen").equals(row.path("rejected")) ? null : new Response.Ranking(List.of(1));
      case DEMONSTRATIONS -> new Response.Ranking(List.of(0));
      case SCALAR -> new Response.Rating(row.path("rating").asDouble());
      case LIKERT -> new Response.Rating(step(row.path("rating").asDouble()));
      case SLIDER -> new Response.Rating(row.path("slider").asDouble());
      case LABELS -> said(row, shape);
      case LANGUAGE -> {
        List<String> texts = new ArrayList<>();
        row.path("feedback").forEach(text -> texts.add(text.asText()));
        yield new Response.Remarks(texts);
      }
      case SPAN -> {
        List<Response.Mark> marks = new ArrayList<>();
        row.path("spans").forEach(span -> marks.add(Response.Mark.of(span)));
        yield new Response.Marks(marks);
      }
      case STEP -> steps(StepwiseAnswer.of(row));
    };
  }

  /** The answers in order, without those in the last place if there are several. */
  private static List<Integer> best(JsonNode row) {
    JsonNode ranks = row.path("ranks");
    List<Integer> order =
        IntStream.range(0, ranks.size())
            .boxed()
            .sorted((a, b) -> Double.compare(ranks.get(a).asDouble(), ranks.get(b).asDouble()))
            .toList();
    int last = order.size() - 1;
    double worst = ranks.get(order.get(last)).asDouble();
    return ranks.get(order.get(last - 1)).asDouble() == worst
        ? order.stream().filter(i -> ranks.get(i).asDouble() < worst).toList()
        : order;
  }

  private static double step(double rating) throws Unfitting {
    if (rating < 1 || rating != Math.rint(rating)) {
      throw new Unfitting("`rating` must be a step of a scale, from 1 on, but is " + rating);
    } else if (rating > MOST_STEPS) {
      throw new Unfitting(
          "`rating` is "
              + (rating < Long.MAX_VALUE ? Long.toString((long) rating) : Double.toString(rating))
              + ", but a scale has at most "
              + MOST_STEPS
              + " steps; `rows: scalar` takes any number");
    }
    return rating;
  }

  private Response.Label said(JsonNode row, RowShape shape) throws Unfitting {
    String name =
        shape == RowShape.CLASS
            ? row.path("class").asText()
            : order.get(row.path("label").asBoolean() ? 0 : order.size() - 1);
    int rank = order.indexOf(name);
    if (rank < 0 && !name.equals(LabelForm.OTHER)) {
      throw new Unfitting("`class` is `" + name + "`, which is none of `classes`");
    }
    return new Response.Label(name, rank);
  }

  private static Response.@Nullable Steps steps(StepwiseAnswer answer) {
    List<Integer> ends = new ArrayList<>();
    List<Double> labels = new ArrayList<>();
    for (int i = 0; i < answer.steps().size(); i++) {
      if (!answer.labels().get(i).isNaN()) {
        ends.add(answer.ends().get(i));
        labels.add(answer.labels().get(i));
      }
    }
    return ends.isEmpty() ? null : new Response.Steps(ends, labels);
  }
}
