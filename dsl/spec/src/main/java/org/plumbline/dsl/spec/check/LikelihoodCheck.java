// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.FeedbackSpec;
import org.plumbline.dsl.model.reward.FittedRewardSpec;
import org.plumbline.dsl.model.reward.RewardSpec;
import org.plumbline.dsl.model.reward.RewardSpec.NoiseCorrection;
import org.plumbline.dsl.model.shape.Rewriting;
import org.plumbline.dsl.model.shape.Shape;
import org.plumbline.dsl.spec.bind.Suggest;

/** Checks what the likelihood of a reward model has to know of the labels. */
final class LikelihoodCheck {
  private final Scope scope;

  LikelihoodCheck(Scope scope) {
    this.scope = scope;
  }

  void run() {
    for (RewardSpec reward : scope.experiment().rewards().values()) {
      if (reward instanceof RewardSpec.BradleyTerry spec) {
        if (Boolean.TRUE.equals(spec.perEvaluator())) {
          people(spec, "per_evaluator", "`per_evaluator`", spec.feedback());
        }
        overruled(spec);
      } else if (reward instanceof RewardSpec.RewardRational spec) {
        sources(spec);
      } else if (reward instanceof FittedRewardSpec.Mixture spec) {
        people(spec, "feedback", "`mixture`", spec.feedback());
      } else if (reward instanceof FittedRewardSpec.RankedDemonstrations spec) {
        ranks(spec);
      }
    }
  }

  /** Ranks are groups of those who demonstrate, and there is more than one. */
  private void ranks(FittedRewardSpec.RankedDemonstrations spec) {
    if (Set.copyOf(spec.ranks()).size() < Math.max(2, spec.ranks().size())) {
      scope.add(
          Code.PLB0236,
          scope.places().value(spec, "ranks"),
          spec.ranks().size() < 2
              ? "one rank tells no demonstration from another"
              : "a group has two ranks in " + Suggest.list(spec.ranks()),
          "name two groups or more, each once, the worst first");
      return;
    }
    FeedbackSpec source = scope.experiment().feedback().get(spec.feedback());
    if (source instanceof FeedbackSpec.Recorded) {
      scope.add(
          Code.PLB0236,
          scope.places().value(spec, "feedback"),
          "recorded demonstrations do not say who gave them",
          "record them as `rows: rankings`, with `ranks`, and fit `plackett_luce`");
      return;
    }
    if (source != null && Rewriting.read(source, "evaluators") instanceof String name) {
      EvaluatorsSpec evaluators = scope.experiment().evaluators().get(name);
      if (evaluators != null) {
        known(spec, name, evaluators);
      }
    }
  }

  private void known(
      FittedRewardSpec.RankedDemonstrations spec, String name, EvaluatorsSpec evaluators) {
    Map<String, EvaluatorsSpec.Group> declared = evaluators.groups();
    Set<String> groups = declared == null ? Set.of("judge") : declared.keySet();
    for (int i = 0; i < spec.ranks().size(); i++) {
      if (!groups.contains(spec.ranks().get(i))) {
        scope.add(
            Code.PLB0236,
            scope.places().item(spec, "ranks", i),
            "`" + name + "` have no group `" + spec.ranks().get(i) + "`",
            "groups: " + Suggest.list(groups));
      }
    }
  }

  /** There must be something to learn from. */
  private void sources(RewardSpec.RewardRational spec) {
    if (spec.sources().values().stream().noneMatch(source -> source.weight() > 0)) {
      scope.add(
          Code.PLB0330,
          scope.places().value(spec, "sources"),
          spec.sources().isEmpty()
              ? "`reward_rational` needs feedback to learn from"
              : "all sources have weight 0: nothing is learned",
          spec.sources().isEmpty()
              ? "add a source, as in `pairs: { feedback: prefs }`"
              : "give one a `weight` above 0");
    }
    Map<String, String> first = new LinkedHashMap<>();
    spec.sources()
        .forEach(
            (name, source) -> {
              String before = first.putIfAbsent(source.feedback(), name);
              if (before != null) {
                scope.add(
                    Diagnostic.of(
                            Code.PLB0344,
                            scope.places().value(source, "feedback"),
                            "`" + source.feedback() + "` is a source twice")
                        .related(scope.places().name(spec, "sources", before), "the other")
                        .help("keep one of them; `weight` says how much it counts"));
              }
            });
    new SameChance(scope).among(List.copyOf(first.keySet()), scope.places().value(spec, "sources"));
  }

  /** Who said what must be known, and be several people. */
  private void people(Object block, String key, String what, String feedback) {
    FeedbackSpec source = scope.experiment().feedback().get(feedback);
    if (source instanceof FeedbackSpec.Comparisons comparisons) {
      EvaluatorsSpec who = scope.experiment().evaluators().get(comparisons.evaluators());
      boolean judge = who != null && who.judge() != null;
      if (who != null && (judge || CollectionCheck.people(who) == 1)) {
        nothing(
            block,
            key,
            what
                + " tells people by whom they agree with, but `"
                + comparisons.evaluators()
                + "` is one "
                + (judge ? "judge" : "person"));
      }
    } else if (source != null
        && !(source instanceof FeedbackSpec.Recorded recorded && compares(recorded))) {
      nothing(
          block,
          key,
          what
              + " needs to know who said what, which `"
              + feedback
              + "`, of kind `"
              + Shape.of(source.getClass()).kind()
              + "`, does not say");
    }
  }

  /** Rows may name who compared: whether they do, the run finds out. */
  private static boolean compares(FeedbackSpec.Recorded recorded) {
    return recorded.rows() == null || recorded.rows() == FeedbackSpec.Rows.COMPARISONS;
  }

  private void nothing(Object block, String key, String message) {
    scope.add(
        Diagnostic.of(Code.PLB0350, scope.places().value(block, key), message)
            .help("let several people compare, or leave it out"));
  }

  /** Settings of plain pairs beside a likelihood of all that was said of them. */
  private void overruled(RewardSpec.BradleyTerry spec) {
    boolean each = Boolean.TRUE.equals(spec.perEvaluator());
    if (spec.ties() == null && !each) {
      return;
    }
    if (spec.noiseCorrection() == NoiseCorrection.UNBIASED) {
      scope.add(
          Code.PLB0322,
          scope.places().value(spec, "noise_correction"),
          "`noise_correction: unbiased` has no effect with `"
              + (each ? "per_evaluator" : "ties")
              + "`: noise is in the likelihood",
          "leave one of them out");
    }
  }
}
