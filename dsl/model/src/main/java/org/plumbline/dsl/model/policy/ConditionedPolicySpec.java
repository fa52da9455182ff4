// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.policy;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Default;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.Inline;
import org.plumbline.dsl.model.shape.Kind;
import org.plumbline.dsl.model.shape.Named;
import org.plumbline.dsl.model.shape.OfKind;
import org.plumbline.dsl.model.shape.Range;
import org.plumbline.dsl.model.shape.Refers;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.shape.Telling;
import org.plumbline.dsl.model.training.SamplingSpec;
import org.plumbline.dsl.model.training.TrainingSpec;

/**
 * Policies that learn texts weighted, marked or rewritten by feedback, or a constrained
 * distribution.
 */
public sealed interface ConditionedPolicySpec extends PolicySpec {

  /** Conditional training. */
  @Kind("conditional_training")
  @Doc(
      value = "marks every text as good or bad, learns all of them, and asks for good ones",
      source = "Korbak et al. 2023, arXiv 2302.08582, section 2")
  record ConditionalTraining(
      @Doc("the policy to start from") @Refers(Section.POLICIES_OR_MODELS) String from,
      @Doc("the texts that are learned") @Refers(Section.DATA) String data,
      @Doc("the reward that scores the texts") @Refers(Section.REWARDS) String reward,
      @Doc("lowest score that counts as good") @Default("0") double threshold,
      @Doc("what good texts begin with, and later every prompt") @Default("<|good|>")
          String goodMark,
      @Doc("what all other texts begin with") @Default("<|bad|>") String badMark,
      @Doc("share of the marks that is left out") @Default("0.01") @Range("[0, 1)")
          double dropMarks,
      @Inline TextFittingSpec fitting)
      implements ConditionedPolicySpec {}

  /** Filtering. */
  @Kind("filtering")
  @Doc(
      value = "learns only the texts whose score is good",
      source = "Korbak et al. 2023, arXiv 2302.08582")
  record Filtering(
      @Doc("the policy to start from") @Refers(Section.POLICIES_OR_MODELS) String from,
      @Doc("the texts that are learned") @Refers(Section.DATA) String data,
      @Doc("the reward that scores the texts") @Refers(Section.REWARDS) String reward,
      @Doc("lowest score that counts as good") @Default("0") double threshold,
      @Inline TextFittingSpec fitting)
      implements ConditionedPolicySpec {}

  /** Unlikelihood training. */
  @Kind("unlikelihood")
  @Doc(
      value = "learns good texts, and makes the tokens of bad ones less likely",
      source = "Welleck et al. 2020; Korbak et al. 2023, arXiv 2302.08582")
  record Unlikelihood(
      @Doc("the policy to start from") @Refers(Section.POLICIES_OR_MODELS) String from,
      @Doc("the texts that are learned") @Refers(Section.DATA) String data,
      @Doc("the reward that scores the texts") @Refers(Section.REWARDS) String reward,
      @Doc("lowest score that counts as good") @Default("0") double threshold,
      @Doc("weight of the bad texts") @Default("1") @Range("[0, inf)") double alpha,
      @Inline TextFittingSpec fitting)
      implements ConditionedPolicySpec {}

  /** Reward-weighted regression. */
  @Kind("reward_weighted_regression")
  @Doc(
      value = "learns every text with the weight exp(reward / beta)",
      source = "Peters and Schaal 2007; Korbak et al. 2023, arXiv 2302.08582")
  record RewardWeightedRegression(
      @Doc("the policy to start from") @Refers(Section.POLICIES_OR_MODELS) String from,
      @Doc("the texts that are learned") @Refers(Section.DATA) String data,
      @Doc("the reward that scores the texts") @Refers(Section.REWARDS) String reward,
      @Doc("how slowly weights grow with the reward") @Default("10") @Range("(0, inf)") double beta,
      @Inline TextFittingSpec fitting)
      implements ConditionedPolicySpec {}

  /** Advantage-weighted regression. */
  @Kind("advantage_weighted_regression")
  @Doc(
      value = "learns every text with a weight that grows with its advantage over a learned value",
      source = "Peng et al. 2019; Korbak et al. 2023, arXiv 2302.08582")
  record AdvantageWeightedRegression(
      @Doc("the policy to start from") @Refers(Section.POLICIES_OR_MODELS) String from,
      @Doc("the texts that are learned") @Refers(Section.DATA) String data,
      @Doc("the reward that scores the texts") @Refers(Section.REWARDS) String reward,
      @Doc("how slowly weights grow with the advantage") @Default("10") @Range("(0, inf)")
          double beta,
      @Doc("share of the likelihood in the loss; the rest is the value head's")
          @Default("0.5")
          @Range("[0, 1]")
          double alpha,
      @Doc("largest weight") @Default("1000") @Range("(0, inf)") double maxWeight,
      @Inline TextFittingSpec fitting)
      implements ConditionedPolicySpec {}

