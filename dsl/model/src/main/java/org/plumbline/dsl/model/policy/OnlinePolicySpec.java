// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.policy;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Default;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.ExactlyOne;
import org.plumbline.dsl.model.shape.Inline;
import org.plumbline.dsl.model.shape.Kind;
import org.plumbline.dsl.model.shape.Named;
import org.plumbline.dsl.model.shape.Range;
import org.plumbline.dsl.model.shape.Refers;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.shape.Telling;
import org.plumbline.dsl.model.training.SamplingSpec;
import org.plumbline.dsl.model.training.TrainingSpec;
import org.plumbline.dsl.model.training.TruncationSpec;

/** Policies that learn from answers of their own: sampled, scored, and learned from in turns. */
public sealed interface OnlinePolicySpec extends PolicySpec {

  /** REINFORCE with a leave-one-out baseline. */
  @Kind("rloo")
  @Doc(
      value =
          "REINFORCE on whole answers; the baseline is the mean reward of the prompt's other answers",
      source = "Ahmadian et al. 2024, arXiv 2402.14740")
  record Rloo(
      @Doc("the policy to start from") @Refers(Section.POLICIES_OR_MODELS) String from,
      @Doc("the reward that is maximised") @Refers(Section.REWARDS) String reward,
      @Doc("the prompts that are answered") @Refers(Section.DATA) String prompts,
      @Doc("what keeps the policy in check") @Default("{}") Regularizers regularizers,
      @Inline ScheduleSpec schedule,
      @Doc(value = "answers per prompt", unit = "answers") @Default("4") @Range("[2, 4096]")
          int groupSize,
      @Doc("passes over the answers of an update") @Default("1") @Range("[1, 64]") int epochs,
      @Doc("parts that the answers of an update are split into") @Default("1") @Range("[1, inf)")
          int minibatches,
      @Doc("peak learning rate of AdamW; falls linearly") @Default("3e-4") @Range("(0, 1]")
          double learningRate,
      @Doc("how far the probability ratio may move before the gradient stops")
          @Default("0.2")
          @Range("(0, 1)")
          double clip,
      @Inline RolloutSpec rollout)
      implements OnlinePolicySpec {}

  /** REINFORCE with one of the simple baselines. */
  @Kind("reinforce")
  @Doc(
      value = "REINFORCE on whole answers with a simple baseline",
      source = "Williams 1992; Li et al. 2023 for ReMax, arXiv 2310.10505")
  record Reinforce(
      @Doc("the policy to start from") @Refers(Section.POLICIES_OR_MODELS) String from,
      @Doc("the reward that is maximised") @Refers(Section.REWARDS) String reward,
      @Doc("the prompts that are answered") @Refers(Section.DATA) String prompts,
      @Doc("what keeps the policy in check") @Default("{}") Regularizers regularizers,
      @Doc("what is taken off the reward") @Default("running_mean") Baseline baseline,
      @Inline ScheduleSpec schedule,
      @Doc("peak learning rate of AdamW; falls linearly") @Default("3e-4") @Range("(0, 1]")
          double learningRate,
      @Inline RolloutSpec rollout)
      implements OnlinePolicySpec {}

  /** REINFORCE++: token rewards, advantages normalised over the batch. */
  @Kind("reinforce_plus_plus")
  @Doc(
      value =
          "REINFORCE with token rewards, advantages normalised over the whole batch, and a clipped ratio",
      source = "Hu 2025, arXiv 2501.03262")
  record ReinforcePlusPlus(
      @Doc("the policy to start from") @Refers(Section.POLICIES_OR_MODELS) String from,
      @Doc("the reward that is maximised") @Refers(Section.REWARDS) String reward,
      @Doc("the prompts that are answered") @Refers(Section.DATA) String prompts,
      @Doc("what keeps the policy in check") @Default("{}") Regularizers regularizers,
      @Doc("take the mean of the prompt's answers off first") @Default("false")
          boolean groupBaseline,
      @Doc(value = "answers per prompt; more than 1 only with `group_baseline`", unit = "answers")
          @Default("1")
          @Range("[1, 4096]")
          int groupSize,
      @Inline ScheduleSpec schedule,
      @Doc("passes over the answers of an update") @Default("1") @Range("[1, 64]") int epochs,
      @Doc("parts that the answers of an update are split into") @Default("1") @Range("[1, inf)")
          int minibatches,
      @Doc("peak learning rate of AdamW; falls linearly") @Default("3e-4") @Range("(0, 1]")
          double learningRate,
      @Doc("how far the probability ratio may move before the gradient stops")
          @Default("0.2")
          @Range("(0, 1)")
          double clip,
      @Inline RolloutSpec rollout)
      implements OnlinePolicySpec {}

