// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.policy.OnlinePolicySpec;
import org.plumbline.dsl.model.policy.OnlinePolicySpec.AdvantageScale;
import org.plumbline.dsl.model.policy.OnlinePolicySpec.Aggregation;
import org.plumbline.dsl.model.policy.OnlinePolicySpec.Baseline;
import org.plumbline.dsl.model.policy.Regularizers;
import org.plumbline.dsl.model.policy.Regularizers.Estimator;
import org.plumbline.dsl.model.policy.Regularizers.Placement;
import org.plumbline.dsl.model.policy.RolloutSpec;
import org.plumbline.dsl.model.policy.ScheduleSpec;
import org.plumbline.dsl.model.training.SamplingSpec;
import org.plumbline.engine.rlhf.policies.Grpo;
import org.plumbline.engine.rlhf.policies.Reinforce;
import org.plumbline.engine.rlhf.policies.ReinforcePlusPlus;
import org.plumbline.engine.rlhf.policies.Rloo;

/** Settings of methods that learn from rewards of answers of their own, for tests. */
public final class Methods {
  private Methods() {}

  /** How long, on how much, how fast, and how long answers are. */
  public record Size(int updates, int batch, double rate, int longest) {
    /** Few updates of few short answers. */
    public static final Size TINY = new Size(6, 8, 1e-3, 6);

    public ScheduleSpec schedule() {
      return new ScheduleSpec(updates, batch);
    }

    public RolloutSpec rollout() {
      return new RolloutSpec(0, new SamplingSpec(1, longest));
    }
  }

  public static Regularizers kl(double coefficient) {
    return new Regularizers(new Regularizers.Kl(coefficient, null, 10_000, null), 0, null);
  }

  public static Regularizers kl(
      double coefficient, @Nullable Estimator estimator, @Nullable Placement placement) {
    return new Regularizers(
        new Regularizers.Kl(coefficient, null, 10_000, null, estimator, placement), 0, null);
  }

  public static OnlinePolicySpec.Rloo rloo(Regularizers regularizers, Size size) {
    return new OnlinePolicySpec.Rloo(
        "base",
        "rm",
        "prompts",
        regularizers,
        size.schedule(),
        4,
        1,
        1,
        size.rate(),
        .2,
        size.rollout());
  }

  public static OnlinePolicySpec.Reinforce reinforce(
      Baseline baseline, Regularizers regularizers, Size size) {
    return new OnlinePolicySpec.Reinforce(
        "base",
        "rm",
        "prompts",
        regularizers,
        baseline,
        size.schedule(),
        size.rate(),
        size.rollout());
  }

  public static OnlinePolicySpec.ReinforcePlusPlus plusPlus(
      int group, Regularizers regularizers, Size size) {
    return new OnlinePolicySpec.ReinforcePlusPlus(
        "base",
        "rm",
        "prompts",
        regularizers,
        group > 1,
        group,
        size.schedule(),
        1,
        1,
        size.rate(),
        .2,
        size.rollout());
  }

  public static OnlinePolicySpec.Grpo grpo(Regularizers regularizers, Size size) {
    return grpo(AdvantageScale.GROUP_STD, Aggregation.SEQUENCE_MEAN, regularizers, size);
  }

  public static OnlinePolicySpec.Grpo grpo(
      AdvantageScale scale, Aggregation aggregation, Regularizers regularizers, Size size) {
    return new OnlinePolicySpec.Grpo(
        "base",
        "rm",
        "prompts",
        regularizers,
        size.schedule(),
        4,
        1,
        1,
        size.rate(),
        .2,
        null,
        null,
        scale,
        aggregation,
        false,
        false,
        null,
        size.rollout());
  }

  /** All options of DAPO. */
  public static OnlinePolicySpec.Grpo dapo(Regularizers regularizers, Size size) {
    return new OnlinePolicySpec.Grpo(
        "base",
        "rm",
        "prompts",
        regularizers,
        size.schedule(),
        4,
        1,
        1,
        size.rate(),
        .2,
        .28,
        3.0,
        AdvantageScale.GROUP_STD,
        Aggregation.TOKEN_MEAN,
        true,
        true,
        2,
        size.rollout());
  }

  /** Prompts whose answers all have the same reward are replaced. */
  public static OnlinePolicySpec.Grpo dynamic(Regularizers regularizers, Size size) {
    return new OnlinePolicySpec.Grpo(
        "base",
        "rm",
        "prompts",
        regularizers,
        size.schedule(),
        4,
        1,
        1,
        size.rate(),
        .2,
        null,
        null,
        AdvantageScale.GROUP_STD,
        Aggregation.TOKEN_MEAN,
        true,
        false,
        null,
        size.rollout());
  }

  /** Answers that do not end are left out of the loss. */
  public static OnlinePolicySpec.Grpo finishedOnly(Regularizers regularizers, Size size) {
    return new OnlinePolicySpec.Grpo(
        "base",
        "rm",
        "prompts",
        regularizers,
        size.schedule(),
        4,
        1,
        1,
        size.rate(),
        .2,
        null,
        null,
        AdvantageScale.GROUP_STD,
        Aggregation.TOKEN_MEAN,
        false,
        true,
        null,
        size.rollout());
  }

  /** A method in terms of the loop. */
  public static PolicyGradient.Settings of(OnlinePolicySpec spec) {
    if (spec instanceof OnlinePolicySpec.Rloo rloo) {
      return Rloo.method(rloo);
    }
    if (spec instanceof OnlinePolicySpec.Reinforce reinforce) {
      return Reinforce.method(reinforce);
    }
    if (spec instanceof OnlinePolicySpec.ReinforcePlusPlus plusPlus) {
      return ReinforcePlusPlus.method(plusPlus);
    }
    if (spec instanceof OnlinePolicySpec.Grpo grpo) {
      return Grpo.method(grpo);
    }
    throw new AssertionError(spec);
  }
}
