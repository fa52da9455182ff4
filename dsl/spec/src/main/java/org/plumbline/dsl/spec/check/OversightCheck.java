// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.check;

import java.util.List;
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
import org.plumbline.dsl.model.shape.Rewriting;
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
        budget(judge);
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
      firstUpdate(policy);
      if (policy instanceof PolicySpec.CritiqueRevision revision) {
        budget(revision);
      } else if (policy instanceof OnlinePolicySpec.OnlineDpo dpo) {
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
    Object terms = Rewriting.read(policy, "regularizers");
    for (String penalty : List.of("length_penalty", "repetition_penalty")) {
      if (name != null && terms != null && Rewriting.read(terms, penalty) != null) {
        noEffect(
            terms,
            penalty,
            "evaluators compare answers and give them no score that it could be taken off",
            "name a `reward`, or leave it out");
      }
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

  /** What a judge may cost as a reward. */
  private void budget(AiJudge judge) {
    EvaluatorsSpec who = scope.experiment().evaluators().get(judge.judge());
    if (who != null && judge.budget() != null) {
      int questions = judge.ask() == Ask.COMPARE ? 2 : 1;
      String what = questions == 1 ? "one question" : "one answer, which is two questions,";
      paysFor(judge, judge.budget(), who, new Needed(judge.judge(), what, questions * who.cost()));
    }
  }

  /** What critiques and revisions may cost. */
  private void budget(PolicySpec.CritiqueRevision revision) {
    EvaluatorsSpec who = scope.experiment().evaluators().get(revision.judge());
    if (who != null && revision.budget() != null) {
      String what = "a critique with its revision";
      paysFor(revision, revision.budget(), who, new Needed(revision.judge(), what, 2 * who.cost()));
    }
  }

  /** What has to be paid at least, and who is paid. */
  private record Needed(String who, String what, double price) {}

  /** Whether a budget pays for anything at all, and for anything that has a price. */
  private void paysFor(Object block, double budget, EvaluatorsSpec who, Needed least) {
    if (least.price() == 0) {
      noEffect(
          block,
          "budget",
          "the labels of `" + least.who() + "` cost nothing",
          "give them a `cost`, or leave it out");
    } else if (least.price() > budget * (1 + 1e-9)) {
      scope.add(
          Diagnostic.of(
                  Code.PLB0326,
                  scope.places().value(block, "budget"),
                  "a budget of "
                      + Wording.number(budget)
                      + " pays for nothing: "
                      + least.what()
                      + " costs "
                      + CollectionCheck.rounded(least.price()))
              .related(scope.places().value(who, "cost"), "the price")
              .help("raise it"));
    }
  }

  /** Whether the first update of a policy whose answers are paid for can be paid. */
  private void firstUpdate(PolicySpec policy) {
    if (!(Rewriting.read(policy, "reward") instanceof String name)
        || !(Rewriting.read(policy, "updates") instanceof Integer)
        || !(Rewriting.read(policy, "batch_size") instanceof Integer answers)) {
      return;
    }
    RewardSpec reward = scope.experiment().rewards().get(name);
    Double budget = null;
    double each = 0;
    if (reward instanceof AiJudge judge) {
      EvaluatorsSpec who = scope.experiment().evaluators().get(judge.judge());
      budget = judge.budget();
      each = who == null ? 0 : (judge.ask() == Ask.COMPARE ? 2 : 1) * who.cost();
    } else if (reward instanceof DirectOversight oversight) {
      EvaluatorsSpec who = scope.experiment().evaluators().get(oversight.evaluators());
      budget = oversight.budget();
      each = who == null ? 0 : oversight.effort() * dearest(who);
    }
    boolean said = reward instanceof AiJudge && budget != null && each > budget * (1 + 1e-9);
    if (!said && reward != null && budget != null && each * answers > budget * (1 + 1e-9)) {
      scope.add(
          Diagnostic.of(
                  Code.PLB0326,
                  scope.places().value(policy, "reward"),
                  "the budget of `"
                      + name
                      + "`, "
                      + Wording.number(budget)
                      + ", pays for no update: the "
                      + answers
                      + " answers of the first may cost "
                      + CollectionCheck.rounded(each * answers))
              .related(scope.places().value(reward, "budget"), "the budget")
              .help("raise it, or lower `batch_size`"));
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
