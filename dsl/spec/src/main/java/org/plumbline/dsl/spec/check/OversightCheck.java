// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.check;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.CompareSpec;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.policy.OnlinePolicySpec;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.dsl.model.reward.ComposedRewardSpec.AiJudge;
import org.plumbline.dsl.model.reward.ComposedRewardSpec.Ask;
import org.plumbline.dsl.model.reward.ComposedRewardSpec.DirectOversight;
import org.plumbline.dsl.model.reward.RewardSpec;
import org.plumbline.dsl.spec.bind.Wording;

/** Checks who is asked while a policy learns: people, or a judge, by a reward or by the policy. */
final class OversightCheck {
  private final Scope scope;

  OversightCheck(Scope scope) {
    this.scope = scope;
  }

  void run() {
    evaluated();
    for (RewardSpec reward : scope.experiment().rewards().values()) {
      if (reward instanceof AiJudge judge) {
        compared(judge);
      } else if (reward instanceof DirectOversight oversight) {
        scale(oversight);
        new RatingNoise(scope).of(oversight, oversight.evaluators());
        EvaluatorsSpec who = scope.experiment().evaluators().get(oversight.evaluators());
        if (who != null) {
          people(oversight, who);
        }
      }
    }
    for (PolicySpec policy : scope.experiment().policies().values()) {
      if (policy instanceof OnlinePolicySpec.OnlineDpo dpo) {
        judged(dpo, dpo.evaluators(), dpo.budget());
      } else if (policy instanceof OnlinePolicySpec.NashMd nash) {
        judged(nash, nash.evaluators(), nash.budget());
      }
    }
  }

  /** Answers of a policy that are judged at once, by a reward where nobody is named. */
  private void judged(PolicySpec policy, @Nullable String name, @Nullable Double budget) {
    EvaluatorsSpec who = name == null ? null : scope.experiment().evaluators().get(name);
    if (name == null && budget != null) {
      noEffect(policy, "budget", "a reward is not paid", "name `evaluators`, or leave it out");
    } else if (name != null && scope.changed(policy, "missing_end_penalty")) {
      noEffect(
          policy,
          "missing_end_penalty",
          "evaluators compare answers and give them no score",
          "name a `reward`, or leave it out");
    }
    if (who == null) {
      return;
    }
    if (who.hiring() != null) {
      refuse(
          policy,
          who,
          "`" + name + "` are hired on a trial, which needs answers before there is a policy",
          "leave `hiring` out of those who judge a policy while it learns");
    }
    if (budget != null && dearest(who) == 0) {
      noEffect(
          policy,
          "budget",
          "the labels of `" + name + "` cost nothing",
          "give them a `cost`, or leave it out");
    }
  }

  private void noEffect(Object block, String key, String because, String help) {
    scope.add(
        Code.PLB0322,
        scope.places().value(block, key),
        "`" + key + "` has no effect: " + because,
        help);
  }

  /** The price of a comparison by whoever asks most. */
  static double dearest(EvaluatorsSpec who) {
    Map<String, EvaluatorsSpec.Group> groups = who.groups();
    return groups == null
        ? who.cost()
        : groups.values().stream()
            .mapToDouble(group -> group.cost() == null ? who.cost() : group.cost())
            .max()
            .orElse(0);
  }

  /** Evaluations have every answer scored: a budget that holds for training does not hold there. */
  private void evaluated() {
    CompareSpec compare = scope.experiment().compare();
    String name = compare == null ? null : compare.reward();
    if (compare == null
        || name == null
        || !(scope.experiment().rewards().get(name) instanceof DirectOversight oversight)) {
      return;
    }
    Double budget = oversight.budget();
    EvaluatorsSpec who = scope.experiment().evaluators().get(oversight.evaluators());
    double dearest = who == null || who.groups() == null ? 0 : dearest(who) * oversight.effort();
    if (budget != null && dearest > 0) {
      scope.add(
          Diagnostic.of(
                  Code.PLB0348,
                  scope.places().value(compare, "reward"),
                  "`"
                      + name
                      + "` has people score every answer of each of "
                      + compare.recipes().size()
                      + " recipes, at up to "
                      + CollectionCheck.rounded(dearest)
                      + " an answer; its budget of "
                      + Wording.number(budget)
                      + " holds for what learns, and not for that")
              .related(scope.places().value(oversight, "budget"), "the budget")
              .help("name a reward model as `reward`, or reckon with the price"));
    }
  }

  private void compared(AiJudge judge) {
    if (judge.ask() == Ask.COMPARE && judge.against() == null) {
      scope.add(
          Code.PLB0330,
          scope.places().value(judge, "ask"),
          "`ask: compare` needs `against`",
          "add `against`");
    } else if (judge.ask() == Ask.SCORE) {
      unasked(judge, "against", judge.against());
      unasked(judge, "max_new_tokens", judge.maxNewTokens());
    }
  }

  private void unasked(AiJudge judge, String key, @Nullable Object value) {
    if (value != null) {
      scope.add(
          Code.PLB0322,
          scope.places().value(judge, key),
          "`" + key + "` has no effect where the judge scores answers by themselves",
          "set `ask: compare`, or leave it out");
    }
  }

  private void scale(DirectOversight oversight) {
    if (oversight.low() >= oversight.high()) {
      scope.add(
          Code.PLB0335,
          scope.places().value(oversight, "high"),
          "the highest score, " + Wording.number(oversight.high()) + ", is not above the lowest",
          "give a higher one");
    }
  }

  private void people(DirectOversight oversight, EvaluatorsSpec who) {
    String name = "`" + oversight.evaluators() + "`";
    if (who.groups() == null) {
      refuse(oversight, who, name + " are no people", "name people, or use `ai_judge`");
      return;
    }
    if (who.hiring() != null) {
      refuse(
          oversight,
          who,
          name + " are hired on a trial, which needs answers before there is a policy to oversee",
          "leave `hiring` out of those who oversee");
    }
    if (oversight.budget() != null && dearest(who) == 0) {
      noEffect(
          oversight,
          "budget",
          "the labels of " + name + " cost nothing",
          "give them a `cost`, or leave it out");
    }
  }

  private void refuse(Object block, EvaluatorsSpec who, String message, String help) {
    scope.add(
        Diagnostic.of(Code.PLB0216, scope.places().value(block, "evaluators"), message)
            .related(scope.places().block(who), "declared here")
            .help(help));
  }
}
