// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.check;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.RoundsSpec;
import org.plumbline.dsl.model.VariantSpec;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.feedback.FeedbackSpec;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.dsl.model.reward.RewardSpec;
import org.plumbline.dsl.model.shape.Rewriting;
import org.plumbline.dsl.model.shape.Shape;

/** Checks rounds against what they repeat, and what goes on from something or pools several. */
final class RoundsCheck {
  private final Scope scope;
  private final Experiment experiment;

  RoundsCheck(Scope scope) {
    this.scope = scope;
    this.experiment = scope.experiment();
  }

  void run() {
    experiment.feedback().values().forEach(this::pooled);
    experiment.rewards().values().forEach(this::warm);
    if (experiment.rounds() != null) {
      experiment.rounds().values().forEach(this::rounds);
    }
  }

  private void pooled(FeedbackSpec feedback) {
    if (!(feedback instanceof FeedbackSpec.Pooled pooled)) {
      return;
    }
    if (new TreeSet<>(pooled.feedback()).size() < Math.max(2, pooled.feedback().size())) {
      contradiction(
          pooled,
          "feedback",
          pooled.feedback().size() < 2
              ? "there is nothing to pool in fewer than two sets"
              : "a set is named twice, so that its labels would count twice",
          "name at least two sets, each once");
      return;
    }
    String first = HeldFeedback.of(experiment, pooled.feedback().get(0));
    for (String name : pooled.feedback()) {
      String kind = HeldFeedback.of(experiment, name);
      if (first != null && kind != null && !kind.equals(first)) {
        contradiction(
            pooled,
            "feedback",
            "`"
                + name
                + "` holds `"
                + kind
                + "`, and `"
                + pooled.feedback().get(0)
                + "` `"
                + first
                + "`",
            "pool sets of one kind; a reward can learn from several kinds with `reward_rational`");
        return;
      }
    }
    new SameChance(scope).among(pooled.feedback(), scope.places().value(pooled, "feedback"));
  }

  /** A member goes on from a member. */
  private void warm(RewardSpec reward) {
    Object name = Rewriting.read(reward, "warm_start");
    RewardSpec before = name == null ? null : experiment.rewards().get(name.toString());
    Object members = Rewriting.read(reward, "ensemble");
    if (before != null && !Objects.equals(Rewriting.read(before, "ensemble"), members)) {
      contradiction(
          reward,
          "warm_start",
          "`" + name + "` has not as many members",
          "give both the same `ensemble`");
    }
  }

  private void rounds(RoundsSpec rounds) {
    String name = lastName(rounds.of());
    if (inRounds(name)) {
      contradiction(
          rounds,
          "of",
          "`" + rounds.of() + "` is computed in rounds already",
          "raise `times` of those, or name what they repeat");
      return;
    }
    PolicySpec policy = experiment.policies().get(name);
    if (policy == null) {
      return; // reported as an unknown name
    }
    Set<String> needs = new PolicyOrigin().names(experiment, name);
    for (int i = 0; i < rounds.renew().size(); i++) {
      renewed(rounds, i, needs);
    }
    boolean updates = Rewriting.has(policy, "updates") || Rewriting.has(policy, "steps");
    String kind = Shape.of(policy.getClass()).kind();
    if (rounds.every() != null && !updates) {
      contradiction(
          rounds, "every", "`" + kind + "` takes no steps that could be counted", "leave it out");
    }
    if (rounds.signal() != null) {
      signal(rounds, rounds.signal(), policy, kind);
    }
    if (Rewriting.read(policy, "regularizers.early_stop.max_kl") != null) {
      contradiction(
          rounds,
          "of",
          "`max_kl` of its `early_stop` counts from the reference, which later rounds start far from, so that they would stop at once",
          "give `signal: { max_kl: ... }` to the rounds in its place");
    }
    if (rounds.warmStart()
        && new PolicyOrigin()
            .between(experiment, name, rounds.renew()).stream()
                .noneMatch(one -> one.startsWith("rewards."))) {
      contradiction(rounds, "warm_start", "no reward is fitted to what is renewed", "leave it out");
    }
  }

  private void renewed(RoundsSpec rounds, int number, Set<String> needs) {
    String name = rounds.renew().get(number);
    FeedbackSpec feedback = experiment.feedback().get(name);
    if (feedback == null) {
      return;
    }
    if (rounds.renew().indexOf(name) < number) {
      scope.add(
          Code.PLB0330,
          scope.places().item(rounds, "renew", number),
          "`" + name + "` is named twice",
          "remove one");
    } else if (!needs.contains("feedback." + name)) {
      scope.add(
          Code.PLB0226,
          scope.places().item(rounds, "renew", number),
          "`" + rounds.of() + "` does not use `" + name + "`, so there is nothing to renew",
          "name feedback that it is computed from");
    } else if (!Rewriting.has(feedback, "of")) {
      scope.add(
          Code.PLB0330,
          scope.places().item(rounds, "renew", number),
          "`"
              + name
              + "` is not collected on the answers of a policy, so that it cannot be renewed",
          "name feedback that has `of`");
    } else {
      shares(rounds, name, feedback);
    }
  }

  private void shares(RoundsSpec rounds, String name, FeedbackSpec feedback) {
    if (rounds.olderShare() == 0) {
      return;
    }
    double others = CollectionCheck.shares(feedback);
    if (others + rounds.olderShare() >= 1) {
      contradiction(
          rounds,
          "older_share",
          "with the `sources` of `" + name + "` nothing is left for the policy of the round before",
          "lower it, or their shares");
    }
  }

  private void signal(RoundsSpec rounds, RoundsSpec.Signal signal, PolicySpec policy, String kind) {
    if (signal.maxKl() == null && signal.maxSpread() == null) {
      contradiction(rounds, "signal", "it says no limit", "give `max_kl` or `max_spread`");
    } else if (!Rewriting.has(policy, "regularizers.early_stop")) {
      contradiction(
          rounds,
          "signal",
          "`" + kind + "` does not watch its answers while it learns",
          "use `every`, or a method with `regularizers`");
    }
  }

  private boolean inRounds(String recipe) {
    Map<String, RoundsSpec> all = experiment.rounds();
    return all != null
        && all.entrySet().stream()
            .anyMatch(one -> one.getValue().recipes(one.getKey()).contains(recipe));
  }

  /** What a recipe varies, and what that varies, to the end. */
  private String lastName(String recipe) {
    Set<String> seen = new TreeSet<>();
    String next = recipe;
    VariantSpec variant = experiment.variants().get(next);
    while (variant != null && seen.add(next)) {
      next = variant.of();
      variant = experiment.variants().get(next);
    }
    return next;
  }

  private void contradiction(Object block, String key, String what, String help) {
    scope.add(Code.PLB0330, scope.places().value(block, key), what, help);
  }
}
