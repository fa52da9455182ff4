// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.evaluators.Malice;
import org.plumbline.engine.rlhf.values.Feature;

/** What was collected, and what is said of it. */
final class CollectedFeedback {
  private final List<DrawnPair> drawn;
  private final List<LabelRow> labels;
  private final List<LabelRow> first;
  private final List<Pair> pairs;

  CollectedFeedback(List<DrawnPair> drawn, List<LabelRow> labels, List<Pair> pairs) {
    this.drawn = drawn;
    this.labels = labels;
    this.first =
        labels.stream()
            .filter(label -> !label.context().again() && !label.context().gold())
            .toList();
    this.pairs = pairs;
  }

  /**
   * What is said of all of it.
   *
   * @param seed of the intervals of agreement
   */
  FeedbackSummary summary(DeclaredEvaluators by, long seed) {
    LabelStatistics all = LabelStatistics.of(labels, null);
    LabelStatistics votes = LabelStatistics.of(first, by.gold());
    List<LabelRow> gold = labels.stream().filter(label -> label.context().gold()).toList();
    boolean people = by.judge() == null;
    return new FeedbackSummary(
            all.labels(),
            pairs.size(),
            by.hiring() == null ? all.cost() : sum(all.cost(), by.hiring().cost()),
            all.skipped(),
            (int) pairs.stream().filter(Pair::tie).count(),
            identical(),
            drawn.size() - pairs.size(),
            votes.agreeWithGold(),
            votes.choseFirst(),
            votes.choseLonger(),
            groups(by.people(), by.gold()),
            people ? (Integer) AgreementSummary.pairs(first) : null,
            people ? AgreementSummary.of(first, seed) : Map.of(),
            by.judge(),
            flipRate(),
            by.malices().isEmpty() ? null : poisoned(by.malices()))
        .with(partialView(by.gold()), outsourced())
        .in(circumstances())
        .kappas(people ? AgreementSummary.kappas(first, by.gold(), seed).all() : List.of())
        .again(
            AskedAgain.summary(
                first, labels.stream().filter(label -> label.context().again()).toList()))
        .gold(GoldAnswered.summary(gold.size(), MixedGold.answered(gold)));
  }

  /** How many labels were given in each circumstance, by its name. */
  private Map<String, Integer> circumstances() {
    Map<String, Integer> counts = new TreeMap<>();
    for (LabelRow label : labels) {
      String in = label.context().circumstance();
      if (in != null && !label.skipped()) {
        counts.merge(in, 1, Integer::sum);
      }
    }
    return counts;
  }

  private static double sum(double labels, double hiring) {
    return BigDecimal.valueOf(labels).add(BigDecimal.valueOf(hiring)).doubleValue();
  }

  private @Nullable Integer outsourced() {
    int made = (int) labels.stream().filter(label -> label.context().madeBy() != null).count();
    return made == 0 ? null : made;
  }

  /** What is known of labels on part of the answers; null if there are none. */
  private FeedbackSummary.@Nullable PartialView partialView(@Nullable Feature gold) {
    List<LabelRow> given = first.stream().filter(label -> !label.skipped()).toList();
    List<LabelRow> partial = given.stream().filter(label -> label.context().partial()).toList();
    if (partial.isEmpty()) {
      return null;
    }
    return new FeedbackSummary.PartialView(
        partial.size(),
        partial.size() / (double) given.size(),
        LabelStatistics.of(partial, gold).agreeWithGold(),
        gold == null
            ? null
            : (Double)
                partial.stream().mapToDouble(row -> inflation(row, gold)).average().orElse(0));
  }

  /** How much better what was chosen looked than it is. */
  private static double inflation(LabelRow row, Feature gold) {
    LabelContext context = row.context();
    double first = inflation(row, row.first(), context.sawFirst(), gold);
    double second = inflation(row, row.second(), context.sawSecond(), gold);
    return row.preference() * first + (1 - row.preference()) * second;
  }

  private static double inflation(
      LabelRow row, Answer answer, @Nullable String seen, Feature gold) {
    String prompt = row.prompt().text();
    return seen == null ? 0 : gold.of(prompt, seen) - gold.of(prompt, answer.text());
  }

  int identical() {
    return (int) drawn.stream().filter(DrawnPair::identical).count();
  }

  private List<FeedbackSummary.Group> groups(
      Map<String, Integer> people, @Nullable Feature goldValues) {
    Map<String, List<LabelRow>> byGroup = LabelStatistics.byGroup(labels);
    Map<String, List<LabelRow>> votes = LabelStatistics.byGroup(first);
    List<FeedbackSummary.Group> groups = new ArrayList<>();
    people.forEach(
        (group, count) ->
            groups.add(
                LabelStatistics.of(byGroup.getOrDefault(group, List.of()), null)
                    .of(
                        group,
                        count,
                        LabelStatistics.of(votes.getOrDefault(group, List.of()), goldValues))));
    return groups;
  }

  /** How much of the labels is harm done on purpose. */
  FeedbackSummary.Poisoned poisoned(List<Malice> malices) {
    return PoisonedShare.of(
        labels.stream().filter(label -> !label.skipped()).toList(),
        LabelRow::malicious,
        label -> label.prompt().text(),
        malices);
  }

  /**
   * The share of pairs judged in both orders whose better answer changed with the order; null if
   * there is none.
   */
  @Nullable Double flipRate() {
    Map<List<Object>, LabelRow> earlier = new HashMap<>();
    int both = 0;
    int flipped = 0;
    for (LabelRow label : labels) {
      if (label.skipped() || label.context().gold()) {
        continue;
      }
      LabelRow other = earlier.put(List.of(label.pair(), label.evaluator()), label);
      if (other != null && other.swapped() != label.swapped()) {
        both++;
        flipped += (other.one() - 0.5) * (label.one() - 0.5) < 0 ? 1 : 0;
      }
    }
    return both == 0 ? null : flipped / (double) both;
  }
}
