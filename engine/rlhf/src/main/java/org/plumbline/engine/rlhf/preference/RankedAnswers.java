// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.preference;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.data.Pairs;
import org.plumbline.engine.rlhf.responses.Item;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.responses.Response;
import org.plumbline.engine.store.content.Artifact;

/**
 * Answers to one prompt, and how good feedback finds each.
 *
 * <p>Each pair that is no tie is a ranking of two. Each ranking that somebody gave is one; answers
 * that it leaves out, as a choice of the best does, are equally good and below the others. A slider
 * is a ranking of its two answers. Ratings of single answers rank all answers to the same prompt by
 * the mean over who rated them. Where all answers are equally good there is nothing to rank.
 *
 * @param exchanges the answers, each with the prompt
 * @param scores how good each is; some differ
 */
record RankedAnswers(Prompt prompt, List<Exchange> exchanges, double[] scores) {

  /** The rankings of feedback, in its order. */
  static List<RankedAnswers> read(Artifact feedback) throws IOException {
    List<RankedAnswers> all =
        Files.exists(feedback.folder().resolve(Pairs.FILE))
            ? compared(Pairs.read(feedback))
            : labelled(ItemLabel.read(feedback));
    List<RankedAnswers> ranked = all.stream().filter(RankedAnswers::differ).toList();
    PolicyFitting.require(
        all.isEmpty() || all.stream().anyMatch(one -> one.scores().length > 1),
        "no prompt has two answers, so there is nothing to rank",
        "ask about several answers to each prompt, or collect `rankings`");
    PolicyFitting.require(
        !ranked.isEmpty(), "all answers to a prompt are equally good, so there is nothing to rank");
    return ranked;
  }

  private boolean differ() {
    for (double score : scores) {
      if (score != scores[0]) {
        return true;
      }
    }
    return false;
  }

  private static List<RankedAnswers> compared(List<Pair> pairs) {
    List<RankedAnswers> all = new ArrayList<>();
    for (Pair pair : pairs) {
      List<Exchange> both =
          List.of(
              new Exchange(pair.prompt(), pair.chosen(), pair.chosenFinished()),
              new Exchange(pair.prompt(), pair.rejected(), pair.rejectedFinished()));
      double[] scores = {pair.target(), 1 - pair.target()};
      all.add(new RankedAnswers(pair.prompt(), both, scores));
    }
    return all;
  }

  private static List<RankedAnswers> labelled(List<ItemLabel> labels) {
    List<RankedAnswers> all = new ArrayList<>();
    Map<Prompt, Map<Exchange, List<Double>>> rated = new LinkedHashMap<>();
    for (ItemLabel label : labels) {
      Item item = label.item();
      if (label.response() instanceof Response.Ranking ranking) {
        double[] scores = new double[item.answers().size()];
        for (int i = 0; i < ranking.best().size(); i++) {
          scores[ranking.best().get(i)] = scores.length - i;
        }
        all.add(new RankedAnswers(item.prompt(), item.exchanges(), scores));
      } else if (label.response() instanceof Response.Rating rating) {
        if (item.answers().size() > 1) {
          double[] scores = {rating.number(), 0};
          all.add(new RankedAnswers(item.prompt(), item.exchanges(), scores));
        } else {
          rated
              .computeIfAbsent(item.prompt(), prompt -> new LinkedHashMap<>())
              .computeIfAbsent(item.exchanges().get(0), answer -> new ArrayList<>())
              .add(rating.number());
        }
      }
    }
    rated.forEach((prompt, answers) -> all.add(rated(prompt, answers)));
    return all;
  }

  private static RankedAnswers rated(Prompt prompt, Map<Exchange, List<Double>> answers) {
    double[] scores =
        answers.values().stream()
            .mapToDouble(
                numbers -> numbers.stream().mapToDouble(Double::doubleValue).average().orElse(0))
            .toArray();
    return new RankedAnswers(prompt, List.copyOf(answers.keySet()), scores);
  }
}
