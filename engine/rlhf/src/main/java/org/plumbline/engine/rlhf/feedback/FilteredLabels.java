// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Filter;
import org.plumbline.engine.artifact.FeedbackSummary.LeftOut;
import org.plumbline.engine.rlhf.aggregation.Influence;
import org.plumbline.engine.rlhf.aggregation.OutlyingAgreement;
import org.plumbline.engine.run.StageContext;

/**
 * Labels that count, and those that a filter leaves out: first what somebody labelled beyond the
 * most that counts of one person, then all of people who answer too few gold questions rightly,
 * then all that outliers labelled, then all of people who move most. What was said and paid stays
 * known.
 *
 * @param kept in the order in which they were given
 * @param left the same of the others
 * @param summary by who gave them, those with a cap first
 * @param nobody what is to be said of filters that have found nobody
 */
record FilteredLabels(
    List<LabelRow> kept, List<LabelRow> left, List<LeftOut> summary, List<String> nobody) {

  /** All of them where there is no filter. */
  static FilteredLabels of(
      @Nullable Filter filter,
      List<DrawnPair> drawn,
      List<LabelRow> labels,
      Map<String, Hiring.Tested> gold) {
    FilteredLabels all = new FilteredLabels(labels, List.of(), List.of(), List.of());
    if (filter == null) {
      return all;
    }
    FilteredLabels capped =
        filter.mostPerEvaluator() == null ? all : all.capped(filter.mostPerEvaluator());
    FilteredLabels known =
        filter.goldAtLeast() == null ? capped : capped.knowing(filter.goldAtLeast(), gold);
    FilteredLabels agreeing =
        filter.outliers() == null ? known : known.agreeing(filter.outliers(), drawn);
    return filter.influence() == null ? agreeing : agreeing.moving(filter.influence(), drawn);
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
    return new FilteredLabels(some, others, who, List.of());
  }

  private FilteredLabels agreeing(double most, List<DrawnPair> drawn) {
    CountedBallots counted = new CountedBallots(drawn, kept);
    OutlyingAgreement.Scores scores = OutlyingAgreement.of(counted.ballots());
    return without(
        counted,
        h -> scores.z()[h] < -most, // not so where it is not a number
        (name, labels) -> {
          int h = counted.person(name);
          return new LeftOut(
              name,
              counted.groupOf(h),
              labels,
              LeftOutNotes.OUTLIERS,
              scores.agreement()[h],
              scores.z()[h]);
        },
        LeftOutNotes.nobody(counted.people(), scores.z(), most));
  }

  private FilteredLabels moving(double most, List<DrawnPair> drawn) {
    CountedBallots counted = new CountedBallots(drawn, kept);
    double[] z = OutlyingAgreement.z(Influence.of(counted.ballots()));
    return without(
        counted,
        h -> z[h] > most,
        (name, labels) -> {
          int h = counted.person(name);
          return new LeftOut(name, counted.groupOf(h), labels, LeftOutNotes.INFLUENCE, null, z[h]);
        },
        LeftOutNotes.nobodyMoves(counted.people(), z, most));
  }

  /**
   * Without all that some people labelled.
   *
   * @param leaves by the number of a person
   * @param row what is known of somebody with so many labels
   * @param none what is to be said if it is nobody
   */
  private FilteredLabels without(
      CountedBallots counted,
      IntPredicate leaves,
      BiFunction<String, Integer, LeftOut> row,
      String none) {
    List<String> people = counted.people();
    Set<String> gone = new HashSet<>();
    for (int h = 0; h < people.size(); h++) {
      if (leaves.test(h)) {
        gone.add(people.get(h));
      }
    }
    List<LabelRow> some = new ArrayList<>();
    List<LabelRow> others = new ArrayList<>(left);
    Map<String, Integer> labels = new LinkedHashMap<>();
    for (LabelRow label : kept) {
      boolean counts = !gone.contains(label.evaluator());
      (counts ? some : others).add(label);
      if (!counts && !label.skipped()) {
        labels.merge(label.evaluator(), 1, Integer::sum);
      }
    }
    List<LeftOut> who = new ArrayList<>(summary);
    labels.forEach((name, count) -> who.add(row.apply(name, count)));
    List<String> said = new ArrayList<>(nobody);
    if (gone.isEmpty()) {
      said.add(none);
    }
    return new FilteredLabels(some, others, who, said);
  }

  /** Says who is left out, and why. */
  void note(StageContext context) {
    LeftOutNotes.of(summary).forEach(context::note);
    nobody.forEach(context::note);
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
