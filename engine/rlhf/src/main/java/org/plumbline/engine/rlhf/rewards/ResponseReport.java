// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.RewardMeasures;
import org.plumbline.engine.artifact.RewardMeasures.HeldOutResponses;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.likelihood.Gradient;
import org.plumbline.engine.rlhf.likelihood.Likelihood;
import org.plumbline.engine.rlhf.responses.Concordance;
import org.plumbline.engine.rlhf.responses.Concordance.Order;
import org.plumbline.engine.rlhf.responses.Concordance.Place;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.statistics.Bounds;
import org.plumbline.engine.statistics.Wilson;

/**
 * How well an ensemble predicts feedback that it was not fitted to.
 *
 * <p>The log loss is the mean over the members. An order of two answers is predicted by the mean of
 * their scores, equal scores counting half: against what was said, and against the values of the
 * population where they are known. EPIC is the distance of Gleave et al. 2020 (arXiv:2006.13900) in
 * the form for answers to prompts: both rewards less their mean over a prompt's answers, then
 * {@code sqrt((1 - rho) / 2)} of their correlation.
 */
final class ResponseReport {
  private ResponseReport() {}

  static <F> HeldOutResponses of(
      List<FittedMember> members,
      Likelihood<F> likelihood,
      List<LikelihoodObjective.Row<F>> heldOut,
      Reading reading) {
    Map<ItemLabel, double[]> scores = new HashMap<>();
    double loss = 0;
    for (FittedMember member : members) {
      List<double[]> each = LikelihoodObjective.Row.<F>content().scores(member.model(), heldOut);
      List<double[]> whole = whole(member, heldOut, each, reading);
      for (int r = 0; r < each.size(); r++) {
        LikelihoodObjective.Row<F> row = heldOut.get(r);
        double[] own = each.get(r);
        Gradient unused = Gradient.zeros(own.length, member.numbers().length);
        loss += likelihood.loss(row.feedback(), own, member.numbers(), unused);
        double[] answers = whole.get(r);
        double[] sum = scores.computeIfAbsent(row.label(), label -> new double[answers.length]);
        for (int i = 0; i < sum.length; i++) {
          sum[i] += answers[i] / members.size();
        }
      }
    }
    List<ItemLabel> labels = heldOut.stream().map(LikelihoodObjective.Row::label).toList();
    return new HeldOutResponses(
        heldOut.size(),
        loss / members.size() / heldOut.size(),
        share(Concordance.orders(labels), scores, labels.size()),
        share(Concordance.goldOrders(labels), scores, labels.size()),
        epic(labels, scores));
  }

  /** The scores of whole answers. */
  private static <F> List<double[]> whole(
      FittedMember member,
      List<LikelihoodObjective.Row<F>> rows,
      List<double[]> scores,
      Reading reading) {
    if (rows.isEmpty() || rows.get(0).parts() == null) {
      return scores;
    }
    List<Exchange> answers =
        rows.stream().map(row -> row.label().item().exchanges().get(0)).toList();
    return Arrays.stream(PartScores.scores(member.model(), answers, reading))
        .mapToObj(score -> new double[] {score})
        .toList();
  }

  private static RewardMeasures.@Nullable Share share(
      List<Order> orders, Map<ItemLabel, double[]> scores, int responses) {
    double hits = 0;
    for (Order order : orders) {
      double gap = score(order.better(), scores) - score(order.worse(), scores);
      hits += gap > 0 ? 1 : gap == 0 ? 0.5 : 0;
    }
    if (orders.isEmpty()) {
      return null;
    }
    double share = hits / orders.size();
    // A ranking gives many orders, but they are of one response.
    int n = Math.min(orders.size(), responses);
    Bounds bounds = Wilson.interval(share * n, n);
    return new RewardMeasures.Share(share, bounds.low(), bounds.high(), n);
  }

  private static double score(Place place, Map<ItemLabel, double[]> scores) {
    double[] own = scores.get(place.label());
    return own == null ? 0 : own[place.answer()];
  }

  private static @Nullable Double epic(List<ItemLabel> labels, Map<ItemLabel, double[]> scores) {
    Map<String, List<double[]>> byPrompt = new LinkedHashMap<>();
    for (ItemLabel label : labels) {
      for (int i = 0; i < label.gold().size(); i++) {
        byPrompt
            .computeIfAbsent(label.item().prompt().text(), prompt -> new ArrayList<>())
            .add(new double[] {score(new Place(label, i), scores), label.gold().get(i)});
      }
    }
    return Epic.distance(byPrompt.values());
  }
}
