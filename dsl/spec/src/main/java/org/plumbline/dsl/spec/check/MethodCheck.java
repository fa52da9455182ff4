// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.model.feedback.FeedbackSpec;
import org.plumbline.dsl.model.policy.ConditionedPolicySpec;
import org.plumbline.dsl.model.policy.OnlinePolicySpec;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.dsl.model.policy.Regularizers;
import org.plumbline.dsl.model.reward.ComposedRewardSpec;
import org.plumbline.dsl.model.reward.FittedRewardSpec;
import org.plumbline.dsl.model.reward.RewardSpec;
import org.plumbline.dsl.model.shape.Rewriting;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.spec.bind.Suggest;
import org.plumbline.dsl.spec.bind.Wording;

/** Checks settings of single methods that contradict each other, or what they refer to. */
final class MethodCheck {
  private final Scope scope;

  MethodCheck(Scope scope) {
    this.scope = scope;
  }

  void run() {
    Experiment experiment = scope.experiment();
    experiment.policies().values().forEach(this::policy);
    experiment.rewards().values().forEach(this::reward);
  }

  private void policy(PolicySpec policy) {
    groups(policy);
    if (policy instanceof ConditionedPolicySpec.Gdc
        || policy instanceof ConditionedPolicySpec.FDpg) {
      truncated(policy);
    }
    if (Rewriting.read(policy, "from") instanceof String from) {
      if (Rewriting.read(policy, "regularizers") instanceof Regularizers regularizers) {
        Regularizers.Kl kl = regularizers.kl();
        reference(kl, "reference", kl.reference(), from);
        if (kl.references() != null) {
          kl.references().values().forEach(one -> reference(one, "of", one.of(), from));
        }
      } else if (Rewriting.read(policy, "reference") instanceof String reference) {
        reference(policy, "reference", reference, from);
      }
    }
    if (policy instanceof OnlinePolicySpec.Grpo grpo) {
      grpo(grpo);
    } else if (policy instanceof OnlinePolicySpec.ReinforcePlusPlus spec
        && spec.groupBaseline() != spec.groupSize() > 1) {
      groupBaseline(spec);
    } else if (policy instanceof OnlinePolicySpec.Shield shield) {
      shield(shield);
    } else if (policy instanceof OnlinePolicySpec.PolicyMixture mixture
        && mixture.members().size() < 2) {
      scope.add(
          Code.PLB0330,
          scope.places().value(mixture, "members"),
          "a mixture needs two policies or more, and has " + mixture.members().size(),
          "add a member, as in `careful: { of: sft }`");
    } else if (policy instanceof OnlinePolicySpec.ExpertIteration spec) {
      threshold(spec);
    } else if (policy instanceof ConditionedPolicySpec.ConditionalTraining spec) {
      marks(spec);
    } else if (policy instanceof ConditionedPolicySpec.Gdc gdc) {
      moments(gdc);
    }
  }

  private void groups(PolicySpec policy) {
    Object answers = Rewriting.read(policy, "batch_size");
    boolean updates = Rewriting.read(policy, "updates") != null;
    if (updates
        && answers instanceof Integer all
        && Rewriting.read(policy, "group_size") instanceof Integer group
        && all % group != 0) {
      boolean given = scope.places().given(policy, "group_size");
      scope.add(
          Code.PLB0331,
          scope.places().value(policy, given ? "group_size" : "batch_size"),
          all + " answers cannot be split into groups of " + group,
          "make `batch_size` a multiple of `group_size`");
    }
  }

  /** Tokens of different models are different things: there is no divergence between them. */
  private void reference(Object block, String key, @Nullable String reference, String from) {
    Optional<String> own = scope.base(from);
    Optional<String> other = reference == null ? own : scope.base(reference);
    if (reference != null && own.isPresent() && other.isPresent() && !own.equals(other)) {
      scope.add(
          Diagnostic.of(
                  Code.PLB0222,
                  scope.places().value(block, key),
                  "`"
                      + reference
                      + "` comes from the model `"
                      + other.get()
                      + "` and cannot be a reference for one from `"
                      + own.get()
                      + "`")
              .note("a divergence is between distributions over the same tokens")
              .help("name a policy from `" + own.get() + "`, or leave it out"));
    }
  }

  private void groupBaseline(OnlinePolicySpec.ReinforcePlusPlus spec) {
    if (spec.groupBaseline()) {
      scope.add(
          Code.PLB0330,
          scope.places().value(spec, "group_baseline"),
          "`group_baseline` needs several answers per prompt: one is its own mean",
          "set `group_size` to 2 or more");
    } else {
      needed(spec, "group_size", "`group_size: " + spec.groupSize() + "`", "group_baseline: true");
    }
  }

