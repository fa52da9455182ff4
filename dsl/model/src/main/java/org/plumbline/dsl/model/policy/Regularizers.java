// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.policy;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Default;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.Named;
import org.plumbline.dsl.model.shape.Range;
import org.plumbline.dsl.model.shape.Refers;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.shape.Shorthand;
import org.plumbline.dsl.model.shape.Telling;

/** What keeps a policy in check while it is optimised. */
@Doc("what keeps a policy in check while it is optimised")
public record Regularizers(
    @Doc("Kullback-Leibler divergence from the reference, taken off the reward") @Default("{}")
        Kl kl,
    @Doc("weight of the token entropy in the loss") @Default("0") @Range("[0, inf)") double entropy,
    @Doc("scores beyond this many standard deviations are cut; absent: not cut") @Range("(0, inf)")
        @Nullable Double rewardClip,
    @Doc(value = "steers the entropy weight so that this entropy is kept", unit = "nats per token")
        @Range("(0, inf)")
        @Nullable Double entropyTarget,
    @Doc("scores are divided by their running standard deviation") @Nullable Boolean rewardScaling,
    @Doc(
            value = "likelihood of texts beside the reward, against forgetting (PPO-ptx)",
            source = "Ouyang et al. 2022, section 3.5")
        @Nullable PretrainingMix pretrainingMix,
    @Doc("taken off the score of long answers") @Nullable LengthPenalty lengthPenalty,
    @Doc("taken off the score of answers that repeat themselves")
        @Nullable RepetitionPenalty repetitionPenalty,
    @Doc("when training stops before its last update") @Nullable EarlyStop earlyStop,
    @Doc(
            value = "rewards that must stay below a limit, by Lagrange multipliers",
            source = "Ray et al. 2019; Dai et al. 2023 (Safe RLHF), arXiv 2310.12773")
        @Named("constraint")
        @Nullable Map<String, Constraint> constraints) {

  /** The terms that cost little. */
  public Regularizers(Kl kl, double entropy, @Nullable Double rewardClip) {
    this(kl, entropy, rewardClip, null, null, null, null, null, null, null);
  }

  /** The KL term, with a fixed or an adaptive coefficient (Ziegler et al. 2019, section 2.2). */
  @Doc("Kullback-Leibler divergence from the reference policy")
  public record Kl(
      @Shorthand
          @Doc(value = "reward per nat; 0 switches the term off", unit = "1/nat")
          @Default("0.05")
          @Range("[0, inf)")
          @Telling
          double coefficient,
      @Doc(
              value = "makes the coefficient adaptive: the divergence that it steers to",
              unit = "nats per answer",
              source = "Ziegler et al. 2019, section 2.2")
          @Range("(0, inf)")
          @Nullable Double target,
      @Doc(value = "how slowly an adaptive coefficient moves", unit = "answers")
          @Default("10000")
          @Range("(0, inf)")
          double horizon,
      @Doc("the reference; default: the policy that training starts from")
          @Refers(Section.POLICIES_OR_MODELS)
          @Nullable String reference,
      @Doc(
              value = "how the divergence is estimated; absent: k1 in the reward, k2 in the loss",
              source = "Schulman 2020, Approximating KL divergence")
          @Nullable Estimator estimator,
      @Doc("where the term goes; absent: into the reward") @Nullable Placement placement,
      @Doc(
              value =
                  "coefficient of the last update, to which it goes in a straight line; absent: it stays",
              unit = "1/nat")
          @Range("[0, inf)")
          @Nullable Double endCoefficient,
      @Doc(
              value = "several references, each by its share of the divergence",
              source = "Aminian et al. 2025, arXiv 2502.01203")
          @Named("anchor")
          @Nullable Map<String, WeighedReference> references,
      @Doc(
              value = "has the reference follow the policy",
              source = "Gorbatovski et al. 2024 (trust region alignment), arXiv 2404.09656")
          @Nullable ReferenceUpdates referenceUpdates) {

    /** With one reference and a coefficient that stay as they are. */
    public Kl(
        double coefficient,
        @Nullable Double target,
        double horizon,
        @Nullable String reference,
        @Nullable Estimator estimator,
        @Nullable Placement placement) {
      this(coefficient, target, horizon, reference, estimator, placement, null, null, null);
    }

    /** The log-ratio, in the reward. */
    public Kl(
        double coefficient, @Nullable Double target, double horizon, @Nullable String reference) {
      this(coefficient, target, horizon, reference, null, null);
    }
  }

  /** One of several references. */
  @Doc("one of several references")
  public record WeighedReference(
      @Doc("the reference") @Refers(Section.POLICIES_OR_MODELS) String of,
      @Doc("its part of the sum of all weights is its share of the divergence")
          @Default("1")
          @Range("(0, inf)")
          double weight) {}

  /** How the reference follows the policy. */
  @Doc("how the reference follows the policy")
  public record ReferenceUpdates(
      @Doc(value = "updates from one step of the reference to the next", unit = "updates")
          @Default("10")
          @Range("[1, inf)")
          int every,
      @Doc("how much of the way to the policy it goes; 1: it becomes the policy")
          @Default("1")
          @Range("(0, 1]")
          double share) {}

  /** Estimators of the divergence from samples. */
  public enum Estimator {
    @Doc("the log-ratio")
    K1,
    @Doc("half its square")
    K2,
    @Doc("never negative and unbiased: ratio - 1 - log ratio, of the inverse ratio")
    K3,
    @Doc("the sum over all tokens at every place")
    EXACT
  }

  /** Where the term goes. */
  public enum Placement {
    @Doc("into the reward of each token")
    REWARD,
    @Doc("into the loss")
    LOSS
  }

  /** Texts that are learned beside the reward. */
  @Doc("texts that are learned beside the reward")
  public record PretrainingMix(
      @Doc("the texts") @Refers(Section.DATA) String data,
      @Doc(value = "weight of their likelihood", source = "Ouyang et al. 2022, 27.8")
          @Default("27.8")
          @Range("[0, inf)")
          double coefficient) {}

  /** Taken off the score of long answers. */
  @Doc("taken off the score of long answers")
  public record LengthPenalty(
      @Doc(value = "per token", unit = "1/token") @Default("0.01") @Range("[0, inf)")
          double coefficient,
      @Doc(value = "tokens that cost nothing", unit = "tokens") @Default("0") @Range("[0, inf)")
          int free) {}

  /** Taken off the score of answers that repeat themselves. */
  @Doc("taken off the score of answers that repeat themselves")
  public record RepetitionPenalty(
      @Doc("for an answer that is all repetition") @Default("1") @Range("[0, inf)")
          double coefficient,
      @Doc(value = "length of what is looked for", unit = "tokens") @Default("3") @Range("[1, 16]")
          int n) {}

  /** When training stops before its last update. */
  @Doc("when training stops before its last update")
  public record EarlyStop(
      @Doc(value = "divergence from the reference", unit = "nats per answer") @Range("(0, inf)")
          @Nullable Double maxKl,
      @Doc("standard deviation of an ensemble's members, as a multiple of that at the start")
          @Range("(1, inf)")
          @Nullable Double maxSpread,
      @Doc(value = "lowest entropy", unit = "nats per token") @Range("(0, inf)")
          @Nullable Double minEntropy,
      @Doc(
              value =
                  "divergence from the policy that training starts from, where that is not the reference",
              unit = "nats per answer")
          @Range("(0, inf)")
          @Nullable Double maxDrift) {

    /** Limits that count from the reference. */
    public EarlyStop(
        @Nullable Double maxKl, @Nullable Double maxSpread, @Nullable Double minEntropy) {
      this(maxKl, maxSpread, minEntropy, null);
    }
  }

  /** A reward that must stay below a limit. */
  @Doc("a reward that must stay below a limit")
  public record Constraint(
      @Doc("the reward") @Refers(Section.REWARDS) String reward,
      @Doc("its highest mean") double atMost,
      @Doc("how fast its multiplier moves") @Default("0.1") @Range("(0, inf)")
          double multiplierRate) {}
}
