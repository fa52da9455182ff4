// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.check;

import java.util.Locale;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Aggregate;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Comparisons;

/** Checks that there is something to make one label of. */
final class AggregateCheck {
  private final Scope scope;
  private final Comparisons feedback;

  AggregateCheck(Scope scope, Comparisons feedback) {
    this.scope = scope;
    this.feedback = feedback;
  }

  void run() {
    Aggregate by = feedback.aggregate();
    EvaluatorsSpec evaluators = scope.experiment().evaluators().get(feedback.evaluators());
    if (by == null || evaluators == null) {
      return;
    }
    boolean estimates = by == Aggregate.DAWID_SKENE || by == Aggregate.CROWD_BT;
    boolean judge = evaluators.judge() != null;
    if (estimates && judge) {
      nothing(
          by,
          "`" + feedback.evaluators() + "` is one judge",
          "`soft` is the mean of what a judge says in `both_orders`");
    } else if (estimates && CollectionCheck.people(evaluators) == 1) {
      nothing(by, "`" + feedback.evaluators() + "` is one person", "add people, or leave it out");
    } else if (by == Aggregate.DAWID_SKENE && feedback.redundancy().people() == 1) {
      nothing(
          by,
          "one person labels each pair",
          "set `redundancy.people` to 2 or more, or say `crowd_bt`, which compares people by"
              + " answers that stand in several pairs");
    } else if (!estimates && by != Aggregate.BORDA && labels(judge) == 1) {
      scope.add(
          Code.PLB0322,
          scope.places().value(feedback, "aggregate"),
          "`aggregate: " + word(by) + "` has no effect where each pair has one label",
          judge
              ? "set `both_orders`, or leave it out"
              : "set `redundancy.people` to 2 or more, or leave it out");
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
                    + word(by)
                    + "` tells people by whom they agree with, but "
                    + because)
            .help(help));
  }

  private static String word(Aggregate by) {
    return by.name().toLowerCase(Locale.ROOT);
  }
}