  /** Group relative policy optimisation, with the options of Dr. GRPO and DAPO. */
  @Kind("grpo")
  @Doc(
      value =
          "policy optimisation without a value head: advantages relative to the answers of the same prompt",
      source = "Shao et al. 2024, arXiv 2402.03300")
  record Grpo(
      @Doc("the policy to start from") @Refers(Section.POLICIES_OR_MODELS) String from,
      @Doc("the reward that is maximised") @Refers(Section.REWARDS) String reward,
      @Doc("the prompts that are answered") @Refers(Section.DATA) String prompts,
      @Doc("what keeps the policy in check") @Default("{}") Regularizers regularizers,
      @Inline ScheduleSpec schedule,
      @Doc(value = "answers per prompt", unit = "answers") @Default("8") @Range("[2, 4096]")
          int groupSize,
      @Doc("passes over the answers of an update") @Default("1") @Range("[1, 64]") int epochs,
      @Doc("parts that the answers of an update are split into") @Default("1") @Range("[1, inf)")
          int minibatches,
      @Doc("peak learning rate of AdamW; falls linearly") @Default("3e-4") @Range("(0, 1]")
          double learningRate,
      @Doc("how far the probability ratio may move before the gradient stops")
          @Default("0.2")
          @Range("(0, 1)")
          double clip,
      @Doc(
              value = "another clip for ratios above 1 (clip-higher)",
              source = "Yu et al. 2025 (DAPO), arXiv 2503.14476, 0.28")
          @Range("(0, 1)")
          @Nullable Double clipHigh,
      @Doc(
              value = "also cuts the loss of bad answers whose ratio is beyond this (dual clip)",
              source = "Ye et al. 2020, 3")
          @Range("(1, inf)")
          @Nullable Double dualClip,
      @Doc(
              value =
                  "whether advantages are divided by the group's standard deviation; `none` is Dr. GRPO",
              source = "Shao et al. 2024; Liu et al. 2025, arXiv 2503.20783")
          @Default("group_std")
          AdvantageScale scale,
      @Doc(
              value = "over what the token losses are averaged",
              source = "Shao et al. 2024; Yu et al. 2025; Liu et al. 2025")
          @Default("sequence_mean")
          Aggregation aggregation,
      @Doc(
              value = "sample again for prompts whose answers all have the same reward",
              source = "Yu et al. 2025 (DAPO)")
          @Default("false")
          boolean dynamicSampling,
      @Doc(
              value = "leave answers that do not end out of the loss",
              source = "Yu et al. 2025 (DAPO)")
          @Default("false")
          boolean overlongFilter,
      @Doc(
              value = "length before the longest from which a soft penalty grows to 1",
              unit = "tokens",
              source = "Yu et al. 2025 (DAPO)")
          @Range("[1, 4096]")
          @Nullable Integer overlongCache,
      @Inline RolloutSpec rollout)
      implements OnlinePolicySpec {}

