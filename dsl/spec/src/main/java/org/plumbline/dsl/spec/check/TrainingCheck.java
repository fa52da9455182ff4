// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.check;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.feedback.FeedbackSpec;
import org.plumbline.dsl.model.policy.ConditionedPolicySpec;
import org.plumbline.dsl.model.policy.OnlinePolicySpec;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.dsl.model.policy.PreferencePolicySpec;
import org.plumbline.dsl.model.policy.Regularizers;
import org.plumbline.dsl.model.policy.Regularizers.EarlyStop;
import org.plumbline.dsl.model.policy.Regularizers.Estimator;
import org.plumbline.dsl.model.policy.Regularizers.Placement;
import org.plumbline.dsl.model.reward.RewardSpec;
import org.plumbline.dsl.model.shape.Rewriting;
import org.plumbline.dsl.model.training.TrainingSpec;

/** Checks settings of training that contradict each other. */
final class TrainingCheck {
  private final Scope scope;

  TrainingCheck(Scope scope) {
    this.scope = scope;
  }

  void run() {
    for (RewardSpec reward : scope.experiment().rewards().values()) {
      if (reward instanceof RewardSpec.BradleyTerry spec) {
        bradleyTerry(spec);
      }
      if (Rewriting.read(reward, "combine") instanceof RewardSpec.Combine combine) {
        members(reward, combine);
      }
    }
    for (PolicySpec policy : scope.experiment().policies().values()) {
      optimiser(policy);
      if (Rewriting.read(policy, "training") instanceof TrainingSpec training) {
        fresh(policy, training);
        averaging(training);
      }
      if (ofPairs(policy)
          && Rewriting.read(policy, "batch_size") instanceof Integer pairs
          && Rewriting.read(policy, "feedback") instanceof String feedback) {
        batch(policy, pairs, feedback, 0);
      } else if (policy instanceof PolicySpec.Ppo spec) {
        values(spec);
      } else if (policy instanceof PolicySpec.BestOfN spec && spec.n() == 1) {
        scope.add(
            Code.PLB0322,
            scope.places().value(spec, "n"),
            "the best of 1 answer is that answer: `reward` has no effect",
            "sample at least 2");
      } else if (policy instanceof PolicySpec.CritiqueRevision spec
          && spec.batchSize() > spec.answers()) {
        tooLarge(spec, spec.batchSize(), spec.answers() + " answers");
      }
    }
  }

  private void averaging(TrainingSpec training) {
    TrainingSpec.Validation validation = training.validation();
    if (training.averaging() != null && validation != null && validation.patience() != null) {
      scope.add(
          Code.PLB0322,
          scope.places().value(training, "averaging"),
          "`averaging` has no effect with `patience`, which keeps the best parameters",
          "leave one of them out");
    }
  }

  /** Where answers are made while the policy learns, none of them are held out. */
  private void fresh(PolicySpec policy, TrainingSpec training) {
    boolean once = Rewriting.read(policy, "updates") != null;
    boolean again =
        policy instanceof OnlinePolicySpec.ExpertIteration
            || policy instanceof ConditionedPolicySpec.LanguageFeedback;
    if ((once || again) && training.validation() != null) {
      scope.add(
          Code.PLB0322,
          scope.places().value(training, "validation"),
          "`validation` has no effect where a policy learns answers that are made while it learns",
          "watch it by `compare.monitors`, or leave it out");
    }
    if (once && Boolean.TRUE.equals(training.lengthBuckets())) {
      scope.add(
          Code.PLB0322,
          scope.places().value(training, "length_buckets"),
          "`length_buckets` has no effect where each update has answers of its own",
          "leave it out");
    }
  }

