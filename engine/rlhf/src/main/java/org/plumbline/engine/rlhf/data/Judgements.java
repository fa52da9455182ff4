// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.source.DataFailure;
import org.plumbline.engine.rlhf.data.source.RowPlace;
import org.plumbline.engine.rlhf.data.source.RowValues;

/** Preferences out of the rows of data sets that say them in other ways. */
final class Judgements {
  private Judgements() {}

  /**
   * A comparison of summarize-from-feedback (Stiennon et al. 2020, arXiv:2009.01325). The prompt is
   * put together as that project's policies saw it.
   */
  static List<ObjectNode> summaries(Fields fields) {
    JsonNode summaries = fields.list("summaries");
    if (summaries.size() != 2) {
      throw DataFailure.badValue(
          fields.place(), "summaries", "two summaries", summaries.size() + " of them");
    }
    int choice = (int) fields.number("choice");
    if (choice != fields.number("choice") || choice < 0 || choice > 1) {
      throw DataFailure.badValue(
          fields.place(), "choice", "0 or 1", DataFailure.number(fields.number("choice")));
    }
    ObjectNode row =
        RowShaping.row()
            .put("prompt", post(fields))
            .put("chosen", summary(fields, summaries, choice))
            .put("rejected", summary(fields, summaries, 1 - choice));
    JsonNode confidence = fields.value("extra").path("confidence");
    if (confidence.isNumber()) {
      row.put("confidence", fields.number(confidence, "extra.confidence"));
    }
    return List.of(row);
  }

  private static String summary(Fields fields, JsonNode summaries, int index) {
    return fields.text(summaries.get(index).path("text"), "summaries[" + index + "].text").strip();
  }

  private static String post(Fields fields) {
    JsonNode info = fields.value("info");
    if (info.path("article").isTextual()) {
      return "Article:\n\n" + fields.text(info.path("article"), "info.article") + "\n\nTL;DR:";
    }
    return "SUBREDDIT: r/"
        + fields.text(info.path("subreddit"), "info.subreddit")
        + "\n\nTITLE: "
        + fields.text(info.path("title"), "info.title")
        + "\n\nPOST: "
        + fields.text(info.path("post"), "info.post")
        + "\n\nTL;DR:";
  }

  /**
   * A comparison of AlpacaFarm (Dubois et al. 2023, arXiv:2305.14387): 1 prefers the first output,
   * 2 the second, what lies between is the second's probability plus one; 0 is a tie, too.
   */
  static List<ObjectNode> twoOutputs(Fields fields, Prompt prompt) {
    double preference = fields.number("preference");
    if (preference != 0 && (preference < 1 || preference > 2)) {
      throw DataFailure.badValue(
          fields.place(), "preference", "from 1 to 2, or 0", DataFailure.number(preference));
    }
    double second = preference == 0 ? 0.5 : preference - 1;
    String better = second > 0.5 ? "output_2" : "output_1";
    String worse = second > 0.5 ? "output_1" : "output_2";
    Answer chosen = prompt.answer(fields.anyText(better));
    Answer rejected = prompt.answer(fields.anyText(worse));
    return List.of(
        Answers.row(prompt, chosen, rejected).put("strength", Math.max(second, 1 - second)));
  }

  /**
   * Answers with scores, as UltraFeedback (Cui et al. 2023, arXiv:2310.01377) has them: the one
   * with the highest score (the first of equals) against one with a lower score, drawn by the
   * content of the row, so that neither a seed nor the row's place matters.
   */
  static List<ObjectNode> rated(Fields fields, Prompt prompt, Oddities oddities) {
    JsonNode completions = fields.list("completions");
    if (completions.size() < 2) {
      throw DataFailure.badValue(
          fields.place(), "completions", "two answers or more", completions.size() + " of them");
    }
    List<Rated> all = new ArrayList<>();
    for (int i = 0; i < completions.size(); i++) {
      all.add(Rated.of(completions.get(i), fields, "completions[" + i + "]"));
    }
    Rated best = all.get(0);
    for (Rated answer : all) {
      best = answer.score > best.score ? answer : best;
    }
    double highest = best.score;
    List<Rated> worse = all.stream().filter(answer -> answer.score < highest).toList();
    if (worse.isEmpty()) {
      oddities.at(Oddity.ALL_EQUAL, fields.place());
      return List.of(row(prompt, best, all.get(1)).put("strength", 0.5));
    }
    long draw = TextHash.word(prompt.text() + "\n" + completions);
    Rated other = worse.get((int) Long.remainderUnsigned(draw, worse.size()));
    if (best.ratings.isPresent()
        && other.ratings.isPresent()
        && best.ratings.getAsDouble() < other.ratings.getAsDouble()) {
      oddities.at(Oddity.SUSPECTED_SWAP, fields.place());
    }
    return List.of(
        row(prompt, best, other)
            .put("score_chosen", best.score)
            .put("score_rejected", other.score));
  }

  private static ObjectNode row(Prompt prompt, Rated better, Rated worse) {
    return Answers.row(prompt, prompt.answer(better.text), prompt.answer(worse.text));
  }

  /**
   * An answer and how good it is.
   *
   * @param ratings the mean of its ratings by aspect, if there are any
   */
  private record Rated(String text, double score, OptionalDouble ratings) {

    static Rated of(JsonNode answer, Fields fields, String where) {
      String text = fields.text(answer.path("response"), where + ".response");
      OptionalDouble ratings = ratings(answer.path("annotations"));
      for (String name : List.of("overall_score", "fine-grained_score", "score")) {
        if (answer.path(name).isNumber()) {
          return new Rated(text, fields.number(answer.path(name), where + "." + name), ratings);
        }
      }
      return new Rated(
          text, ratings.orElseThrow(() -> missing(fields.place(), where, answer)), ratings);
    }

    private static RuntimeException missing(RowPlace place, String where, JsonNode answer) {
      return DataFailure.notKind(
          place,
          where + ".overall_score",
          "a number",
          RowValues.kind(answer.path("overall_score")));
    }

    /** The mean over the aspects whose rating is a number: some say {@code N/A}. */
    private static OptionalDouble ratings(JsonNode annotations) {
      List<Double> ratings = new ArrayList<>();
      for (JsonNode aspect : annotations) {
        String rating = aspect.path("Rating").asText();
        if (rating.matches("\\d{1,3}(\\.\\d+)?")) {
          ratings.add(Double.parseDouble(rating));
        }
      }
      return ratings.stream().mapToDouble(Double::doubleValue).average();
    }
  }
}
