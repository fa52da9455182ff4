// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.check;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.feedback.CombiningSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.FeedbackSpec;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Aggregate;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Recorded;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Rows;
import org.plumbline.dsl.model.feedback.RichFeedbackSpec;
import org.plumbline.dsl.model.shape.Rewriting;
import org.plumbline.dsl.model.shape.Shape;
import org.plumbline.dsl.spec.bind.Suggest;

/** Checks how labels become one where it is not known before who gives them. */
final class CombiningCheck {
  private static final Set<Aggregate> COMPARING =
      EnumSet.range(Aggregate.MAJORITY, Aggregate.MAXIMAL_LOTTERY);
  private static final Set<Aggregate> NUMBERS =
      EnumSet.of(Aggregate.MEAN, Aggregate.MEDIAN, Aggregate.STANDARDIZED);
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
    Rows rows = feedback.rows() == null ? Rows.COMPARISONS : feedback.rows();
    fits(feedback, rows.name().toLowerCase(Locale.ROOT), how);
    if (how.weigh() != null) {
      new GroupShareCheck(scope, feedback, "weigh").fits(how.weigh(), how.weigh().keySet());
    }
    weighs(feedback, how);
    leavesOut(how.filter());
  }

  /** Whether comparisons can become one so. */
  boolean compared(FeedbackSpec.Comparisons feedback) {
    return fits(feedback, "comparisons", feedback.combining());
  }

  /** Labels of other kinds than comparisons, which people are asked for. */
  void asked(RichFeedbackSpec feedback) {
    CombiningSpec how = feedback.collection().combining();
    EvaluatorsSpec evaluators = scope.experiment().evaluators().get(feedback.evaluators());
    if (how.absent() || evaluators == null) {
      return;
    }
    boolean fits = fits(feedback, Shape.of(feedback.getClass()).kind(), how);
    if (how.weigh() != null) {
      Set<String> groups = evaluators.groups() == null ? Set.of() : evaluators.groups().keySet();
      new GroupShareCheck(scope, feedback, "weigh").fits(how.weigh(), groups);
    }
    weighs(feedback, how);
    boolean alone = feedback.collection().redundancy().people() == 1;
    if (fits && how.aggregate() != null && alone) {
      scope.add(
          Code.PLB0322,
          scope.places().value(feedback, "aggregate"),
          "`aggregate: " + word(how.aggregate()) + "` has no effect where one person labels each",
          "set `redundancy.people` to 2 or more, or leave it out");
    }
    if (leavesOut(how.filter())
        && how.filter() != null
        && how.filter().outliers() != null
        && (alone || CollectionCheck.people(evaluators) < 3)) {
      scope.add(
          Code.PLB0350,
          scope.places().value(how.filter(), "outliers"),
          "`outliers` are people who agree less than others do, but "
              + (alone
                  ? "one person labels each"
                  : "`" + feedback.evaluators() + "` has fewer than three people"),
          alone
              ? "set `redundancy.people` to 2 or more, or leave it out"
              : "leave it out, or add people");
    }
  }

  /** What can be made of several labels of a kind; of what people write nothing. */
  private static Set<Aggregate> rules(String kind) {
    return switch (kind) {
      case "scalar", "slider" -> NUMBERS;
      case "likert" -> EnumSet.of(Aggregate.MAJORITY, Aggregate.MEDIAN, Aggregate.DAWID_SKENE);
      case "labels" -> EnumSet.of(Aggregate.MAJORITY, Aggregate.DAWID_SKENE);
      case "rankings" -> EnumSet.of(Aggregate.BORDA);
      case "best_of_k", "step", "span" -> EnumSet.of(Aggregate.MAJORITY);
      case "corrections", "demonstrations", "language" -> Set.of();
      default -> COMPARING;
    };
  }

  /** Whether labels of a kind can become one so. */
  private boolean fits(FeedbackSpec feedback, String kind, CombiningSpec how) {
    Set<Aggregate> rules = rules(kind);
    boolean asksGold = Rewriting.read(feedback, "gold_questions") != null;
    if (how.filter() != null && how.filter().goldAtLeast() != null && !asksGold) {
      scope.add(
          Code.PLB0346,
          scope.places().value(how.filter(), "gold_at_least"),
          "`gold_at_least` is about gold questions, and nobody is asked any",
          feedback instanceof Recorded
              ? "leave it out; nobody can be asked any more"
              : "add `gold_questions`, or leave it out");
    }
    Aggregate by = how.aggregate();
    if (how.prior() != null && by != Aggregate.CROWD_BT) {
      scope.add(
          Code.PLB0322,
          scope.places().value(feedback, "prior"),
          "`prior` is of the scores that `aggregate: crowd_bt` estimates, and has no effect here",
          "leave it out");
    }
    if (by != null && !rules.contains(by)) {
      scope.add(
          Code.PLB0345,
          scope.places().value(feedback, "aggregate"),
          "`aggregate: " + word(by) + "` makes no one label of several of kind `" + kind + "`",
          rules.isEmpty()
              ? "leave it out: what people write themselves does not become one, and each counts"
              : "rules for it: "
                  + Suggest.list(rules.stream().map(CombiningCheck::word).toList())
                  + (kind.equals("comparisons")
                      ? "; or leave it out"
                      : "; or leave it out: then each label counts as it stands"));
      return false;
    }
    if (by == null && how.weigh() != null && !kind.equals("comparisons")) {
      scope.add(
          Code.PLB0322,
          scope.places().value(feedback, "weigh"),
          "`weigh` has no effect without `aggregate`: each label counts as it stands",
          "leave it out" + (rules.isEmpty() ? "" : ", or say how labels become one"));
    }
    if (how.filter() != null && how.filter().outliers() != null && rules.isEmpty()) {
      scope.add(
          Code.PLB0345,
          scope.places().value(how.filter(), "outliers"),
          "`outliers` agree less than others do, and what people write themselves agrees with nothing",
          "leave it out; `most_per_evaluator` is about all kinds");
    }
    if (how.filter() != null && how.filter().influence() != null && !kind.equals("comparisons")) {
      scope.add(
          Code.PLB0345,
          scope.places().value(how.filter(), "influence"),
          "`influence` is measured by scores that are fitted to comparisons, and these are `"
              + kind
              + "`",
          "leave it out; `outliers` looks at who agrees with others");
    }
    return true;
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
        filter != null
            && filter.mostPerEvaluator() == null
            && filter.outliers() == null
            && filter.goldAtLeast() == null
            && filter.influence() == null;
    if (nothing) {
      scope.add(
          Code.PLB0322,
          scope.places().block(filter),
          "`filter` leaves nothing out",
          "say `most_per_evaluator`, `outliers`, `influence` or `gold_at_least`, or leave it out");
    }
    return !nothing;
  }

  static String word(Aggregate by) {
    return by.name().toLowerCase(Locale.ROOT);
  }
}
