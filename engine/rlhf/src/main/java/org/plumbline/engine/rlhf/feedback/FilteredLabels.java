// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Filter;
import org.plumbline.engine.artifact.FeedbackSummary.LeftOut;
import org.plumbline.engine.rlhf.aggregation.OutlyingAgreement;
import org.plumbline.engine.run.StageContext;

/**
 * Labels that count, and those that a filter leaves out: first what somebody labelled beyond the
 * most that counts of one person, then all of people who answer too few gold questions rightly,
 * then all that outliers labelled. What was said and paid stays known.
 *
 * @param kept in the order in which they were given
 * @param left the same of the others
 * @param summary by who gave them, those with a cap first
 * @param nobody what is to be said where a filter has found no outliers; null otherwise
 */
record FilteredLabels(
    List<LabelRow> kept, List<LabelRow> left, List<LeftOut> summary, @Nullable String nobody) {

  /** All of them where there is no filter. */
  static FilteredLabels of(
      @Nullable Filter filter,
      List<DrawnPair> drawn,
      List<LabelRow> labels,
      Map<String, Hiring.Tested> gold) {
    FilteredLabels all = new FilteredLabels(labels, List.of(), List.of(), null);
    if (filter == null) {
      return all;
    }
    FilteredLabels capped =
        filter.mostPerEvaluator() == null ? all : all.capped(filter.mostPerEvaluator());
    FilteredLabels known =
        filter.goldAtLeast() == null ? capped : capped.knowing(filter.goldAtLeast(), gold);
    return filter.outliers() == null ? known : known.agreeing(filter.outliers(), drawn);
  }

  /** Without people who answer too few of their gold questions rightly; who had none stays. */
  private FilteredLabels knowing(double least, Map<String, Hiring.Tested> gold) {
    List<LabelRow> some = new ArrayList<>();
    List<LabelRow> others = new ArrayList<>(left);
    Map<String, LabelRow> first = new LinkedHashMap<>();
    Map<String, Integer> labels = new HashMap<>();
    for (LabelRow label : kept) {
      Hiring.Tested tested = gold.get(label.evaluator());
      boolean counts = tested == null || tested.right() >= least * tested.said() - 1e-9;
      (counts ? some : others).add(label);
      if (!counts && !label.skipped()) {
        first.putIfAbsent(label.evaluator(), label);
        labels.merge(label.evaluator(), 1, Integer::sum);
      }
    }
    List<LeftOut> who = new ArrayList<>(summary);
    first.forEach(
        (name, label) -> {
          Hiring.Tested tested = gold.getOrDefault(name, new Hiring.Tested(1, 0));
          who.add(
              new LeftOut(
                  name,
                  label.group(),
                  labels.getOrDefault(name, 0),
                  LeftOutNotes.GOLD,
                  tested.right() / tested.said(),
                  null));
        });
    return new FilteredLabels(some, others, who, nobody);
  }

  private FilteredLabels capped(int most) {
    Map<String, Integer> given = new HashMap<>();
    Map<String, Integer> over = new LinkedHashMap<>();
    Map<String, String> groups = new HashMap<>();
    List<LabelRow> some = new ArrayList<>();
    List<LabelRow> others = new ArrayList<>();
    for (LabelRow label : kept) {
      boolean counts = label.skipped() || given.merge(label.evaluator(), 1, Integer::sum) <= most;
      (counts ? some : others).add(label);
      if (!counts) {
        over.merge(label.evaluator(), 1, Integer::sum);
        groups.put(label.evaluator(), label.group());
      }
    }
    List<LeftOut> who = new ArrayList<>();
    over.forEach(
        (name, labels) ->
            who.add(
                new LeftOut(
                    name, groups.getOrDefault(name, ""), labels, LeftOutNotes.MOST, null, null)));
    return new FilteredLabels(some, others, who, null);
  }

  private FilteredLabels agreeing(double most, List<DrawnPair> drawn) {
    CountedBallots counted = new CountedBallots(drawn, kept);
    OutlyingAgreement.Scores scores = OutlyingAgreement.of(counted.ballots());
    List<String> people = counted.people();
    Set<String> outliers = new HashSet<>();
    for (int h = 0; h < people.size(); h++) {
      if (scores.z()[h] < -most) { // not so where it is not a number
        outliers.add(people.get(h));
      }
    }
    List<LabelRow> some = new ArrayList<>();
    List<LabelRow> others = new ArrayList<>(left);
    Map<String, Integer> labels = new LinkedHashMap<>();
    for (LabelRow label : kept) {
      boolean counts = !outliers.contains(label.evaluator());
      (counts ? some : others).add(label);
      if (!counts && !label.skipped()) {
        labels.merge(label.evaluator(), 1, Integer::sum);
      }
    }
    List<LeftOut> who = new ArrayList<>(summary);
    labels.forEach(
        (name, count) -> {
          int h = counted.person(name);
          who.add(
              new LeftOut(
                  name,
                  counted.groupOf(h),
                  count,
                  LeftOutNotes.OUTLIERS,
                  scores.agreement()[h],
                  scores.z()[h]));
        });
    return new FilteredLabels(
        some,
        others,
        who,
        outliers.isEmpty() ? LeftOutNotes.nobody(people, scores.z(), most) : null);
  }

  /** Says who is left out, and why. */
  void note(StageContext context) {
    LeftOutNotes.of(summary).forEach(context::note);
    if (nobody != null) {
      context.note(nobody);
    }
    Set<Long> lost = pairs(left);
    lost.removeAll(pairs(kept));
    if (!lost.isEmpty()) {
      context.note(
          "no label that counts is left of "
              + lost.size()
              + (lost.size() == 1 ? " pair" : " pairs")
              + ": nothing is learned from there");
    }
  }

  private static Set<Long> pairs(List<LabelRow> labels) {
    Set<Long> pairs = new HashSet<>();
    labels.stream().filter(label -> !label.skipped()).forEach(label -> pairs.add(label.pair()));
    return pairs;
  }
}