  private void threshold(OnlinePolicySpec.ExpertIteration spec) {
    if (spec.keep() == OnlinePolicySpec.Keep.THRESHOLD) {
      if (spec.threshold() == null) {
        needed(spec, "keep", "`keep: threshold`", "threshold");
      }
      return;
    }
    for (String key : List.of("threshold", "threshold_step")) {
      if (scope.changed(spec, key)) {
        scope.add(
            Code.PLB0322,
            scope.places().value(spec, key),
            "`" + key + "` has no effect without `keep: threshold`",
            "add that, or leave it out");
      }
    }
  }

  private void grpo(OnlinePolicySpec.Grpo grpo) {
    if (grpo.clipHigh() != null) {
      clip(grpo, grpo.clipHigh());
    }
    Integer cache = grpo.overlongCache();
    int longest = grpo.rollout().sampling().maxNewTokens();
    if (cache != null && cache > longest) {
      scope.add(
          Code.PLB0322,
          scope.places().value(grpo, "overlong_cache"),
          "a cache of " + cache + " tokens penalises every answer: the longest has " + longest,
          "make it shorter than `max_new_tokens`");
    }
  }

  private void clip(OnlinePolicySpec.Grpo grpo, double high) {
    if (high < grpo.clip()) {
      scope.add(
          Diagnostic.of(
                  Code.PLB0333,
                  scope.places().value(grpo, "clip_high"),
                  "`clip_high` is less than `clip`")
              .related(scope.places().value(grpo, "clip"), "the lower one")
              .help("it is meant to leave unlikely tokens more room, as 0.28 does beside 0.2"));
    }
  }

  private void needed(Object block, String because, String what, String key) {
    scope.add(
        Code.PLB0330,
        scope.places().value(block, because),
        what + " needs `" + key + "`",
        "add `" + key + "`");
  }

  /** Marks must tell good texts from bad ones. */
  private void marks(ConditionedPolicySpec.ConditionalTraining spec) {
    if (spec.goodMark().strip().equals(spec.badMark().strip())) {
      boolean given = scope.places().given(spec, "good_mark");
      scope.add(
          Code.PLB0352,
          scope.places().value(spec, given ? "good_mark" : "bad_mark"),
          "good and bad texts have the same mark",
          "give `good_mark` and `bad_mark` texts of their own, or leave both out");
    }
  }

  private void moments(ConditionedPolicySpec.Gdc gdc) {
    if (gdc.moments().isEmpty()) {
      scope.add(
          Code.PLB0353,
          scope.places().value(gdc, "moments"),
          "no moment is asked for, so that the target is the policy itself",
          "name features of `" + gdc.values() + "` with how often they should appear");
    }
    Map<String, FeatureSpec> features = scope.features(gdc.values()).orElse(null);
    if (features == null) {
      return;
    }
    gdc.moments()
        .forEach(
            (name, moment) -> {
              FeatureSpec feature = features.get(name);
              Span span = scope.places().name(gdc, "moments", name);
              if (feature == null) {
                scope.add(
                    Diagnostic.of(
                            Code.PLB0230,
                            span,
                            "`" + gdc.values() + "` has no feature `" + name + "`")
                        .help("features: " + Suggest.list(features.keySet())));
              } else if (isFlag(feature) && (moment < 0 || moment > 1)) {
                scope.add(
                    Code.PLB0334,
                    span,
                    "`"
                        + name
                        + "` is 0 or 1, and cannot be "
                        + Wording.number(moment)
                        + " on average",
                    "give a share between 0 and 1");
              }
            });
  }

  private static boolean isFlag(FeatureSpec feature) {
    return feature instanceof FeatureSpec.ContainsAny
        || feature instanceof FeatureSpec.ContainsAll
        || feature instanceof FeatureSpec.Regex
        || feature instanceof FeatureSpec.NamesFromPrompt
        || feature instanceof FeatureSpec.AgreesWithAsker
        || feature instanceof FeatureSpec.Ends;
  }

  private void verifiable(ComposedRewardSpec.Verifiable spec) {
    if (spec.right() <= spec.wrong()) {
      scope.add(
          Code.PLB0335,
          scope.places().value(spec, scope.places().given(spec, "wrong") ? "wrong" : "right"),
          "a right answer, "
              + Wording.number(spec.right())
              + ", is worth no more than any other, "
              + Wording.number(spec.wrong()),
          "give `right` the higher score");
    }
    boolean number = spec.match() == ComposedRewardSpec.Match.NUMBER;
    String idle = number ? "ignore_case" : "tolerance";
    if (scope.changed(spec, idle)) {
      scope.add(
          Code.PLB0322,
          scope.places().value(spec, idle),
          "`" + idle + "` has no effect " + (number ? "on" : "without") + " `match: number`",
          "leave it out");
    }
  }

