// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.RewardMeasures;
import org.plumbline.engine.artifact.RewardMeasures.HeldOutResponses;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.likelihood.Gradient;
import org.plumbline.engine.rlhf.likelihood.Likelihood;
import org.plumbline.engine.rlhf.responses.Concordance;
import org.plumbline.engine.rlhf.responses.Concordance.Order;
import org.plumbline.engine.rlhf.responses.Concordance.Place;
import org.plumbline.engine.rlhf.responses.Item;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.responses.Response.Ranking;
import org.plumbline.engine.rlhf.values.GoldStandard;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.statistics.Bounds;
import org.plumbline.engine.statistics.TemperatureScaling;
import org.plumbline.engine.statistics.Wilson;

/**
 * How well an ensemble predicts feedback that it was not fitted to.
 *
 * <p>The log loss is the mean over the members. An order of two answers is predicted by the mean of
 * their scores, equal scores counting half: against what was said, over all and by {@link Slices}.
 * How far probabilities can be believed is said by {@link CalibrationReport}.
 */
final class ResponseReport {
  private ResponseReport() {}

  /**
   * What else is needed to measure.
   *
   * @param standard what those who gave feedback want; null if that is not known
   */
  record Measured(@Nullable GoldStandard standard, long seed) {

    static Measured of(StageContext context) throws IOException {
      return new Measured(GoldStandard.of(context), context.seed());
    }
  }

  static <F> HeldOutResponses of(
      List<FittedMember> members,
      Likelihood<F> likelihood,
      List<LikelihoodObjective.Row<F>> heldOut,
      Reading reading,
      Measured measured) {
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
    List<Order> orders = Concordance.orders(labels);
    return new HeldOutResponses(
        heldOut.size(),
        loss / members.size() / heldOut.size(),
        share(orders, scores, labels.size()),
        slices(orders, scores, measured.standard(), labels.size()),
        calibration(orders, scores, measured.seed()));
  }

  /** Which policies gave the two answers; null where there is but one. */
  private static Pair.@Nullable Origins origins(Order order) {
    List<String> better = order.better().label().item().by();
    List<String> worse = order.worse().label().item().by();
    return better.isEmpty() || worse.isEmpty()
        ? null
        : new Pair.Origins(better.get(order.better().answer()), worse.get(order.worse().answer()));
  }

  private static List<RewardMeasures.Slice> slices(
      List<Order> orders,
      Map<ItemLabel, double[]> scores,
      @Nullable GoldStandard standard,
      int responses) {
    Slices slices = new Slices(standard);
    for (Order order : orders) {
      Item item = order.better().label().item();
      // Of answers to different prompts it is not known what an answer to the other would have
      // been.
      if (item.prompt().equals(order.worse().label().item().prompt())) {
        slices.add(
            new Slices.Ordered(
                item.prompt(),
                text(order.better()),
                text(order.worse()),
                hit(order, scores),
                null));
      }
    }
    for (Order order : orders) {
      String group = order.better().label().group();
      if (!group.isEmpty()) { // what several people come to together is no group's
        slices.group(group, hit(order, scores));
      }
      slices.source(origins(order), hit(order, scores), null);
    }
    return slices.all(Math.min(1, responses / (double) Math.max(1, orders.size())));
  }

  private static String text(Place place) {
    return place.label().item().answers().get(place.answer()).text();
  }

  /** A ranking's scores are log-odds by themselves; other scores become some by a factor. */
  private static RewardMeasures.@Nullable Calibrated calibration(
      List<Order> orders, Map<ItemLabel, double[]> scores, long seed) {
    if (orders.isEmpty()) {
      return null;
    }
    double[] gaps = new double[orders.size()];
    double[] probabilities = new double[orders.size()];
    double[] happened = new double[orders.size()];
    List<Boolean> halves = new ArrayList<>();
    for (int i = 0; i < gaps.length; i++) {
      Order order = orders.get(i);
      gaps[i] = score(order.better(), scores) - score(order.worse(), scores);
      probabilities[i] = TemperatureScaling.sigmoid(gaps[i]);
      happened[i] = 1;
      halves.add(order.better().label().item().number() % 2 == 0);
    }
    return orders.get(0).better().label().response() instanceof Ranking
        ? CalibrationReport.of(probabilities, happened, seed)
        : CalibrationReport.ofGaps(gaps, halves, seed);
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
      hits += hit(order, scores);
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

  private static double hit(Order order, Map<ItemLabel, double[]> scores) {
    double gap = score(order.better(), scores) - score(order.worse(), scores);
    return gap > 0 ? 1 : gap == 0 ? 0.5 : 0;
  }

  private static double score(Place place, Map<ItemLabel, double[]> scores) {
    double[] own = scores.get(place.label());
    return own == null ? 0 : own[place.answer()];
  }
}
