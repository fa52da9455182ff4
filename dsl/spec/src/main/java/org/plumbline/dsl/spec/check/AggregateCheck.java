// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.check;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.feedback.CombiningSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Aggregate;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Comparisons;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Filter;
import org.plumbline.dsl.model.feedback.Headcounts;

/** Checks that there is something to make one label of. */
final class AggregateCheck {
  private final Scope scope;
  private final Comparisons feedback;

  AggregateCheck(Scope scope, Comparisons feedback) {
    this.scope = scope;
    this.feedback = feedback;
  }

  void run() {
    EvaluatorsSpec evaluators = scope.experiment().evaluators().get(feedback.evaluators());
    if (evaluators == null) {
      return;
    }
    CombiningSpec combining = feedback.combining();
    if (!new CombiningCheck(scope).compared(feedback)) {
      return;
    }
    if (combining.aggregate() != null) {
      aggregate(combining.aggregate(), evaluators);
    }
    if (combining.weigh() != null) {
      weigh(combining.weigh(), evaluators);
    }
    if (combining.filter() != null) {
      filter(combining.filter(), evaluators);
    }
  }

  private void aggregate(Aggregate by, EvaluatorsSpec evaluators) {
    boolean onTrial =
        feedback.goldQuestions() != null
            || (evaluators.hiring() != null && evaluators.hiring().questions() > 0);
    boolean estimates =
        by == Aggregate.DAWID_SKENE
            || by == Aggregate.CROWD_BT
            || (by == Aggregate.WEIGHTED && !onTrial);
    boolean ofGroups = by == Aggregate.MAX_MIN || by == Aggregate.NASH;
    boolean judge = evaluators.judge() != null;
    if (ofGroups && feedback.combining().weigh() == null) {
      Headcounts.of(evaluators)
          .forEach(
              (group, people) -> {
                if (people == 0) {
                  scope.add(
                      Code.PLB0322,
                      scope.places().value(feedback, "aggregate"),
                      "`aggregate: "
                          + CombiningCheck.word(by)
                          + "` is fair to the others alone: nobody is of `"
                          + group
                          + "`",
                      "add people, or declare no such group");
                }
              });
    }
    if ((estimates || by == Aggregate.WEIGHTED) && judge) {
      nothing(
          by,
          "`" + feedback.evaluators() + "` is one judge",
          "`soft` is the mean of what a judge says in `both_orders`");
    } else if (estimates && CollectionCheck.people(evaluators) == 1) {
      nothing(by, "`" + feedback.evaluators() + "` is one person", "add people, or leave it out");
    } else if (estimates && by != Aggregate.CROWD_BT && feedback.redundancy().people() == 1) {
      nothing(
          by,
          "one person labels each pair",
          "set `redundancy.people` to 2 or more, or say `crowd_bt`, which compares people by"
              + " answers that stand in several pairs");
    } else if (ofGroups && groups(evaluators).size() < 2) {
      scope.add(
          Code.PLB0350,
          scope.places().value(feedback, "aggregate"),
          "`aggregate: "
              + CombiningCheck.word(by)
              + "` is fair to groups, but `"
              + feedback.evaluators()
              + (judge ? "` is one judge" : "` has one group"),
          judge ? "leave it out" : "declare two groups or more, or leave it out");
    } else if (by != Aggregate.CROWD_BT && !acrossPairs(by) && labels(judge) == 1) {
      noEffect(feedback, "aggregate", "`aggregate: " + CombiningCheck.word(by) + "`", judge);
    }
  }

  /** Whether a label of one pair tells of another. */
  private static boolean acrossPairs(@Nullable Aggregate by) {
    return by == Aggregate.BORDA || by == Aggregate.MAXIMAL_LOTTERY;
  }

  private void noEffect(Object block, String key, String what, boolean judge) {
    scope.add(
        Code.PLB0322,
        scope.places().value(block, key),
        what + " has no effect where each pair has one label",
        judge
            ? "set `both_orders`, or leave it out"
            : "set `redundancy.people` to 2 or more, or leave it out");
  }

  private static Map<String, EvaluatorsSpec.Group> groups(EvaluatorsSpec evaluators) {
    return evaluators.groups() == null ? Map.of() : evaluators.groups();
  }

  private void weigh(Map<String, Double> weigh, EvaluatorsSpec evaluators) {
    if (evaluators.groups() == null) {
      scope.add(
          Code.PLB0350,
          scope.places().value(feedback, "weigh"),
          "`weigh` is about groups of people, and `" + feedback.evaluators() + "` has none",
          "leave it out");
      return;
    }
    new GroupShareCheck(scope, feedback, "weigh").fits(weigh, evaluators.groups().keySet());
    Headcounts.of(evaluators)
        .forEach(
            (group, people) -> {
              if (people == 0 && weigh.getOrDefault(group, 0.0) > 0) {
                scope.add(
                    Code.PLB0351,
                    scope.places().name(feedback, "weigh", group),
                    "nobody is of `" + group + "`, so that no label speaks for them",
                    "add people, or leave it out");
              }
            });
    Aggregate by = feedback.combining().aggregate();
    if (!CombiningCheck.isWeighed(by)) {
      new CombiningCheck(scope).weighs(feedback, feedback.combining());
    } else if (evaluators.groups().size() == 1) {
      scope.add(
          Code.PLB0322,
          scope.places().value(feedback, "weigh"),
          "`weigh` has no effect on one group",
          "leave it out, or declare others");
    } else if (by != Aggregate.NASH
        && !acrossPairs(by)
        && labels(false) == 1
        && evaluators.groups().keySet().stream().allMatch(g -> weigh.getOrDefault(g, 0.0) > 0)) {
      // A group without a share is left out even there.
      noEffect(feedback, "weigh", "`weigh`", false);
    }
  }

  private void filter(Filter filter, EvaluatorsSpec evaluators) {
    if (!new CombiningCheck(scope).leavesOut(filter)) {
      return;
    }
    if (filter.influence() != null
        && (evaluators.judge() != null || CollectionCheck.people(evaluators) < 3)) {
      scope.add(
          Code.PLB0350,
          scope.places().value(filter, "influence"),
          "`influence` is of people beside others, but `"
              + feedback.evaluators()
              + "` has "
              + (evaluators.judge() != null ? "one judge" : "fewer than three people"),
          "leave it out, or add people");
    }
    if (filter.outliers() != null
        && (evaluators.judge() != null || CollectionCheck.people(evaluators) < 3)) {
      scope.add(
          Code.PLB0350,
          scope.places().value(filter, "outliers"),
          "`outliers` are people who agree less than others do, but `"
              + feedback.evaluators()
              + "` has "
              + (evaluators.judge() != null ? "one judge" : "fewer than three people"),
          "leave it out, or add people");
    } else if (filter.outliers() != null && feedback.redundancy().people() == 1) {
      scope.add(
          Code.PLB0350,
          scope.places().value(filter, "outliers"),
          "`outliers` are people who agree less than others do, but one person labels each pair",
          "set `redundancy.people` to 2 or more, or leave it out");
    }
  }

  private int labels(boolean judge) {
    return judge ? feedback.bothOrders() ? 2 : 1 : feedback.redundancy().people();
  }

  private void nothing(Aggregate by, String because, String help) {
    scope.add(
        Diagnostic.of(
                Code.PLB0350,
                scope.places().value(feedback, "aggregate"),
                "`aggregate: "
                    + CombiningCheck.word(by)
                    + "` tells people by whom they agree with, but "
                    + because)
            .help(help));
  }
}
