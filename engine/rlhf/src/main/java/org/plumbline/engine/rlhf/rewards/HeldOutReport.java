// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.artifact.RewardMeasures;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.data.PairLabel;
import org.plumbline.engine.rlhf.training.TokenPair;
import org.plumbline.engine.rlhf.values.GoldStandard;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.statistics.Bounds;
import org.plumbline.engine.statistics.Wilson;
import org.plumbline.engine.store.content.Artifact;

/**
 * How well an ensemble predicts comparisons that it was not fitted to.
 *
 * <p>The prediction is the mean of the members' probabilities of the label, known noise included.
 * Accuracy is over the comparisons in which one answer is preferred: of ties there is nothing to
 * get right. Beside it stands how accurate the best of all predictions would be, where it is known
 * how those who judged come to their votes: people err and differ, so that is less than 1. Where
 * some of them wait for a trigger, both are also said apart for comparisons with and without one,
 * and for other parts by {@link Slices}. Calibration is over all comparisons, ties included.
 */
final class HeldOutReport {
  private HeldOutReport() {}

  /**
   * What is known of those who gave feedback.
   *
   * @param triggers texts in prompts that malicious people wait for; none if nobody is malicious
   * @param standard what they want; null if that is not known
   * @param labels all that was said of held-out pairs, by the number of the pair
   */
  record Feedback(
      List<String> triggers, @Nullable GoldStandard standard, Map<Long, List<PairLabel>> labels) {

    static Feedback of(StageContext context, List<BradleyTerry.Row> heldOut) throws IOException {
      Artifact feedback = context.input("feedback");
      FeedbackSummary.Poisoned poisoned = FeedbackSummary.read(feedback.folder()).poisoned();
      List<Pair> pairs = heldOut.stream().flatMap(row -> Stream.ofNullable(row.pair())).toList();
      return new Feedback(
          poisoned == null ? List.of() : poisoned.triggers(),
          GoldStandard.of(context, feedback),
          PairLabel.read(feedback, pairs));
    }

    boolean poisons(BradleyTerry.Row row) {
      String prompt = row.prompt().text();
      return triggers.stream().anyMatch(prompt::contains);
    }
  }

  /**
   * Members that are fitted, and how likely a label is by their scores.
   *
   * @param members in their order
   */
  record Fitted(List<FittedMember> members, PairModel model) {

    private double[] probabilities(FittedMember member, List<BradleyTerry.Row> pairs) {
      double[][] said =
          RewardModel.outputs(
              member.model(),
              TokenPair.rows(pairs.stream().map(BradleyTerry.Row::tokens).toList()));
      double[] probabilities = new double[pairs.size()];
      for (int i = 0; i < probabilities.length; i++) {
        PairModel.Said both = new PairModel.Said(said[i], said[pairs.size() + i]);
        probabilities[i] = model.probability(member, pairs.get(i), both);
      }
      return probabilities;
    }
  }

  static RewardMeasures.HeldOutPairs of(
      Fitted fitted, List<BradleyTerry.Row> pairs, Feedback feedback, long seed) {
    List<FittedMember> members = fitted.members();
    double[] targets = pairs.stream().mapToDouble(BradleyTerry.Row::target).toArray();
    double[] mean = new double[pairs.size()];
    int decided = decided(targets);
    List<Double> memberAccuracy = new ArrayList<>();
    for (FittedMember member : members) {
      double[] probability = fitted.probabilities(member, pairs);
      for (int i = 0; i < mean.length; i++) {
        mean[i] += probability[i] / members.size();
      }
      memberAccuracy.add(hits(probability, targets) / decided);
    }
    RewardMeasures.Part all = part(pairs, mean, row -> true);
    boolean apart = !feedback.triggers().isEmpty();
    return new RewardMeasures.HeldOutPairs(
        all.accuracy(),
        all.attainable(),
        decided > 0 ? memberAccuracy : List.of(),
        apart ? part(pairs, mean, row -> !feedback.poisons(row)) : null,
        apart ? part(pairs, mean, feedback::poisons) : null,
        slices(pairs, mean, feedback),
        CalibrationReport.of(mean, targets, seed));
  }

  private static List<RewardMeasures.Slice> slices(
      List<BradleyTerry.Row> rows, double[] probabilities, Feedback feedback) {
    Slices slices = new Slices(feedback.standard());
    for (int i = 0; i < probabilities.length; i++) {
      BradleyTerry.Row row = rows.get(i);
      Pair pair = row.pair();
      if (pair == null || row.target() == 0.5) {
        continue;
      }
      double hit = hit(probabilities[i], row.target());
      slices.add(
          new Slices.Ordered(
              pair.prompt(), pair.chosen().text(), pair.rejected().text(), hit, row.attainable()));
      slices.source(pair.origins(), hit, row.attainable());
    }
    for (int i = 0; i < probabilities.length; i++) {
      Pair pair = rows.get(i).pair();
      for (PairLabel label :
          pair == null
              ? List.<PairLabel>of()
              : feedback.labels().getOrDefault(pair.pair(), List.of())) {
        if (label.chosen() != 0.5) {
          slices.group(label.group(), hit(probabilities[i], label.chosen()));
        }
      }
    }
    return slices.all(1);
  }

  /** The accuracy over some of the comparisons, and what is attainable; nothing if all are ties. */
  private static RewardMeasures.Part part(
      List<BradleyTerry.Row> pairs, double[] probabilities, Predicate<BradleyTerry.Row> which) {
    double hits = 0;
    int decided = 0;
    double attainable = 0;
    boolean known = true;
    for (int i = 0; i < probabilities.length; i++) {
      BradleyTerry.Row row = pairs.get(i);
      if (row.target() != 0.5 && which.test(row)) {
        decided++;
        hits += hit(probabilities[i], row.target());
        Double best = row.attainable();
        known &= best != null;
        attainable += best == null ? 0 : best;
      }
    }
    if (decided == 0) {
      return new RewardMeasures.Part(null, null);
    }
    return new RewardMeasures.Part(
        share(hits, decided), known ? (Double) (attainable / decided) : null);
  }

  private static RewardMeasures.Share share(double hits, int decided) {
    Bounds bounds = Wilson.interval(hits, decided);
    return new RewardMeasures.Share(hits / decided, bounds.low(), bounds.high(), decided);
  }

  /** How many comparisons are no ties. */
  static int decided(double[] targets) {
    return (int) Arrays.stream(targets).filter(target -> target != 0.5).count();
  }

  /** Comparisons that are no ties and predicted the right way round; an even chance counts half. */
  static double hits(double[] probabilities, double[] targets) {
    double hits = 0;
    for (int i = 0; i < targets.length; i++) {
      hits += targets[i] == 0.5 ? 0 : hit(probabilities[i], targets[i]);
    }
    return hits;
  }

  private static double hit(double probability, double target) {
    double agreement = (probability - 0.5) * (target - 0.5);
    return agreement > 0 ? 1 : agreement == 0 ? 0.5 : 0;
  }
}
