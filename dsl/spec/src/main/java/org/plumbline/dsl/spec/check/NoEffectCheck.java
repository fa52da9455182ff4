// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Circumstance;
import org.plumbline.dsl.model.feedback.FeedbackSpec;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.dsl.model.policy.Regularizers;
import org.plumbline.dsl.model.reward.ComposedRewardSpec;
import org.plumbline.dsl.model.reward.RewardSpec;
import org.plumbline.dsl.model.shape.Rewriting;
import org.plumbline.dsl.spec.bind.Wording;

/** Warns about blocks that say nothing, and about circumstances that never come. */
final class NoEffectCheck {
  private final Scope scope;

  NoEffectCheck(Scope scope) {
    this.scope = scope;
  }

  void run() {
    for (RewardSpec reward : scope.experiment().rewards().values()) {
      if (reward instanceof RewardSpec.BradleyTerry spec && spec.seen() != null) {
        view(spec.seen(), "seen");
      }
    }
    for (PolicySpec policy : scope.experiment().policies().values()) {
      constraints(policy);
    }
    scope.experiment().evaluators().forEach(this::evaluators);
  }

  private void view(EvaluatorsSpec.View view, String key) {
    if (view.limit() == null && view.hides() == null) {
      scope.add(
          Code.PLB0322,
          scope.places().block(view),
          "`" + key + "` hides nothing",
          "say `limit` or `hides`, or leave it out");
    }
  }

  private void constraints(PolicySpec policy) {
    if (!(Rewriting.read(policy, "regularizers") instanceof Regularizers terms)
        || terms.constraints() == null) {
      return;
    }
    if (terms.constraints().isEmpty()) {
      scope.add(
          Code.PLB0322,
          scope.places().value(terms, "constraints"),
          "`constraints` holds nothing down",
          "add one, as in `brief: { reward: words, at_most: 20 }`, or leave it out");
    }
    terms
        .constraints()
        .forEach(
            (name, constraint) -> {
              if (constraint.reward().equals(Rewriting.read(policy, "reward"))) {
                scope.add(
                    Code.PLB0343,
                    scope.places().value(constraint, "reward"),
                    "constraint `"
                        + name
                        + "` holds down `"
                        + constraint.reward()
                        + "`, the very reward that is to be raised",
                    "name another one, unless the reward itself is to stay below "
                        + Wording.number(constraint.atMost()));
              }
            });
  }

  private void evaluators(String name, EvaluatorsSpec evaluators) {
    Map<String, EvaluatorsSpec.Group> groups = evaluators.groups();
    if (groups == null) {
      return;
    }
    List<String> told = told(name);
    for (EvaluatorsSpec.Group group : groups.values()) {
      if (group.sees() != null) {
        view(group.sees(), "sees");
      }
      if (group.contexts() != null) {
        contexts(group, name, told);
      }
    }
  }

  /** What these evaluators are told, wherever they are asked; empty where they are told nothing. */
  private List<String> told(String evaluators) {
    List<String> told = new ArrayList<>();
    for (FeedbackSpec feedback : scope.experiment().feedback().values()) {
      if (evaluators.equals(Rewriting.read(feedback, "evaluators"))) {
        told.add(text(Rewriting.read(feedback, "instructions")));
      }
    }
    for (RewardSpec reward : scope.experiment().rewards().values()) {
      if (reward instanceof ComposedRewardSpec.DirectOversight oversight
          && oversight.evaluators().equals(evaluators)) {
        told.add(text(oversight.instructions()));
      }
    }
    return told;
  }

  private static String text(@Nullable Object instructions) {
    return instructions instanceof String told ? told : "";
  }

  /** Stages have circumstances in the order of their names. */
  private void contexts(EvaluatorsSpec.Group group, String evaluators, List<String> told) {
    String always = null;
    for (Map.Entry<String, Circumstance> entry : new TreeMap<>(group.contexts()).entrySet()) {
      Circumstance context = entry.getValue();
      if (always != null) {
        never(
            group,
            entry.getKey(),
            "`" + always + "`, which comes first by its name, always holds",
            "give `" + always + "` a `share`, `told` or `where`");
      } else if (context.told() != null
          && !told.isEmpty()
          && told.stream().noneMatch(text -> finds(context.told(), text))) {
        never(
            group,
            entry.getKey(),
            "no instructions that `" + evaluators + "` are given say what `told` finds",
            "mend `told`, or say it in the `instructions` of the feedback");
      }
      boolean share = context.share() != null && context.share() < 1;
      if (always == null && !share && context.told() == null && context.where() == null) {
        always = entry.getKey();
      }
    }
  }

  private void never(EvaluatorsSpec.Group group, String name, String because, String help) {
    scope.add(
        Code.PLB0322,
        scope.places().name(group, "contexts", name),
        "`" + name + "` never holds: " + because,
        help);
  }

  /** A pattern that is none, or that may not come to an end, is reported elsewhere. */
  private static boolean finds(String regex, String text) {
    try {
      Pattern pattern = Pattern.compile(regex);
      return RegexCost.costly(pattern) || pattern.matcher(text).find();
    } catch (PatternSyntaxException e) {
      return true;
    }
  }
}