  /** Direct preference optimisation on fresh pairs. */
  @Kind("online_dpo")
  @Doc(
      value =
          "each step samples answers from the policy, has them judged at once, and takes a step of dpo",
      source = "Guo et al. 2024, arXiv 2402.04792")
  @ExactlyOne({"reward", "evaluators"})
  record OnlineDpo(
      @Doc("the policy to start from, and the reference") @Refers(Section.POLICIES_OR_MODELS)
          String from,
      @Doc("the prompts that are answered") @Refers(Section.DATA) String prompts,
      @Doc("the reward that chooses the better answer") @Refers(Section.REWARDS)
          @Nullable String reward,
      @Doc("who chooses the better answer") @Refers(Section.EVALUATORS) @Nullable String evaluators,
      @Doc("the loss on a pair") @Default("sigmoid") OnlineLoss loss,
      @Doc("scales the implicit reward; larger stays nearer to the reference")
          @Default("0.1")
          @Range("(0, inf)")
          @Telling
          double beta,
      @Doc(
              value = "weight of a bonus for answers that the reference finds unlikely (XPO)",
              source = "Xie et al. 2024, arXiv 2405.21046, 1e-5")
          @Default("0")
          @Range("[0, inf)")
          double exploration,
      @Doc(value = "answers per prompt; best and worst make the pair", unit = "answers")
          @Default("2")
          @Range("[2, 4096]")
          int groupSize,
      @Inline ScheduleSpec schedule,
      @Doc("peak learning rate of AdamW; falls linearly") @Default("3e-4") @Range("(0, 1]")
          double learningRate,
      @Doc("taken off the score of an answer that does not end by itself")
          @Default("0")
          @Range("[0, inf)")
          double missingEndPenalty,
      @Doc("sampling temperature") @Default("0.9") @Range("(0, 10]") double temperature,
      @Doc(value = "longest answer", unit = "tokens") @Default("24") @Range("[1, 4096]")
          int maxNewTokens,
      @Inline TruncationSpec truncation,
      @Doc(
              value =
                  "most that evaluators may be paid; it learns no more when the next update cannot be paid",
              unit = "any currency")
          @Range("(0, inf)")
          @Nullable Double budget,
      @Doc("what else keeps the policy in check") @Nullable ComparedRegularizers regularizers)
      implements OnlinePolicySpec {
    /** With nothing else that keeps it in check. */
    public OnlineDpo(
        String from,
        String prompts,
        @Nullable String reward,
        @Nullable String evaluators,
        OnlineLoss loss,
        double beta,
        double exploration,
        int groupSize,
        ScheduleSpec schedule,
        double learningRate,
        double missingEndPenalty,
        double temperature,
        int maxNewTokens,
        TruncationSpec truncation,
        @Nullable Double budget) {
      this(
          from,
          prompts,
          reward,
          evaluators,
          loss,
          beta,
          exploration,
          groupSize,
          schedule,
          learningRate,
          missingEndPenalty,
          temperature,
          maxNewTokens,
          truncation,
          budget,
          null);
    }
  }

  /** Nash learning from human feedback. */
  @Kind("nash_md")
  @Doc(
      value =
          "seeks the policy that no other is preferred to, against a mixture of itself and the reference",
      source = "Munos et al. 2023, arXiv 2312.00886")
  @ExactlyOne({"reward", "evaluators"})
  record NashMd(
      @Doc("the policy to start from, and the reference") @Refers(Section.POLICIES_OR_MODELS)
          String from,
      @Doc("the prompts that are answered") @Refers(Section.DATA) String prompts,
      @Doc("the reward whose differences are preferences") @Refers(Section.REWARDS)
          @Nullable String reward,
      @Doc("who says which answer is preferred") @Refers(Section.EVALUATORS)
          @Nullable String evaluators,
      @Doc("the reference's share in the opponent's mixture") @Default("0.5") @Range("[0, 1]")
          double mixture,
      @Doc("weight of the divergence from the reference")
          @Default("0.1")
          @Range("(0, inf)")
          @Telling
          double tau,
      @Inline ScheduleSpec schedule,
      @Doc("peak learning rate of AdamW; falls linearly") @Default("3e-4") @Range("(0, 1]")
          double learningRate,
      @Inline RolloutSpec rollout,
      @Doc(
              value =
                  "most that evaluators may be paid; it learns no more when the next update cannot be paid",
              unit = "any currency")
          @Range("(0, inf)")
          @Nullable Double budget,
      @Doc("what else keeps the policy in check") @Nullable ComparedRegularizers regularizers)
      implements OnlinePolicySpec {
    /** With nothing else that keeps it in check. */
    public NashMd(
        String from,
        String prompts,
        @Nullable String reward,
        @Nullable String evaluators,
        double mixture,
        double tau,
        ScheduleSpec schedule,
        double learningRate,
        RolloutSpec rollout,
        @Nullable Double budget) {
      this(
          from,
          prompts,
          reward,
          evaluators,
          mixture,
          tau,
          schedule,
          learningRate,
          rollout,
          budget,
          null);
    }
  }