  /** Imitation learning from language feedback. */
  @Kind("language_feedback")
  @Doc(
      value =
          "has answers refined by what people wrote about them, and learns the refinement that follows it best",
      source = "Scheurer et al. 2023, arXiv 2303.16755")
  record LanguageFeedback(
      @Doc("the policy to start from") @Refers(Section.POLICIES_OR_MODELS) String from,
      @Doc("what people wrote") @Refers(Section.FEEDBACK) @OfKind({"language"}) String feedback,
      @Doc(value = "refinements per answer", unit = "answers") @Default("5") @Range("[1, 256]")
          int groupSize,
      @Doc("how refinements are scored") @Default("ensemble") @Telling SelectBy selectBy,
      @Doc("0 takes the best refinement; above, one is drawn, as exp(score / this) says")
          @Default("0")
          @Range("[0, inf)")
          double choiceTemperature,
      @Doc(value = "how often answers are refined and learned", unit = "iterations")
          @Default("1")
          @Range("[1, 100]")
          int iterations,
      @Doc(value = "optimiser steps of each iteration", unit = "steps")
          @Default("60")
          @Range("[1, inf)")
          int steps,
      @Doc(value = "refinements per step", unit = "rows") @Default("32") @Range("[1, inf)")
          int batchSize,
      @Doc("peak learning rate of AdamW; falls linearly") @Default("1e-3") @Range("(0, 1]")
          double learningRate,
      @Inline SamplingSpec sampling,
      @Doc("how parameters are updated") @Nullable TrainingSpec training)
      implements ConditionedPolicySpec {
    /** Updated as the method has it. */
    public LanguageFeedback(
        String from,
        String feedback,
        int groupSize,
        SelectBy selectBy,
        double choiceTemperature,
        int iterations,
        int steps,
        int batchSize,
        double learningRate,
        SamplingSpec sampling) {
      this(
          from,
          feedback,
          groupSize,
          selectBy,
          choiceTemperature,
          iterations,
          steps,
          batchSize,
          learningRate,
          sampling,
          null);
    }
  }

  /** Generation with distributional control. */
  @Kind("gdc")
  @Doc(
      value = "moves as little as possible until features appear as often as asked",
      source = "Khalifa et al. 2021, arXiv 2012.11635")
  record Gdc(
      @Doc("the policy to start from, and the reference") @Refers(Section.POLICIES_OR_MODELS)
          String from,
      @Doc("the prompts that are answered") @Refers(Section.DATA) String prompts,
      @Doc("the values whose features are controlled") @Refers(Section.VALUES) String values,
      @Doc("how often, or how much on average, each feature appears") @Named("moment")
          Map<String, Double> moments,
      @Doc(value = "samples that a moment is estimated from", unit = "answers")
          @Default("512")
          @Range("[2, inf)")
          int samples,
      @Doc("largest error of a moment, as it is estimated from them")
          @Default("1e-5")
          @Range("(0, 1)")
          double tolerance,
      @Doc(value = "answers per prompt in an update", unit = "answers")
          @Default("8")
          @Range("[2, 256]")
          int groupSize,
      @Inline ScheduleSpec schedule,
      @Doc("peak learning rate of AdamW; falls linearly") @Default("3e-4") @Range("(0, 1]")
          double learningRate,
      @Inline SamplingSpec sampling)
      implements ConditionedPolicySpec {}

  /** f-DPG. */
  @Kind("f_dpg")
  @Doc(
      value = "approaches the optimum of reward minus divergence under any f-divergence",
      source = "Go et al. 2023, arXiv 2302.08215")
  record FDpg(
      @Doc("the policy to start from, and the reference") @Refers(Section.POLICIES_OR_MODELS)
          String from,
      @Doc("the reward that is maximised") @Refers(Section.REWARDS) String reward,
      @Doc("the prompts that are answered") @Refers(Section.DATA) String prompts,
      @Doc("weight of the divergence: the target is proportional to from times exp(reward / beta)")
          @Default("0.1")
          @Range("(0, inf)")
          double beta,
      @Doc("the divergence that falls") @Default("forward_kl") @Telling Divergence divergence,
      @Doc(value = "answers per prompt", unit = "answers") @Default("8") @Range("[2, 256]")
          int groupSize,
      @Inline ScheduleSpec schedule,
      @Doc("peak learning rate of AdamW; falls linearly") @Default("3e-4") @Range("(0, 1]")
          double learningRate,
      @Inline SamplingSpec sampling)
      implements ConditionedPolicySpec {}

  /** How refinements are scored. */
  enum SelectBy {
    @Doc("by what the policy replies to five questions whether they follow the feedback")
    ENSEMBLE,
    @Doc("by how alike their words and the feedback's are")
    SIMILARITY
  }

  /** Divergences between the policy and its target. */
  enum Divergence {
    @Doc("KL(target, policy): covers the target (distributional policy gradient)")
    FORWARD_KL,
    @Doc("KL(policy, target): seeks modes, as reinforcement learning with a KL term does")
    REVERSE_KL,
    @Doc("Jensen-Shannon")
    JS,
    @Doc("total variation")
    TV,
    @Doc("chi squared of the target from the policy")
    CHI_SQUARED
  }
}
