// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.plumbline.dsl.model.ModelSpec;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.FeedbackSpec;
import org.plumbline.dsl.model.feedback.RichFeedbackSpec;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.dsl.model.reward.ComposedRewardSpec;
import org.plumbline.dsl.model.reward.RewardSpec;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.spec.bind.Suggest;

/** Checks evaluators and the feedback that is asked of them. */
final class PeopleCheck {
  private final Scope scope;

  PeopleCheck(Scope scope) {
    this.scope = scope;
  }

  void run() {
    scope
        .experiment()
        .evaluators()
        .forEach(
            (name, evaluators) -> {
              if (evaluators.groups() != null) {
                people(name, evaluators, evaluators.groups());
              } else if (evaluators.judge() != null) {
                judge(name, evaluators, evaluators.judge());
              }
            });
    scope.experiment().feedback().values().forEach(this::feedback);
    scope.experiment().policies().values().forEach(this::critic);
    for (RewardSpec reward : scope.experiment().rewards().values()) {
      if (reward instanceof ComposedRewardSpec.AiJudge ai) {
        judgeNeeded(ai, ai.judge(), "are no AI judge");
      }
    }
  }

  private void people(
      String name, EvaluatorsSpec evaluators, Map<String, EvaluatorsSpec.Group> groups) {
    boolean shared = groups.values().stream().anyMatch(group -> group.share() != null);
    if (!shared && count(groups) == 0) {
      scope.add(
          Code.PLB0317,
          scope.places().value(evaluators, "groups"),
          "`" + name + "` has no people in any group",
          "give a group a `count` of at least 1");
    }
    for (EvaluatorsSpec.Group group : groups.values()) {
      if (group.outsourcing() != null) {
        judgeNeeded(group.outsourcing(), group.outsourcing().judge(), "are no machine");
      }
    }
    List<String> without =
        evaluators.values() != null
            ? List.of()
            : groups.keySet().stream().filter(key -> hasNoValues(groups, key)).toList();
    if (!without.isEmpty()) {
      scope.add(
          Code.PLB0215,
          scope.places().name(evaluators, "groups", without.get(0)),
          "nothing says what the people in " + Suggest.list(without) + " want",
          "add `values` to `" + name + "` or to the group");
    }
  }

  private static boolean hasNoValues(Map<String, EvaluatorsSpec.Group> groups, String name) {
    EvaluatorsSpec.Group group = groups.get(name);
    return group != null && group.values() == null;
  }

  private static long count(Map<String, EvaluatorsSpec.Group> groups) {
    return groups.values().stream().mapToLong(EvaluatorsSpec.Group::count).sum();
  }

  private void judge(String name, EvaluatorsSpec evaluators, EvaluatorsSpec.Judge judge) {
    if (evaluators.values() != null) {
      scope.add(
          Code.PLB0322,
          scope.places().value(evaluators, "values"),
          "`values` has no effect on a judge",
          "a judge of kind `rules` has its own `values`; principles say what counts");
    }
    ModelSpec model = scope.experiment().models().get(judge.model());
    if (judge.reasoning() != null
        && (model instanceof ModelSpec.Rules || model instanceof ModelSpec.Endpoint)) {
      scope.add(
          Code.PLB0322,
          scope.places().value(judge, "reasoning"),
          "`reasoning` has no effect on a judge that is no language model of the spec",
          "leave it out");
    }
    if (judge.principles().isEmpty()) {
      scope.add(
          Code.PLB0220,
          scope.places().value(judge, "principles"),
          "judge `" + name + "` has no principles to judge by",
          "add one, as in `polite: choose the answer that is polite`");
    }
    if (model instanceof ModelSpec.Rules rules) {
      scope.features(rules.values()).ifPresent(features -> principles(judge, features, rules));
    }
  }

  private void principles(
      EvaluatorsSpec.Judge judge, Map<String, FeatureSpec> features, ModelSpec.Rules rules) {
    Set<String> names = features.keySet();
    for (String principle : judge.principles().keySet()) {
      if (!names.contains(principle)) {
        Diagnostic diagnostic =
            Diagnostic.of(
                Code.PLB0214,
                scope.places().name(judge, "principles", principle),
                "principle `"
                    + principle
                    + "` is named after no feature of `"
                    + rules.values()
                    + "`");
        Optional<String> meant = Suggest.near(principle, names);
        if (meant.isPresent()) {
          diagnostic = diagnostic.replace("did you mean `" + meant.get() + "`?", meant.get());
        }
        scope.add(
            diagnostic
                .note("a judge of kind `rules` weighs the feature that a principle is named after")
                .note("features: " + Suggest.list(names)));
      }
    }
  }