  /** RAFT and ReST. */
  @Kind("expert_iteration")
  @Doc(
      value = "samples several answers per prompt, keeps the good ones, learns them, and repeats",
      source =
          "Dong et al. 2023 (RAFT), arXiv 2304.06767; Gulcehre et al. 2023 (ReST), arXiv 2308.08998")
  record ExpertIteration(
      @Doc("the policy to start from") @Refers(Section.POLICIES_OR_MODELS) String from,
      @Doc("the reward that is maximised") @Refers(Section.REWARDS) String reward,
      @Doc("the prompts that are answered") @Refers(Section.DATA) String prompts,
      @Doc(value = "rounds of sampling and learning", unit = "rounds")
          @Default("3")
          @Range("[1, 100]")
          int iterations,
      @Doc(value = "answers per prompt", unit = "answers") @Default("8") @Range("[2, 4096]")
          int groupSize,
      @Doc("which answers are kept") @Default("best") Keep keep,
      @Doc("lowest reward that is kept, for `keep: threshold`") @Nullable Double threshold,
      @Doc(value = "how much the threshold rises per round", source = "Gulcehre et al. 2023 (ReST)")
          @Default("0")
          @Range("[0, inf)")
          double thresholdStep,
      @Doc("which weights learn in a round") @Default("latest") StartFrom start,
      @Doc(value = "optimiser steps per round", unit = "steps") @Default("60") @Range("[1, inf)")
          int steps,
      @Doc(value = "answers per step", unit = "rows") @Default("32") @Range("[1, inf)")
          int batchSize,
      @Doc("peak learning rate of AdamW; falls linearly") @Default("1e-3") @Range("(0, 1]")
          double learningRate,
      @Inline SamplingSpec sampling,
      @Doc("how parameters are updated") @Nullable TrainingSpec training)
      implements OnlinePolicySpec {
    /** Updated as the method has it. */
    public ExpertIteration(
        String from,
        String reward,
        String prompts,
        int iterations,
        int groupSize,
        Keep keep,
        @Nullable Double threshold,
        double thresholdStep,
        StartFrom start,
        int steps,
        int batchSize,
        double learningRate,
        SamplingSpec sampling) {
      this(
          from,
          reward,
          prompts,
          iterations,
          groupSize,
          keep,
          threshold,
          thresholdStep,
          start,
          steps,
          batchSize,
          learningRate,
          sampling,
          null);
    }
  }

  /** Exact sampling from the optimum by rejection. */
  @Kind("rejection_sampling")
  @Doc(
      value =
          "samples from the optimum of reward minus divergence by rejection; nothing is trained",
      source = "Korbak et al. 2022, arXiv 2205.11275; Liu et al. 2023, arXiv 2309.06657")
  record RejectionSampling(
      @Doc("the policy that is sampled") @Refers(Section.POLICIES_OR_MODELS) String from,
      @Doc("the reward that decides") @Refers(Section.REWARDS) String reward,
      @Doc("weight of the divergence: the target is proportional to from times exp(reward / beta)")
          @Default("0.1")
          @Range("(0, inf)")
          @Telling
          double beta,
      @Doc(value = "samples per answer before the best so far is given", unit = "answers")
          @Default("256")
          @Range("[1, 65536]")
          int tries,
      @Doc("sampling temperature") @Default("1") @Range("(0, 10]") double temperature)
      implements OnlinePolicySpec {}