  private void values(PolicySpec.Ppo spec) {
    boolean separate = spec.valueModel() == PolicySpec.ValueModel.SEPARATE;
    if (!separate && spec.valueLearningRate() != null) {
      scope.add(
          Code.PLB0322,
          scope.places().value(spec, "value_learning_rate"),
          "`value_learning_rate` has no effect without `value_model: separate`",
          "add that, or set `value_coefficient`, which weighs the loss of a shared trunk's head");
    } else if (separate && scope.changed(spec, "value_coefficient")) {
      scope.add(
          Code.PLB0322,
          scope.places().value(spec, "value_coefficient"),
          "`value_coefficient` has no effect with `value_model: separate`",
          "set `value_learning_rate`: a model of its own has an optimiser of its own");
    }
  }

  /** Whether a step is of so many comparisons. */
  private static boolean ofPairs(PolicySpec policy) {
    return policy instanceof PolicySpec.Dpo
        || policy instanceof PreferencePolicySpec
            && !(policy instanceof PreferencePolicySpec.Kto)
            && !(policy instanceof PreferencePolicySpec.Bco)
            && !(policy instanceof PreferencePolicySpec.Rrhf);
  }

  private void bradleyTerry(RewardSpec.BradleyTerry spec) {
    batch(spec, spec.batchSize(), spec.feedback(), spec.holdOut());
    Double noise = spec.labelNoise();
    if ((noise == null || noise == 0) && spec.noiseCorrection() != null) {
      scope.add(
          Code.PLB0322,
          scope.places().value(spec, "noise_correction"),
          "`noise_correction` has no effect without `label_noise`",
          "say which share of the labels is wrong, or leave it out");
    }
  }

  private void members(RewardSpec spec, RewardSpec.Combine combine) {
    if (Objects.equals(Rewriting.read(spec, "ensemble"), 1) && scope.changed(spec, "combine")) {
      scope.add(
          Code.PLB0322,
          scope.places().value(spec, "combine"),
          "`combine` has no effect on an ensemble of one",
          "set `ensemble` to 2 or more, or leave it out");
      return;
    }
    without(spec, combine, "uncertainty_penalty", RewardSpec.Combine.MEAN_MINUS_VARIANCE);
    without(spec, combine, "tail", RewardSpec.Combine.CVAR);
  }

  private void without(
      RewardSpec spec, RewardSpec.Combine combine, String setting, RewardSpec.Combine needed) {
    if (combine != needed && scope.changed(spec, setting)) {
      scope.add(
          Code.PLB0322,
          scope.places().value(spec, setting),
          "`%s` has no effect without `combine: %s`"
              .formatted(setting, needed.name().toLowerCase(Locale.ROOT)),
          "add that, or leave it out");
    }
  }

  private void optimiser(PolicySpec policy) {
    Object answers = Rewriting.read(policy, "batch_size");
    Object parts = Rewriting.read(policy, "minibatches");
    if (answers instanceof Integer all && parts instanceof Integer split && split > all) {
      scope.add(
          Code.PLB0315,
          scope.places().value(policy, "minibatches"),
          all + " answers cannot be split into " + split + " minibatches",
          "use at most one minibatch per answer");
    }
    if (Rewriting.read(policy, "regularizers") instanceof Regularizers regularizers) {
      kl(regularizers.kl());
      entropy(regularizers);
      spread(policy, regularizers.earlyStop());
    }
  }

  private void entropy(Regularizers regularizers) {
    EarlyStop stop = regularizers.earlyStop();
    Double target = regularizers.entropyTarget();
    if (stop != null
        && stop.maxKl() == null
        && stop.maxSpread() == null
        && stop.minEntropy() == null) {
      scope.add(
          Code.PLB0322,
          scope.places().value(regularizers, "early_stop"),
          "`early_stop` has no effect without a limit",
          "add `max_kl`, `max_spread` or `min_entropy`, or leave it out");
    } else if (stop != null
        && stop.minEntropy() != null
        && target != null
        && target < stop.minEntropy()) {
      scope.add(
          Diagnostic.of(
                  Code.PLB0329,
                  scope.places().value(stop, "min_entropy"),
                  "training stops before the entropy has fallen to its target")
              .related(scope.places().value(regularizers, "entropy_target"), "the target")
              .help("lower `min_entropy`, or raise `entropy_target`"));
    }
  }

