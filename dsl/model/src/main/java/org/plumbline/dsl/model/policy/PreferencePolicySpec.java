// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.policy;

import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Default;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.Inline;
import org.plumbline.dsl.model.shape.Kind;
import org.plumbline.dsl.model.shape.OfKind;
import org.plumbline.dsl.model.shape.Range;
import org.plumbline.dsl.model.shape.Refers;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.shape.Telling;
import org.plumbline.dsl.model.training.TrainingSpec;

/** Policies that are fitted to feedback without a reward model in between. */
public sealed interface PreferencePolicySpec extends PolicySpec {

  /** Identity preference optimisation. */
  @Kind("ipo")
  @Doc(
      value =
          "like dpo with a squared loss, which keeps near the reference even where labels never disagree",
      source = "Azar et al. 2023, arXiv 2310.12036, equation 17")
  record Ipo(
      @Doc("the policy to start from, and the reference") @Refers(Section.POLICIES_OR_MODELS)
          String from,
      @Doc("the comparisons")
          @Refers(Section.FEEDBACK)
          @OfKind({"comparisons", "recorded", "corrections"})
          String feedback,
      @Doc("weight of the divergence: the margin is steered to 1/(2 tau)")
          @Default("0.1")
          @Range("(0, inf)")
          @Telling
          double tau,
      @Doc("log-ratios per token in place of their sum") @Default("false") boolean perToken,
      @Inline PairFittingSpec fitting)
      implements PreferencePolicySpec {}

  /** Kahneman-Tversky optimisation. */
  @Kind("kto")
  @Doc(
      value = "fits the policy to answers that are good or bad, without pairs",
      source = "Ethayarajh et al. 2024, arXiv 2402.01306")
  record Kto(
      @Doc("the policy to start from, and the reference") @Refers(Section.POLICIES_OR_MODELS)
          String from,
      @Doc("labels, or comparisons whose sides count as good and bad")
          @Refers(Section.FEEDBACK)
          @OfKind({"labels", "recorded", "comparisons"})
          String feedback,
      @Doc("scales the implicit reward") @Default("0.1") @Range("(0, inf)") @Telling double beta,
      @Doc("weight of good answers") @Default("1") @Range("(0, inf)") double desirableWeight,
      @Doc("weight of bad answers") @Default("1") @Range("(0, inf)") double undesirableWeight,
      @Inline AnswerFittingSpec fitting)
      implements PreferencePolicySpec {}

  /** Binary classifier optimisation. */
  @Kind("bco")
  @Doc(
      value = "fits a classifier of good and bad answers whose logit is the implicit reward",
      source = "Jung et al. 2024, arXiv 2404.04656")
  record Bco(
      @Doc("the policy to start from, and the reference") @Refers(Section.POLICIES_OR_MODELS)
          String from,
      @Doc("labels, or comparisons whose sides count as good and bad")
          @Refers(Section.FEEDBACK)
          @OfKind({"labels", "recorded", "comparisons"})
          String feedback,
      @Doc("scales the implicit reward") @Default("0.1") @Range("(0, inf)") @Telling double beta,
      @Inline AnswerFittingSpec fitting)
      implements PreferencePolicySpec {}

  /** Odds ratio preference optimisation. */
  @Kind("orpo")
  @Doc(
      value =
          "supervised learning of the preferred answers with a penalty on the odds of the others; no reference",
      source = "Hong et al. 2024, arXiv 2403.07691")
  record Orpo(
      @Doc("the policy to start from") @Refers(Section.POLICIES_OR_MODELS) String from,
      @Doc("the comparisons")
          @Refers(Section.FEEDBACK)
          @OfKind({"comparisons", "recorded", "corrections"})
          String feedback,
      @Doc("weight of the odds-ratio term") @Default("0.1") @Range("[0, inf)") @Telling
          double oddsWeight,
      @Inline PairFittingSpec fitting)
      implements PreferencePolicySpec {}