  /** A quantilizer. */
  @Kind("quantilizer")
  @Doc(
      value =
          "samples an answer from the best share of the policy's own answers; bounds what a wrong reward can cost",
      source = "Taylor 2016")
  record Quantilizer(
      @Doc("the policy that is sampled") @Refers(Section.POLICIES_OR_MODELS) String from,
      @Doc("the reward that ranks") @Refers(Section.REWARDS) String reward,
      @Doc("the share of the answers that is drawn from") @Default("0.1") @Range("(0, 1]") @Telling
          double quantile,
      @Doc(value = "answers that are ranked per prompt", unit = "answers")
          @Default("64")
          @Range("[2, 4096]")
          int groupSize,
      @Doc("sampling temperature") @Default("1") @Range("(0, 10]") double temperature)
      implements OnlinePolicySpec {}

  /** A shield. */
  @Kind("shield")
  @Doc(
      value =
          "gives the answers of one policy, or of a safer one where the reward models disagree or a rule is broken",
      source = "Casper et al. 2023, section 4.2.2")
  record Shield(
      @Doc("the policy that answers") @Refers(Section.POLICIES_OR_MODELS) String from,
      @Doc("the policy that answers instead") @Refers(Section.POLICIES_OR_MODELS) String fallback,
      @Doc("the ensemble whose disagreement is looked at") @Refers(Section.REWARDS)
          @Nullable String reward,
      @Doc("highest standard deviation of the members that is let pass") @Range("(0, inf)")
          @Nullable Double maxSpread,
      @Doc("values of which an answer must not be worth less than 0") @Refers(Section.VALUES)
          @Nullable String values,
      @Doc("sampling temperature") @Default("1") @Range("(0, 10]") double temperature)
      implements OnlinePolicySpec {}

  /** Several policies, one of which gives each answer. */
  @Kind("policy_mixture")
  @Doc("one of several policies gives each answer, drawn by their weights; nothing is trained")
  record PolicyMixture(
      @Doc("the policies, and how often each answers") @Named("member") Map<String, Member> members)
      implements OnlinePolicySpec {}

  /** A policy of a mixture. */
  @Doc("a policy of a mixture")
  record Member(
      @Doc("the policy") @Refers(Section.POLICIES_OR_MODELS) String of,
      @Doc("how often it answers, beside the other members' weights")
          @Default("1")
          @Range("(0, inf)")
          double weight) {}

  /** What is taken off the reward. */
  enum Baseline {
    @Doc("nothing")
    NONE,
    @Doc("the running mean of the rewards")
    RUNNING_MEAN,
    @Doc("the reward of the answer without sampling (ReMax)")
    GREEDY
  }

  /** What advantages are divided by. */
  enum AdvantageScale {
    @Doc("the standard deviation of the prompt's rewards")
    GROUP_STD,
    @Doc("the standard deviation of the batch's rewards")
    BATCH_STD,
    @Doc("nothing (Dr. GRPO)")
    NONE
  }

  /** Over what token losses are averaged. */
  enum Aggregation {
    @Doc("over each answer, then over the answers (GRPO)")
    SEQUENCE_MEAN,
    @Doc("over all tokens of the batch (DAPO)")
    TOKEN_MEAN,
    @Doc("summed and divided by a constant length (Dr. GRPO)")
    CONSTANT
  }

  /** The loss on a fresh pair. */
  enum OnlineLoss {
    @Doc("that of dpo")
    SIGMOID,
    @Doc("that of ipo")
    IPO,
    @Doc("that of slic")
    HINGE
  }

  /** Which answers are kept. */
  enum Keep {
    @Doc("the best of each prompt (RAFT)")
    BEST,
    @Doc("all whose reward reaches `threshold` (ReST)")
    THRESHOLD
  }

  /** Which weights learn in a round. */
  enum StartFrom {
    @Doc("those of the round before")
    LATEST,
    @Doc("those of `from`")
    FIRST
  }
}
