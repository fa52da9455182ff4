// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.check;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.feedback.CombiningSpec;
import org.plumbline.dsl.model.feedback.FeedbackSpec;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Aggregate;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Recorded;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Rows;

/** Checks how labels become one where it is not known before who gives them. */
final class CombiningCheck {
  private final Scope scope;

  CombiningCheck(Scope scope) {
    this.scope = scope;
  }

  /** Labels that exist. */
  void recorded(Recorded feedback) {
    CombiningSpec how = feedback.combining();
    if (how.absent()) {
      return;
    }
    if (feedback.rows() != null && feedback.rows() != Rows.COMPARISONS) {
      String key = how.aggregate() != null ? "aggregate" : how.weigh() != null ? "weigh" : "filter";
      scope.add(
          Code.PLB0345,
          scope.places().value(feedback, key),
          "`" + key + "` is about comparisons, and the rows hold something else",
          "leave it out: each label counts as it stands");
      return;
    }
    if (how.weigh() != null) {
      new GroupShareCheck(scope, feedback, "weigh").fits(how.weigh(), how.weigh().keySet());
    }
    weighs(feedback, how);
    leavesOut(how.filter());
  }

  /** Whether what groups count matters. */
  void weighs(FeedbackSpec feedback, CombiningSpec how) {
    Aggregate by = how.aggregate();
    if (how.weigh() != null && by != null && !isWeighed(by)) {
      scope.add(
          Code.PLB0322,
          scope.places().value(feedback, "weigh"),
          "`weigh` has no effect on `aggregate: " + word(by) + "`",
          by == Aggregate.MAX_MIN
              ? "leave it out, or say `nash`, to which the size of a group matters"
              : "leave it out: people weigh what they are reliable, whatever their group");
    }
  }

  /** Whether labels count as their groups weigh. */
  static boolean isWeighed(@Nullable Aggregate by) {
    return by != Aggregate.DAWID_SKENE
        && by != Aggregate.CROWD_BT
        && by != Aggregate.WEIGHTED
        && by != Aggregate.MAX_MIN;
  }

  /** Whether a filter says anything. */
  boolean leavesOut(FeedbackSpec.@Nullable Filter filter) {
    boolean nothing =
        filter != null && filter.mostPerEvaluator() == null && filter.outliers() == null;
    if (nothing) {
      scope.add(
          Code.PLB0322,
          scope.places().block(filter),
          "`filter` leaves nothing out",
          "say `most_per_evaluator` or `outliers`, or leave it out");
    }
    return !nothing;
  }

  static String word(Aggregate by) {
    return by.name().toLowerCase(Locale.ROOT);
  }
}