  /** Simple preference optimisation. */
  @Kind("simpo")
  @Doc(
      value = "like dpo with the mean log-likelihood as reward, and no reference",
      source = "Meng et al. 2024, arXiv 2405.14734")
  record Simpo(
      @Doc("the policy to start from") @Refers(Section.POLICIES_OR_MODELS) String from,
      @Doc("the comparisons")
          @Refers(Section.FEEDBACK)
          @OfKind({"comparisons", "recorded", "corrections"})
          String feedback,
      @Doc("scales the mean log-likelihood") @Default("2") @Range("(0, inf)") @Telling double beta,
      @Doc("how much better the preferred answer must be") @Default("1") @Range("[0, inf)")
          double margin,
      @Inline PairFittingSpec fitting)
      implements PreferencePolicySpec {}

  /** Contrastive preference optimisation. */
  @Kind("cpo")
  @Doc(
      value =
          "like dpo with a uniform reference, and the likelihood of the preferred answers beside it",
      source = "Xu et al. 2024, arXiv 2401.08417")
  record Cpo(
      @Doc("the policy to start from") @Refers(Section.POLICIES_OR_MODELS) String from,
      @Doc("the comparisons")
          @Refers(Section.FEEDBACK)
          @OfKind({"comparisons", "recorded", "corrections"})
          String feedback,
      @Doc("scales the log-likelihoods") @Default("0.1") @Range("(0, inf)") @Telling double beta,
      @Doc("weight of the preferred answer's negative log-likelihood")
          @Default("1")
          @Range("[0, inf)")
          double sftWeight,
      @Inline PairFittingSpec fitting)
      implements PreferencePolicySpec {}

  /** Sequence likelihood calibration. */
  @Kind("slic")
  @Doc(
      value = "a hinge loss on the log-likelihoods of the two answers, and likelihood beside it",
      source = "Zhao et al. 2023 (SLiC-HF), arXiv 2305.10425")
  record Slic(
      @Doc("the policy to start from") @Refers(Section.POLICIES_OR_MODELS) String from,
      @Doc("the comparisons")
          @Refers(Section.FEEDBACK)
          @OfKind({"comparisons", "recorded", "corrections"})
          String feedback,
      @Doc(value = "how much more likely the preferred answer must be", unit = "nats")
          @Default("1")
          @Range("[0, inf)")
          @Telling
          double margin,
      @Doc("weight of the preferred answer's negative log-likelihood")
          @Default("0.1")
          @Range("[0, inf)")
          double sftWeight,
      @Inline PairFittingSpec fitting)
      implements PreferencePolicySpec {}

  /** Rank responses to align human feedback. */
  @Kind("rrhf")
  @Doc(
      value =
          "ranks answers by length-normalised likelihood as people ranked them, and learns the best",
      source = "Yuan et al. 2023, arXiv 2304.05302")
  record Rrhf(
      @Doc("the policy to start from") @Refers(Section.POLICIES_OR_MODELS) String from,
      @Doc("rankings, ratings or comparisons")
          @Refers(Section.FEEDBACK)
          @OfKind({
            "rankings",
            "best_of_k",
            "scalar",
            "likert",
            "slider",
            "comparisons",
            "recorded"
          })
          String feedback,
      @Doc("power of the length that a log-likelihood is divided by") @Default("1") @Range("[0, 2]")
          double lengthExponent,
      @Doc("weight of the preferred answer's negative log-likelihood")
          @Default("1")
          @Range("[0, inf)")
          double sftWeight,
      @Doc(value = "optimiser steps", unit = "steps") @Default("150") @Range("[1, inf)") int steps,
      @Doc(value = "prompts per step", unit = "prompts") @Default("32") @Range("[1, inf)")
          int batchSize,
      @Doc("peak learning rate of AdamW; falls linearly") @Default("3e-4") @Range("(0, 1]")
          double learningRate,
      @Doc("how parameters are updated") @Nullable TrainingSpec training)
      implements PreferencePolicySpec {}
}
