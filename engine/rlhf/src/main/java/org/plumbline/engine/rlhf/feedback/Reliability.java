// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Aggregate;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.rlhf.aggregation.Aggregated;
import org.plumbline.engine.rlhf.aggregation.Influence;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.values.Feature;

/** What is said of combined labels and of those who gave them. */
final class Reliability {
  private final @Nullable Feature gold;
  private final List<DrawnPair> drawn;
  private final FilteredLabels labels;
  private final List<Pair> pairs;

  /**
   * Of what was collected.
   *
   * @param gold the values that labels are measured by; null if none are declared
   * @param pairs what the labels came to
   */
  Reliability(
      @Nullable Feature gold, List<DrawnPair> drawn, FilteredLabels labels, List<Pair> pairs) {
    this.gold = gold;
    this.drawn = drawn;
    this.labels = labels;
    this.pairs = pairs;
  }

  FeedbackSummary.Combined of(@Nullable Aggregate by, CombinedLabels combined) {
    Aggregated estimate = combined.estimate();
    int iterations = estimate == null ? 0 : estimate.objective().size();
    return new FeedbackSummary.Combined(
        (by == null ? Aggregate.SOFT : by).name().toLowerCase(Locale.ROOT),
        agreeWithGold(pair -> pair.target() == 0.5 ? 0.5 : 1),
        agreeWithGold(Reliability::mostVotes),
        iterations == 0 ? null : (Integer) iterations,
        estimate == null || iterations == 0 ? null : (Boolean) estimate.converged(),
        combined.pieces(),
        evaluators(combined),
        combined.weighing(),
        labels.summary());
  }

  /** Whether most of a pair's votes are for its chosen answer: 1, 0, or 1/2 for neither. */
  private static double mostVotes(Pair pair) {
    return (Math.signum(2 * pair.agreeing() - pair.votes()) + 1) / 2;
  }

  /** The share of pairs decided as gold values would, by how far each prefers its chosen answer. */
  private @Nullable Double agreeWithGold(Chosen chosen) {
    if (gold == null) {
      return null;
    }
    double right = 0;
    int decided = 0;
    for (Pair pair : pairs) {
      String prompt = pair.prompt().text();
      double more = gold.of(prompt, pair.chosen().text()) - gold.of(prompt, pair.rejected().text());
      if (more != 0) {
        decided++;
        right += more > 0 ? chosen.of(pair) : 1 - chosen.of(pair);
      }
    }
    return decided == 0 ? null : right / decided;
  }

  /** How far a pair's chosen answer is preferred. */
  @FunctionalInterface
  private interface Chosen {
    double of(Pair pair);
  }

  private List<FeedbackSummary.Evaluator> evaluators(CombinedLabels combined) {
    Aggregated estimate = combined.estimate();
    double[] reliability = estimate == null ? new double[0] : estimate.reliability();
    CountedBallots counted = new CountedBallots(drawn, labels.kept());
    List<String> people = counted.people();
    if (people.size() < 2) {
      return List.of(); // nobody to compare with
    }
    double[] influence = Influence.of(counted.ballots(combined::weight));
    Map<String, List<LabelRow>> own = new LinkedHashMap<>();
    for (LabelRow label : labels.kept()) {
      own.computeIfAbsent(label.evaluator(), name -> new ArrayList<>()).add(label);
    }
    List<FeedbackSummary.Evaluator> evaluators = new ArrayList<>();
    for (int h = 0; h < people.size(); h++) {
      List<LabelRow> said = own.getOrDefault(people.get(h), List.of());
      LabelStatistics all = LabelStatistics.of(said, gold);
      evaluators.add(
          new FeedbackSummary.Evaluator(
              people.get(h),
              said.isEmpty() ? "" : said.get(0).group(),
              all.labels(),
              reliability.length == 0 ? null : (Double) reliability[h],
              all.agreeWithGold(),
              influence[h]));
    }
    evaluators.sort(
        Comparator.comparingDouble(Reliability::most)
            .reversed()
            .thenComparing(FeedbackSummary.Evaluator::evaluator));
    return evaluators;
  }

  private static double most(FeedbackSummary.Evaluator person) {
    Double reliability = person.reliability();
    Double influence = person.influence();
    return reliability != null ? reliability : influence == null ? 0 : influence;
  }
}
