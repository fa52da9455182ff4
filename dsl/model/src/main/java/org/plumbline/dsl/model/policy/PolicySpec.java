// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.policy;

import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Default;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.ExactlyOne;
import org.plumbline.dsl.model.shape.Inline;
import org.plumbline.dsl.model.shape.Kind;
import org.plumbline.dsl.model.shape.OfKind;
import org.plumbline.dsl.model.shape.Range;
import org.plumbline.dsl.model.shape.Refers;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.shape.Telling;
import org.plumbline.dsl.model.training.SamplingSpec;
import org.plumbline.dsl.model.training.TrainingSpec;

/** A policy: one method that makes it, from what. */
public sealed interface PolicySpec
    permits PolicySpec.Supervised,
        PolicySpec.Ppo,
        PolicySpec.Dpo,
        PolicySpec.BestOfN,
        PolicySpec.CritiqueRevision,
        OnlinePolicySpec,
        PreferencePolicySpec,
        ConditionedPolicySpec {

  /** Maximum likelihood of demonstrations, prompts masked. */
  @Kind("supervised")
  @Doc("maximum likelihood of demonstrations; the loss is on the answers only")
  @ExactlyOne({"data", "feedback"})
  record Supervised(
      @Doc("the model to start from") @Refers(Section.POLICIES_OR_MODELS) String from,
      @Doc("demonstrations: rows with `prompt` and `completion`") @Refers(Section.DATA)
          @Nullable String data,
      @Doc("feedback whose preferred answers are the demonstrations")
          @Refers(Section.FEEDBACK)
          @OfKind({
            "comparisons",
            "recorded",
            "corrections",
            "demonstrations",
            "rankings",
            "best_of_k"
          })
          @Nullable String feedback,
      @Doc(value = "optimiser steps", unit = "steps") @Default("60") @Range("[1, inf)") int steps,
      @Doc(value = "demonstrations per step", unit = "rows") @Default("32") @Range("[1, inf)")
          int batchSize,
      @Doc("peak learning rate of AdamW") @Default("1e-3") @Range("(0, 1]") double learningRate,
      @Doc("AdamW's decoupled weight decay") @Default("0") @Range("[0, 1]") double weightDecay,
      @Doc("how parameters are updated") @Nullable TrainingSpec training)
      implements PolicySpec {
    /** Updated as the method has it. */
    public Supervised(
        String from,
        @Nullable String data,
        @Nullable String feedback,
        int steps,
        int batchSize,
        double learningRate,
        double weightDecay) {
      this(from, data, feedback, steps, batchSize, learningRate, weightDecay, null);
    }
  }

  /** Proximal policy optimisation against a reward, kept near a reference. */
  @Kind("ppo")
  @Doc(
      value = "proximal policy optimisation against a reward, kept near a reference",
      source = "Schulman et al. 2017; Ziegler et al. 2019; Stiennon et al. 2020")
  record Ppo(
      @Doc("the policy to start from") @Refers(Section.POLICIES_OR_MODELS) String from,
      @Doc("the reward that is maximised") @Refers(Section.REWARDS) String reward,
      @Doc("the prompts that are answered") @Refers(Section.DATA) String prompts,
      @Doc("what keeps the policy in check") @Default("{}") Regularizers regularizers,
      @Inline ScheduleSpec schedule,
      @Doc("passes over the answers of an update") @Default("2") @Range("[1, 64]") int epochs,
      @Doc("parts that the answers of an update are split into") @Default("2") @Range("[1, inf)")
          int minibatches,
      @Doc("peak learning rate of AdamW; falls linearly") @Default("3e-4") @Range("(0, 1]")
          double learningRate,
      @Doc("how far the probability ratio may move before the gradient stops")
          @Default("0.2")
          @Range("(0, 1)")
          double clip,
      @Doc("the same for the value head's predictions") @Default("0.2") @Range("(0, inf)")
          double valueClip,
      @Doc("weight of the loss of a value head that shares the policy's trunk")
          @Default("0.1")
          @Range("[0, inf)")
          double valueCoefficient,
      @Doc("lambda of generalised advantage estimation") @Default("0.95") @Range("[0, 1]")
          double gaeLambda,
      @Doc("discount per token") @Default("1") @Range("[0, 1]") double gamma,
      @Inline RolloutSpec rollout,
      @Doc("what predicts returns; absent: a head on the policy's trunk")
          @Nullable ValueModel valueModel,
      @Doc(
              "peak learning rate of a separate value model; falls linearly; absent: that of the"
                  + " policy")
          @Range("(0, 1]")
          @Nullable Double valueLearningRate)
      implements PolicySpec {
    /** With a value head on the policy's trunk. */
    public Ppo(
        String from,
        String reward,
        String prompts,
        Regularizers regularizers,
        ScheduleSpec schedule,
        int epochs,
        int minibatches,
        double learningRate,
        double clip,
        double valueClip,
        double valueCoefficient,
        double gaeLambda,
        double gamma,
        RolloutSpec rollout) {
      this(
          from,
          reward,
          prompts,
          regularizers,
          schedule,
          epochs,
          minibatches,
          learningRate,
          clip,
          valueClip,
          valueCoefficient,
          gaeLambda,
          gamma,
          rollout,
          null,
          null);
    }

    /** The same with a value model that is a copy of the policy. */
    public Ppo withSeparateValues(@Nullable Double rate) {
      return new Ppo(
          from,
          reward,
          prompts,
          regularizers,
          schedule,
          epochs,
          minibatches,
          learningRate,
          clip,
          valueClip,
          valueCoefficient,
          gaeLambda,
          gamma,
          rollout,
          ValueModel.SEPARATE,
          rate);
    }
  }

  /** What predicts the returns of {@link Ppo}. */
  enum ValueModel {
    @Doc("a head on the policy's trunk, which learns from both losses")
    SHARED,
    @Doc("a copy of the policy that training starts from, with a head and an optimiser of its own")
    SEPARATE
  }

  /** Direct preference optimisation. */
  @Kind("dpo")
  @Doc(
      value = "fits the policy to comparisons without a reward model",
      source = "Rafailov et al. 2023, arXiv 2305.18290, equation 7")
  record Dpo(
      @Doc("the policy to start from, and the reference") @Refers(Section.POLICIES_OR_MODELS)
          String from,
      @Doc("the comparisons")
          @Refers(Section.FEEDBACK)
          @OfKind({"comparisons", "recorded", "corrections"})
          String feedback,
      @Doc("scales the implicit reward; larger stays nearer to the reference")
          @Default("0.1")
          @Range("(0, inf)")
          @Telling
          double beta,
      @Doc(
              value = "assumed share of labels the wrong way round (cDPO)",
              source = "Mitchell 2023, a note on DPO with noisy preferences")
          @Default("0")
          @Range("[0, 0.5)")
          double labelSmoothing,
      @Inline PairFittingSpec fitting,
      @Doc(
              value = "another loss on the same margin; absent: the logistic one",
              source = "TRL's DPOTrainer lists them")
          @Nullable Loss loss,
      @Doc(
              value = "another divergence than reverse KL (f-DPO)",
              source = "Wang et al. 2023, arXiv 2309.16240")
          @Nullable Divergence divergence,
      @Doc(
              value = "weight of the preferred answer's negative log-likelihood beside the loss",
              source = "Pang et al. 2024, arXiv 2404.19733")
          @Range("[0, inf)")
          @Nullable Double sftWeight,
      @Doc("mean log-ratios per token in place of sums") @Nullable Boolean perToken,
      @Doc("the reference; absent: the policy that training starts from")
          @Refers(Section.POLICIES_OR_MODELS)
          @Nullable String reference)
      implements PolicySpec {
    /** As the paper has it. */
    public Dpo(
        String from, String feedback, double beta, double labelSmoothing, PairFittingSpec fitting) {
      this(from, feedback, beta, labelSmoothing, fitting, null, null, null, null, null);
    }
  }

  /** The best of several samples under a reward; nothing is trained. */
  @Kind("best_of_n")
  @Doc(
      value = "samples several answers and gives the one with the highest reward",
      source = "Stiennon et al. 2020; Nakano et al. 2021")
  record BestOfN(
      @Doc("the policy that is sampled") @Refers(Section.POLICIES_OR_MODELS) String from,
      @Doc("the reward that chooses") @Refers(Section.REWARDS) String reward,
      @Doc(value = "answers per prompt", unit = "answers") @Range("[1, 4096]") @Telling int n,
      @Doc("sampling temperature") @Default("1") @Range("(0, 10]") double temperature)
      implements PolicySpec {}

  /** The supervised stage of constitutional AI. */
  @Kind("critique_revision")
  @Doc(
      value =
          "answers are criticised and revised under principles, then learned (constitutional AI)",
      source = "Bai et al. 2022, arXiv 2212.08073, section 3")
  record CritiqueRevision(
      @Doc("the policy that answers and is trained") @Refers(Section.POLICIES_OR_MODELS)
          String from,
      @Doc("the judge that criticises; its principles are the constitution")
          @Refers(Section.EVALUATORS)
          String judge,
      @Doc("the prompts that are answered") @Refers(Section.DATA) String prompts,
      @Doc(value = "prompts that are answered", unit = "prompts") @Default("400") @Range("[1, inf)")
          int answers,
      @Doc("rounds of critique and revision") @Default("2") @Range("[1, 16]") int revisions,
      @Doc(
              value =
                  "new answers that a judge of kind `rules` chooses a revision from; an endpoint"
                      + " writes its own",
              unit = "answers")
          @Default("4")
          @Range("[1, 256]")
          int candidates,
      @Doc(value = "optimiser steps on the revisions", unit = "steps")
          @Default("60")
          @Range("[1, inf)")
          int steps,
      @Doc(value = "revisions per step", unit = "rows") @Default("32") @Range("[1, inf)")
          int batchSize,
      @Doc("peak learning rate of AdamW") @Default("1e-3") @Range("(0, 1]") double learningRate,
      @Inline SamplingSpec sampling,
      @Doc(
              value =
                  "most that critiques and revisions may cost; ends with the last revision that it pays for with its critique, and what is revised by then is learned",
              unit = "any currency")
          @Range("(0, inf)")
          @Nullable Double budget,
      @Doc("how parameters are updated") @Nullable TrainingSpec training)
      implements PolicySpec {
    /** Updated as the method has it. */
    public CritiqueRevision(
        String from,
        String judge,
        String prompts,
        int answers,
        int revisions,
        int candidates,
        int steps,
        int batchSize,
        double learningRate,
        SamplingSpec sampling) {
      this(
          from,
          judge,
          prompts,
          answers,
          revisions,
          candidates,
          steps,
          batchSize,
          learningRate,
          sampling,
          null,
          null);
    }
  }

  /** Losses on the margin of {@link Dpo}. */
  enum Loss {
    @Doc("corrected for a known share of wrong labels, `label_smoothing` (Chowdhury et al. 2024)")
    ROBUST,
    @Doc("hinge (SLiC on log-ratios)")
    HINGE,
    @Doc("squared, towards fixed log-ratios (SPPO, Wu et al. 2024)")
    SPPO
  }

  /** Divergences that {@link Dpo} may keep small. */
  enum Divergence {
    @Doc("KL(reference, policy)")
    FORWARD_KL,
    @Doc("Jensen-Shannon")
    JS
  }
}
