// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.evaluators.Malice;
import org.plumbline.engine.rlhf.values.Feature;

/** What was collected, and what is said of it. */
final class CollectedFeedback {
  private final List<DrawnPair> drawn;
  private final List<LabelRow> labels;
  private final List<Pair> pairs;

  CollectedFeedback(List<DrawnPair> drawn, List<LabelRow> labels, List<Pair> pairs) {
    this.drawn = drawn;
    this.labels = labels;
    this.pairs = pairs;
  }

  /**
   * What is said of all of it.
   *
   * @param seed of the intervals of agreement
   */
  FeedbackSummary summary(DeclaredEvaluators by, long seed) {
    LabelStatistics all = LabelStatistics.of(labels, by.gold());
    boolean people = by.judge() == null;
    return new FeedbackSummary(
        all.labels(),
        pairs.size(),
        all.cost(),
        all.skipped(),
        (int) pairs.stream().filter(Pair::tie).count(),
        identical(),
        drawn.size() - pairs.size(),
        all.agreeWithGold(),
        all.choseFirst(),
        all.choseLonger(),
        groups(by.people(), by.gold()),
        people ? (Integer) AgreementSummary.pairs(labels) : null,
        people ? AgreementSummary.of(labels, seed) : Map.of(),
        by.judge(),
        people ? null : flipRate(),
        by.malices().isEmpty() ? null : poisoned(by.malices()));
  }

  int identical() {
    return (int) drawn.stream().filter(DrawnPair::identical).count();
  }

  private List<FeedbackSummary.Group> groups(
      Map<String, Integer> people, @Nullable Feature goldValues) {
    Map<String, List<LabelRow>> byGroup = LabelStatistics.byGroup(labels);
    List<FeedbackSummary.Group> groups = new ArrayList<>();
    people.forEach(
        (group, count) ->
            groups.add(
                LabelStatistics.of(byGroup.getOrDefault(group, List.of()), goldValues)
                    .of(group, count)));
    return groups;
  }

  /** How much of the labels is harm done on purpose. */
  FeedbackSummary.Poisoned poisoned(List<Malice> malices) {
    int given = 0;
    int malicious = 0;
    int triggered = 0;
    for (LabelRow label : labels) {
      if (label.skipped()) {
        continue;
      }
      given++;
      malicious += label.malicious() ? 1 : 0;
      triggered +=
          malices.stream().anyMatch(malice -> malice.triggeredBy(label.prompt().text())) ? 1 : 0;
    }
    return new FeedbackSummary.Poisoned(
        malicious,
        given == 0 ? 0.0 : malicious / (double) given,
        triggered == 0 ? null : (Double) (malicious / (double) triggered),
        malices.stream().map(Malice::trigger).distinct().toList());
  }

  /**
   * The share of pairs judged in both orders whose better answer changed with the order; null if
   * there is none.
   */
  @Nullable Double flipRate() {
    Map<Long, LabelRow> earlier = new HashMap<>();
    int both = 0;
    int flipped = 0;
    for (LabelRow label : labels) {
      if (label.skipped()) {
        continue;
      }
      LabelRow other = earlier.put(label.pair(), label);
      if (other != null) {
        both++;
        flipped += (other.one() - 0.5) * (label.one() - 0.5) < 0 ? 1 : 0;
      }
    }
    return both == 0 ? null : flipped / (double) both;
  }
}