  private void feedback(FeedbackSpec feedback) {
    if (feedback instanceof FeedbackSpec.Comparisons comparisons) {
      EvaluatorsSpec evaluators = scope.experiment().evaluators().get(comparisons.evaluators());
      if (evaluators != null) {
        redundancy(comparisons.redundancy(), comparisons.evaluators(), evaluators, "a pair");
        if (evaluators.judge() == null && comparisons.bothOrders()) {
          scope.add(
              Code.PLB0322,
              scope.places().value(comparisons, "both_orders"),
              "`both_orders` has no effect on people",
              "leave it out; it is for judges");
        }
        if (evaluators.judge() != null && comparisons.repeat() != null) {
          scope.add(
              Code.PLB0322,
              scope.places().value(comparisons, "repeat"),
              "`repeat` has no effect on a judge, whose answers are kept and not asked for again",
              "leave it out; `both_orders` shows how steady a judge is");
        }
      }
    } else if (feedback instanceof RichFeedbackSpec rich) {
      EvaluatorsSpec evaluators = scope.experiment().evaluators().get(rich.evaluators());
      if (evaluators != null && evaluators.judge() != null && asksModel(evaluators.judge())) {
        peopleNeeded(rich, evaluators);
      } else if (evaluators != null) {
        redundancy(rich.collection().redundancy(), rich.evaluators(), evaluators, "an answer");
        if (evaluators.judge() != null && rich.collection().repeat() != null) {
          scope.add(
              Code.PLB0322,
              scope.places().value(rich, "repeat"),
              "`repeat` has no effect on a judge, whose answers are kept and not asked for again",
              "leave it out");
        }
      }
    }
  }

  /** Whether a judge is a language model, and not known to be rules. */
  private boolean asksModel(EvaluatorsSpec.Judge judge) {
    ModelSpec model = scope.experiment().models().get(judge.model());
    boolean known = model != null || scope.experiment().policies().containsKey(judge.model());
    return known && !(model instanceof ModelSpec.Rules);
  }

  private void peopleNeeded(RichFeedbackSpec feedback, EvaluatorsSpec evaluators) {
    scope.add(
        Diagnostic.of(
                Code.PLB0216,
                scope.places().value(feedback, "evaluators"),
                "`"
                    + feedback.evaluators()
                    + "` is a judge by a model, which only compares answers so far")
            .related(scope.places().block(evaluators), "declared here")
            .help(
                "name evaluators that declare `groups`, or a judge that follows `rules`, or ask for"
                    + " `comparisons`"));
  }

  private void redundancy(
      FeedbackSpec.Redundancy redundancy, String name, EvaluatorsSpec evaluators, String what) {
    boolean people = evaluators.judge() == null;
    long count = people ? CollectionCheck.people(evaluators) : 1;
    if (redundancy.people() > count && count > 0) {
      String who =
          people ? "has only " + count + (count == 1 ? " person" : " people") : "is one judge";
      scope.add(
          Code.PLB0318,
          scope.places().value(redundancy, "people"),
          redundancy.people() + " people shall see " + what + ", but `" + name + "` " + who,
          "lower `people` to " + count + (people ? ", or add people" : ""));
    }
    if (redundancy.people() == 1 && scope.changed(redundancy, "share")) {
      scope.add(
          Code.PLB0322,
          scope.places().value(redundancy, "share"),
          "`share` has no effect when one person sees " + what,
          "set `people` to 2 or more, or leave it out");
    }
  }

  private void critic(PolicySpec policy) {
    if (policy instanceof PolicySpec.CritiqueRevision revision) {
      judgeNeeded(revision, revision.judge(), "cannot criticise");
    }
  }

  private void judgeNeeded(Object block, String name, String cannot) {
    EvaluatorsSpec evaluators = scope.experiment().evaluators().get(name);
    if (evaluators != null && evaluators.judge() == null) {
      scope.add(
          Diagnostic.of(
                  Code.PLB0213,
                  scope.places().value(block, "judge"),
                  "`" + name + "` are people and " + cannot)
              .related(scope.places().block(evaluators), "declared here")
              .help("name evaluators that declare a `judge`"));
    }
  }
}
