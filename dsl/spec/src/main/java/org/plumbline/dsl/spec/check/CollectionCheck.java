// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.check;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.FeedbackSpec;
import org.plumbline.dsl.model.feedback.RichFeedbackSpec;
import org.plumbline.dsl.model.reward.RewardSpec;
import org.plumbline.dsl.spec.bind.Wording;

/** Checks what feedback is asked for: from how many people, at what price, on which scale. */
final class CollectionCheck {
  /** Shares are written by hand: 1/3 three times is meant to add up. */
  private static final double ROUNDING = 0.005;

  private final Scope scope;

  CollectionCheck(Scope scope) {
    this.scope = scope;
  }

  void run() {
    for (EvaluatorsSpec evaluators : scope.experiment().evaluators().values()) {
      if (evaluators.groups() != null) {
        shares(evaluators, evaluators.groups());
      }
    }
    for (FeedbackSpec feedback : scope.experiment().feedback().values()) {
      budget(feedback);
      if (Scope.read(feedback, "selection") instanceof FeedbackSpec.Selection selection) {
        selection(selection);
      }
      if (feedback instanceof RichFeedbackSpec.Scalar scalar && scalar.low() >= scalar.high()) {
        scope.add(
            Diagnostic.of(
                    Code.PLB0335,
                    scope.places().value(scalar, "high"),
                    "the highest rating, "
                        + Wording.number(scalar.high())
                        + ", is not above the lowest")
                .related(scope.places().value(scalar, "low"), "the lowest")
                .help("give a higher one"));
      }
    }
  }

  /** How many people there are, or can be. */
  static long people(EvaluatorsSpec evaluators) {
    if (evaluators.annotators() != null) {
      Integer size = evaluators.annotators().size();
      return size == null ? Long.MAX_VALUE : size;
    } else if (evaluators.size() != null) {
      return evaluators.size();
    } else if (evaluators.groups() == null) {
      return 1;
    }
    return evaluators.groups().values().stream().mapToLong(EvaluatorsSpec.Group::count).sum();
  }

  private void shares(EvaluatorsSpec evaluators, Map<String, EvaluatorsSpec.Group> groups) {
    double sum = 0;
    int shared = 0;
    @Nullable Span last = null;
    for (Map.Entry<String, EvaluatorsSpec.Group> entry : groups.entrySet()) {
      EvaluatorsSpec.Group group = entry.getValue();
      boolean counted = scope.places().given(group, "count");
      if (group.share() == null && !counted) {
        scope.add(
            Code.PLB0108,
            scope.places().block(group),
            "`count` or `share` is missing in `" + entry.getKey() + "`",
            "give exactly one of them");
        return;
      } else if (group.share() != null && group.count() > 0) {
        scope.add(
            Diagnostic.of(
                    Code.PLB0107,
                    scope.places().value(group, "share"),
                    "`" + entry.getKey() + "` has both `count` and `share`")
                .related(scope.places().value(group, "count"), "the other")
                .help("keep one of them"));
        return;
      } else if (group.share() != null) {
        sum += group.share();
        shared++;
        last = scope.places().value(group, "share");
      }
    }
    if (last == null) {
      return;
    }
    if (shared < groups.size()) {
      scope.add(
          Code.PLB0325,
          last,
          "some groups have a `share` and some a `count`, so shares of what is not said",
          "give all groups a `share`, or all a `count`");
    } else if (Math.abs(sum - 1) > ROUNDING) {
      scope.add(
          Code.PLB0325,
          last,
          "the shares of the groups add up to " + rounded(sum) + ", not to 1",
          "change them so that they do");
    } else if (evaluators.size() == null) {
      scope.add(
          Code.PLB0225,
          scope.places().value(evaluators, "groups"),
          "groups have shares, but nothing says of how many people",
          "add `size`, as in `size: 20`");
    }
  }

  private static String rounded(double number) {
    return Wording.number(Math.rint(number * 1e6) / 1e6);
  }

  private void budget(FeedbackSpec feedback) {
    EvaluatorsSpec evaluators =
        Scope.read(feedback, "evaluators") instanceof String name
            ? scope.experiment().evaluators().get(name)
            : null;
    Object items = Scope.read(feedback, "items");
    Object pairs = feedback instanceof FeedbackSpec.Comparisons c ? (Object) c.pairs() : items;
    if (evaluators == null
        || feedback instanceof RichFeedbackSpec // what one costs depends on what is shown
        || !(Scope.read(feedback, "budget") instanceof Double budget)
        || !(pairs instanceof Integer asked)
        || !(Scope.read(feedback, "redundancy") instanceof FeedbackSpec.Redundancy redundancy)) {
      return;
    }
    boolean twice =
        feedback instanceof FeedbackSpec.Comparisons c
            && c.bothOrders()
            && evaluators.judge() != null;
    double again = asked * redundancy.share() * (redundancy.people() - 1);
    double labels = (asked + again) * (twice ? 2 : 1);
    double needed = labels * cheapest(evaluators);
    if (needed > budget * (1 + 1e-9)) {
      scope.add(
          Diagnostic.of(
                  Code.PLB0326,
                  scope.places().value(feedback, "budget"),
                  "a budget of "
                      + Wording.number(budget)
                      + " is too small: "
                      + rounded(labels)
                      + " labels cost at least "
                      + rounded(needed))
              .related(scope.places().value(evaluators, "cost"), "the price")
              .help("raise it, ask for fewer, or lower `redundancy`"));
    }
  }

  private static double cheapest(EvaluatorsSpec evaluators) {
    if (evaluators.groups() == null) {
      return evaluators.cost();
    }
    return evaluators.groups().values().stream()
        .mapToDouble(group -> group.cost() == null ? evaluators.cost() : group.cost())
        .min()
        .orElse(evaluators.cost());
  }

  private void selection(FeedbackSpec.Selection selection) {
    boolean asksMembers =
        selection.by() != FeedbackSpec.SelectBy.K_CENTRE
            && selection.by() != FeedbackSpec.SelectBy.ENTROPY;
    RewardSpec reward = scope.experiment().rewards().get(selection.reward());
    if (asksMembers && reward != null) {
      scope.needsEnsemble(reward, scope.places().value(selection, "reward"), "`by` asks");
    }
  }
}
