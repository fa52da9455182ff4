// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.plumbline.dsl.model.CompareSpec;
import org.plumbline.dsl.model.MonitorsSpec;
import org.plumbline.dsl.model.VariantSpec;
import org.plumbline.dsl.model.WatchSpec;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.dsl.model.reward.ComposedRewardSpec;
import org.plumbline.dsl.model.reward.RewardSpec;
import org.plumbline.dsl.model.shape.Rewriting;

/** Checks that the policies that monitors watch can be watched: trained, and before the reward. */
final class WatchedPolicies {
  private final Scope scope;
  private final CompareSpec compare;
  private final MonitorsSpec monitors;

  WatchedPolicies(Scope scope, CompareSpec compare, MonitorsSpec monitors) {
    this.scope = scope;
    this.compare = compare;
    this.monitors = monitors;
  }

  void run() {
    List<String> trained = new ArrayList<>();
    boolean allKnown = true;
    for (String name : WatchSpec.policies(compare, this::policy)) {
      PolicySpec spec = scope.experiment().policies().get(name);
      allKnown &= spec != null;
      if (spec != null && WatchSpec.trained(spec)) {
        trained.add(name);
      }
    }
    if (!allKnown) {
      return; // they have errors of their own
    }
    Span block = scope.places().block(monitors);
    if (trained.isEmpty()) {
      scope.add(
          Code.PLB0359,
          block,
          "monitors watch nothing: no policy that they watch is trained",
          "name trained policies in `policies`, or leave `monitors` out");
      return;
    }
    if (monitors.clipShare() != null && trained.stream().noneMatch(this::cuts)) {
      scope.add(
          Code.PLB0359,
          scope.places().value(monitors, "clip_share"),
          "`clip_share` watches nothing: no policy that is watched has `clip`",
          "leave it out");
    }
    if (monitors.judgeDisagreement() != null && trained.stream().noneMatch(this::judged)) {
      scope.add(
          Code.PLB0359,
          scope.places().value(monitors, "judge_disagreement"),
          "`judge_disagreement` watches nothing: no policy that is watched has a judge compare its"
              + " answers",
          "leave it out, or watch a policy whose `evaluators` or `reward` is a judge that compares");
    }
    circles(trained);
  }

  /** Whether a judge compares the policy's answers, in both orders, while it learns. */
  private boolean judged(String name) {
    PolicySpec spec = scope.experiment().policies().get(name);
    if (spec == null) {
      return false;
    }
    if (Rewriting.read(spec, "evaluators") instanceof String who) {
      EvaluatorsSpec evaluators = scope.experiment().evaluators().get(who);
      return evaluators != null && evaluators.judge() != null;
    }
    return Rewriting.read(spec, "reward") instanceof String reward
        && scope.experiment().rewards().get(reward) instanceof ComposedRewardSpec.AiJudge judge
        && judge.ask() == ComposedRewardSpec.Ask.COMPARE;
  }

  /** A policy cannot wait for a reward that waits for it. */
  private void circles(List<String> trained) {
    Map<String, RewardSpec> rewards = scope.experiment().rewards();
    String reward =
        compare.reward() == null && rewards.size() == 1
            ? rewards.keySet().iterator().next()
            : compare.reward();
    String measured = WatchSpec.of(compare, monitors, rewards, reward).reward();
    if (measured == null || !rewards.containsKey(measured)) {
      return;
    }
    for (String name : trained) {
      if (new PolicyOrigin()
          .namesOfReward(scope.experiment(), measured)
          .contains("policies." + name)) {
        scope.add(
            Diagnostic.of(
                    Code.PLB0358,
                    scope.places().block(monitors),
                    "`"
                        + name
                        + "` cannot be watched by the score of `"
                        + measured
                        + "`, which is made from it")
                .related(scope.places().block(rewards.get(measured)), "this reward")
                .help(
                    "leave `"
                        + name
                        + "` out of `policies`, or stop by something else than"
                        + " `ensemble_spread`, `proxy_gold_gap` and `mahalanobis`"));
      }
    }
  }

  private boolean cuts(String name) {
    PolicySpec spec = scope.experiment().policies().get(name);
    return spec != null && Rewriting.read(spec, "clip") != null;
  }

  /** The policy that a recipe ends in. */
  private String policy(String recipe) {
    String name = recipe;
    for (int i = 0; i <= scope.experiment().variants().size(); i++) {
      VariantSpec variant = scope.experiment().variants().get(name);
      if (variant == null) {
        return name;
      }
      name = variant.of();
    }
    return name; // in circles, which is said elsewhere
  }
}
