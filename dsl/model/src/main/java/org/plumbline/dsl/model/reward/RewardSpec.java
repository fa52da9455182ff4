// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.reward;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.shape.Default;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.Inline;
import org.plumbline.dsl.model.shape.Kind;
import org.plumbline.dsl.model.shape.Named;
import org.plumbline.dsl.model.shape.OfKind;
import org.plumbline.dsl.model.shape.Range;
import org.plumbline.dsl.model.shape.Refers;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.training.OptimiserSpec;

/** A reward: a score for a prompt and an answer. */
public sealed interface RewardSpec
    permits RewardSpec.BradleyTerry,
        RewardSpec.RewardRational,
        FittedRewardSpec,
        ComposedRewardSpec {

  /** A scalar head on a transformer, fitted to comparisons. */
  @Kind("bradley_terry")
  @Doc(
      value = "a scalar head on a transformer, fitted to comparisons by logistic loss",
      source = "Christiano et al. 2017; Stiennon et al. 2020; Coste et al. 2023 for ensembles")
  record BradleyTerry(
      @Doc("the model that its trunk starts from") @Refers(Section.POLICIES_OR_MODELS) String from,
      @Doc("the comparisons it is fitted to")
          @Refers(Section.FEEDBACK)
          @OfKind({"comparisons", "recorded", "corrections"})
          String feedback,
      @Doc(value = "members, which differ in head and data order", unit = "models")
          @Default("1")
          @Range("[1, 64]")
          int ensemble,
      @Doc("how the members' scores become one") @Default("mean") Combine combine,
      @Doc(
              value = "weight of the variance in `mean_minus_variance`",
              source = "Coste et al. 2023, UWO")
          @Default("0.5")
          @Range("[0, inf)")
          double uncertaintyPenalty,
      @Doc("share of the comparisons kept for measuring accuracy and calibration")
          @Default("0.1")
          @Range("[0, 0.9]")
          double holdOut,
      @Doc(value = "optimiser steps of each member", unit = "steps")
          @Default("200")
          @Range("[1, inf)")
          int steps,
      @Doc(value = "comparisons per step", unit = "pairs") @Default("32") @Range("[1, inf)")
          int batchSize,
      @Inline OptimiserSpec optimiser,
      @Doc(
              value = "weight of the squared sum of both scores, which centres them",
              source = "Eisenstein et al. 2023; TRL's center_rewards_coefficient")
          @Default("0")
          @Range("[0, inf)")
          double centring,
      @Doc(
              value = "how much higher the preferred answer must score",
              source = "Touvron et al. 2023 (Llama 2), section 3.2.2")
          @Range("[0, inf)")
          @Nullable Double margin,
      @Doc(
              value = "known share of labels the wrong way round",
              source = "Christiano et al. 2017, section 2.2.3, 0.1")
          @Range("[0, 0.5)")
          @Nullable Double labelNoise,
      @Doc(
              value = "how `label_noise` is allowed for; absent: in the likelihood",
              source = "Patrini et al. 2017; Chowdhury et al. 2024, arXiv 2403.00409")
          @Nullable NoiseCorrection noiseCorrection,
      @Doc(
              value = "the model of ties; absent: half a win for each",
              source = "Rao and Kupper 1967; Davidson 1970")
          @Nullable Ties ties,
      @Doc(
              value = "bring scores to mean 0 and variance 1 on answers of this policy",
              source = "Ziegler et al. 2019")
          @Refers(Section.POLICIES_OR_MODELS)
          @Nullable String normaliseOn,
      @Doc(value = "a reliability for each evaluator (Crowd-BT)", source = "Chen et al. 2013")
          @Nullable Boolean perEvaluator,
      @Doc(
              value =
                  "what the people saw of each answer, which is then what their choice is explained by; absent: all of it",
              source = "Lang et al. 2024, arXiv 2402.17747; Casper et al. 2023, section 3.1.2")
          EvaluatorsSpec.@Nullable View seen,
      @Doc(
              value =
                  "models that members start from in turns, after `from`: pre-trained apart, with the same tokenizer; absent: all start from `from`",
              source = "Coste et al. 2023; Eisenstein et al. 2023 (pretrain ensembles)")
          @Refers(Section.POLICIES_OR_MODELS)
          @Nullable List<String> trunks,
      @Doc(
              value = "share of the members, the lowest, whose mean `cvar` is; absent: 0.25",
              source = "Rockafellar and Uryasev 2000")
          @Range("(0, 1]")
          @Nullable Double tail)
      implements RewardSpec {
    /** Without options. */
    public BradleyTerry(
        String from,
        String feedback,
        int ensemble,
        Combine combine,
        double uncertaintyPenalty,
        double holdOut,
        int steps,
        int batchSize,
        OptimiserSpec optimiser,
        double centring) {
      this(
          from,
          feedback,
          ensemble,
          combine,
          uncertaintyPenalty,
          holdOut,
          steps,
          batchSize,
          optimiser,
          centring,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null);
    }
  }

  /** Several kinds of feedback at once. */
  @Kind("reward_rational")
  @Doc(
      value =
          "a scalar head fitted to several kinds of feedback at once, by the product of their likelihoods",
      source = "Jeon, Milli and Dragan 2020, arXiv 2002.04833; Casper et al. 2023, section 3.2.1")
  record RewardRational(
      @Doc("the model that its trunk starts from") @Refers(Section.POLICIES_OR_MODELS) String from,
      @Doc("the feedback, by a name of your choice") @Named("source") Map<String, Source> sources,
      @Inline EnsembleSpec members,
      @Doc(value = "pieces of feedback per step, of all kinds together", unit = "rows")
          @Default("32")
          @Range("[1, inf)")
          int batchSize,
      @Inline OptimiserSpec optimiser)
      implements RewardSpec {}

  /** Feedback that is learned from beside other feedback. */
  @Doc("feedback that is learned from beside other feedback")
  record Source(
      @Doc("the feedback")
          @Refers(Section.FEEDBACK)
          @OfKind({
            "comparisons",
            "recorded",
            "rankings",
            "best_of_k",
            "scalar",
            "likert",
            "slider",
            "labels",
            "corrections",
            "language"
          })
          String feedback,
      @Doc(
              "how sharply people follow the scores in it; absent: fitted, beside that of the first"
                  + " by name, which is 1 if none is given")
          @Range("(0, inf)")
          @Nullable Double rationality,
      @Doc("how much each piece of it counts") @Default("1") @Range("[0, inf)") double weight) {}

  /** How the members of an ensemble are combined (Coste et al. 2023). */
  enum Combine {
    @Doc("mean of the members")
    MEAN,
    @Doc("the lowest member (worst-case optimisation)")
    MIN,
    @Doc("mean minus a multiple of the variance (uncertainty-weighted optimisation)")
    MEAN_MINUS_VARIANCE,
    @Doc("mean of the lowest members (conditional value at risk)")
    CVAR
  }

  /** How wrong labels are allowed for. */
  enum NoiseCorrection {
    @Doc("in the likelihood of the label")
    FORWARD,
    @Doc("by a loss whose mean is that of right labels")
    UNBIASED
  }

  /** Models of ties. */
  enum Ties {
    @Doc("a threshold below which differences are not seen")
    RAO_KUPPER,
    @Doc("ties in proportion to the geometric mean")
    DAVIDSON
  }
}