  private void reward(RewardSpec reward) {
    if (reward instanceof ComposedRewardSpec.Verifiable spec) {
      verifiable(spec);
    }
    if (reward instanceof FittedRewardSpec.PlackettLuce spec && spec.top() != null) {
      FeedbackSpec source = scope.experiment().feedback().get(spec.feedback());
      if (source != null && Rewriting.read(source, "k") instanceof Integer k && spec.top() > k) {
        scope.add(
            Diagnostic.of(
                    Code.PLB0332,
                    scope.places().value(spec, "top"),
                    "the first "
                        + spec.top()
                        + " ranks count, but only "
                        + k
                        + " answers are ranked")
                .related(scope.places().value(source, "k"), "so many")
                .help("lower `top`, or leave it out"));
      }
    } else if (reward instanceof FittedRewardSpec.LabelClassifier spec && spec.wanted() != null) {
      FeedbackSpec source = scope.experiment().feedback().get(spec.feedback());
      if (source != null
          && Rewriting.read(source, "classes") instanceof List<?> classes
          && !classes.contains(spec.wanted())) {
        List<String> names = classes.stream().map(String::valueOf).toList();
        scope.add(
            Diagnostic.of(
                    Code.PLB0231,
                    scope.places().value(spec, "wanted"),
                    "`" + spec.feedback() + "` has no class `" + spec.wanted() + "`")
                .related(scope.places().value(source, "classes"), "its classes")
                .help("classes: " + Suggest.list(names)));
      }
    } else if (reward instanceof ComposedRewardSpec.MultiObjective spec) {
      goals(spec);
    }
  }

  private void goals(ComposedRewardSpec.MultiObjective spec) {
    if (spec.normaliseOn() != null && spec.prompts() == null) {
      needed(spec, "normalise_on", "`normalise_on`", "prompts");
    } else if (spec.normaliseOn() == null && spec.prompts() != null) {
      scope.add(
          Code.PLB0322,
          scope.places().value(spec, "prompts"),
          "`prompts` has no effect without `normalise_on`",
          "name a policy that answers them, or leave it out");
    }
    boolean asked =
        spec.combine() == ComposedRewardSpec.Scalarise.LEXICOGRAPHIC
            || spec.combine() == ComposedRewardSpec.Scalarise.CHEBYSHEV;
    boolean missing = spec.parts().values().stream().anyMatch(part -> part.goal() == null);
    if (asked && missing) {
      String word = spec.combine().name().toLowerCase(java.util.Locale.ROOT);
      needed(spec, "combine", "`combine: " + word + "`", "goal");
    }
    if (!asked && spec.parts().values().stream().allMatch(part -> part.weight() == 0)) {
      scope.add(
          Code.PLB0330,
          scope.places().value(spec, "parts"),
          "all parts have the weight 0: the reward is constant",
          "give one of them a `weight` above 0");
    }
    long weights =
        spec.parts().values().stream()
            .mapToDouble(ComposedRewardSpec.Part::weight)
            .distinct()
            .count();
    if (spec.combine() == ComposedRewardSpec.Scalarise.LEXICOGRAPHIC
        && weights < spec.parts().size()) {
      scope.add(
          Code.PLB0330,
          scope.places().value(spec, "combine"),
          "`combine: lexicographic` cannot tell which part comes first: some have the same `weight`",
          "give each a `weight` of its own; the highest comes first");
    }
  }

  /** Answers are weighed with their probability, which what is cut off or changed does not have. */
  private void truncated(PolicySpec policy) {
    for (String key : List.of("top_k", "top_p", "min_p", "repeat_penalty", "stop_strings")) {
      if (Rewriting.read(policy, key) != null) {
        scope.add(
            Code.PLB0330,
            scope.places().value(policy, key),
            "`" + key + "` draws answers that do not have the probability they are weighed with",
            "leave it out; `temperature` is allowed for");
      }
    }
  }

  /** A shield needs something that keeps answers back. */
  private void shield(OnlinePolicySpec.Shield shield) {
    if ((shield.reward() == null) != (shield.maxSpread() == null)) {
      boolean threshold = shield.maxSpread() == null;
      scope.add(
          Code.PLB0330,
          scope.places().block(shield),
          threshold
              ? "`reward` keeps nothing back without `max_spread`"
              : "`max_spread` of which reward is not said",
          threshold ? "give `max_spread`, or leave `reward` out" : "name an ensemble as `reward`");
    } else if (shield.reward() == null && shield.values() == null) {
      scope.add(
          Code.PLB0330,
          scope.places().block(shield),
          "nothing says which answers are kept back",
          "give `reward` and `max_spread`, or `values`");
    }
  }
}