  private void spread(PolicySpec policy, @Nullable EarlyStop stop) {
    if (stop == null
        || stop.maxSpread() == null
        || !(Rewriting.read(policy, "reward") instanceof String name)) {
      return;
    }
    RewardSpec reward = scope.experiment().rewards().get(name);
    if (reward != null
        && Rewriting.read(reward, "ensemble") instanceof Integer members
        && members == 1) {
      scope.add(
          Diagnostic.of(
                  Code.PLB0322,
                  scope.places().value(stop, "max_spread"),
                  "`max_spread` has no effect: `" + name + "` has one member, and no spread")
              .related(scope.places().block(reward), "this reward has no ensemble")
              .help("set `ensemble` to 2 or more, or leave it out"));
    }
  }

  private void kl(Regularizers.Kl kl) {
    if (kl.target() != null && kl.coefficient() == 0) {
      scope.add(
          Diagnostic.of(
                  Code.PLB0321,
                  scope.places().value(kl, "coefficient"),
                  "a coefficient of 0 stays 0 however it adapts")
              .related(scope.places().value(kl, "target"), "this makes it adaptive")
              .help("start from a small number, such as 0.05, or leave `target` out"));
    } else if (kl.target() == null && scope.changed(kl, "horizon")) {
      scope.add(
          Code.PLB0322,
          scope.places().value(kl, "horizon"),
          "`horizon` has no effect on a fixed coefficient",
          "add `target` to make the coefficient adaptive, or leave it out");
    }
    references(kl);
    if (kl.placement() == Placement.LOSS && kl.estimator() == Estimator.K1) {
      scope.add(
          Code.PLB0322,
          scope.places().value(kl, "estimator"),
          "`k1` has no effect in the loss: its gradient is 0 on average",
          "use `k2`, or `placement: reward`");
    } else if (kl.placement() != Placement.LOSS && kl.estimator() == Estimator.EXACT) {
      scope.add(
          Code.PLB0322,
          scope.places().value(kl, "estimator"),
          "`exact` has no effect on an answer's last token in the reward: it is the same whichever is"
              + " drawn",
          "use `k1`, or `placement: loss`");
    }
  }

  private void references(Regularizers.Kl kl) {
    if (kl.endCoefficient() != null && kl.target() != null) {
      scope.add(
          Code.PLB0322,
          scope.places().value(kl, "end_coefficient"),
          "`end_coefficient` has no effect on a coefficient that is steered to a `target`",
          "leave one of them out");
    }
    if (kl.references() == null) {
      return;
    }
    for (String other : List.of("reference", "reference_updates")) {
      if (scope.places().given(kl, other)) {
        scope.add(
            Code.PLB0322,
            scope.places().value(kl, other),
            "`" + other + "` has no effect beside `references`",
            other.equals("reference")
                ? "make it one of the `references`, or leave it out"
                : "one reference can follow the policy, and several stay where they are");
      }
    }
    if (kl.estimator() == Estimator.K3) {
      scope.add(
          Code.PLB0363,
          scope.places().value(kl, "estimator"),
          "`k3` of several references is no divergence",
          "use `k1` in the reward, or `k2` or `exact` in the loss");
    }
  }

  private void batch(Object block, int batchSize, String feedback, double holdOut) {
    FeedbackSpec source = scope.experiment().feedback().get(feedback);
    Integer pairs = null;
    if (source instanceof FeedbackSpec.Comparisons spec) {
      pairs = spec.pairs();
    } else if (source instanceof FeedbackSpec.Recorded spec) {
      pairs = spec.pairs();
    }
    if (pairs != null) {
      long left = pairs - Math.round(pairs * holdOut);
      if (batchSize > left) {
        tooLarge(block, batchSize, left + (left == 1 ? " pair" : " pairs"));
      }
    }
  }

  private void tooLarge(Object block, int batchSize, String rows) {
    scope.add(
        Diagnostic.of(
                Code.PLB0316,
                scope.places().value(block, "batch_size"),
                "a batch of " + batchSize + " is more than there is: " + rows)
            .help("lower `batch_size`, or ask for more"));
  }
}
