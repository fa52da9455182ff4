// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.reward;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.RichFeedbackSpec;
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

/**
 * Rewards that are fitted to other kinds of feedback than pairs, or to pairs by another likelihood.
 */
public sealed interface FittedRewardSpec extends RewardSpec {

  /** The model that its trunk starts from. */
  String from();

  /** The feedback that it is fitted to. */
  String feedback();

  /** How many models it is made of, and how they are fitted. */
  EnsembleSpec members();

  /** Rows of feedback per optimiser step. */
  int batchSize();

  /** The optimiser. */
  OptimiserSpec optimiser();

  /** Rankings and choices. */
  @Kind("plackett_luce")
  @Doc(
      value = "a scalar head fitted to rankings, or to the best of several",
      source = "Plackett 1975; Ziegler et al. 2019; Ouyang et al. 2022, section 3.5")
  record PlackettLuce(
      @Doc("the model that its trunk starts from") @Refers(Section.POLICIES_OR_MODELS) String from,
      @Doc("rankings or choices of the best")
          @Refers(Section.FEEDBACK)
          @OfKind({"rankings", "best_of_k"})
          String feedback,
      @Doc("only so many first ranks count; absent: all") @Range("[1, 26]") @Nullable Integer top,
      @Inline EnsembleSpec members,
      @Doc(value = "rankings per step", unit = "prompts") @Default("32") @Range("[1, inf)")
          int batchSize,
      @Inline OptimiserSpec optimiser)
      implements FittedRewardSpec {}

  /** Numbers. */
  @Kind("rating_regression")
  @Doc(
      value =
          "a scalar head fitted to ratings with Gaussian noise; what people write counts as minus the changes that it asks for",
      source = "Ziegler et al. 2019 (ScalarRating)")
  record RatingRegression(
      @Doc("the model that its trunk starts from") @Refers(Section.POLICIES_OR_MODELS) String from,
      @Doc("ratings") @Refers(Section.FEEDBACK) @OfKind({"scalar", "likert", "language"})
          String feedback,
      @Doc("a gain and an offset for each evaluator") @Default("true") boolean perEvaluator,
      @Inline EnsembleSpec members,
      @Doc(value = "ratings per step", unit = "answers") @Default("32") @Range("[1, inf)")
          int batchSize,
      @Inline OptimiserSpec optimiser)
      implements FittedRewardSpec {}

  /** Steps of a scale. */
  @Kind("ordinal_regression")
  @Doc(
      value = "a scalar head and cut points fitted to answers on a scale (cumulative logit)",
      source = "McCullagh 1980; Ethayarajh and Jurafsky 2022")
  record OrdinalRegression(
      @Doc("the model that its trunk starts from") @Refers(Section.POLICIES_OR_MODELS) String from,
      @Doc("answers on a scale") @Refers(Section.FEEDBACK) @OfKind({"likert"}) String feedback,
      @Doc("shifted cut points for each evaluator") @Default("true") boolean perEvaluator,
      @Inline EnsembleSpec members,
      @Doc(value = "ratings per step", unit = "answers") @Default("32") @Range("[1, inf)")
          int batchSize,
      @Inline OptimiserSpec optimiser)
      implements FittedRewardSpec {}

  /** Sliders. */
  @Kind("slider_regression")
  @Doc(
      value = "a scalar head fitted to how much better one answer is",
      source = "Wilde et al. 2021, arXiv 2110.00284")
  record SliderRegression(
      @Doc("the model that its trunk starts from") @Refers(Section.POLICIES_OR_MODELS) String from,
      @Doc("sliders") @Refers(Section.FEEDBACK) @OfKind({"slider"}) String feedback,
      @Doc("difference at which the slider meets its end") @Default("2") @Range("(0, inf)")
          double saturation,
      @Inline EnsembleSpec members,
      @Doc(value = "pairs per step", unit = "pairs") @Default("32") @Range("[1, inf)")
          int batchSize,
      @Inline OptimiserSpec optimiser)
      implements FittedRewardSpec {}

  /** Classes. */
  @Kind("label_classifier")
  @Doc(
      value =
          "a head that says of which class an answer is; the reward is the log-odds of the wanted one",
      source = "Christiano et al. 2017 compare; Casper et al. 2023, section 3.1.4")
  record LabelClassifier(
      @Doc("the model that its trunk starts from") @Refers(Section.POLICIES_OR_MODELS) String from,
      @Doc("labels") @Refers(Section.FEEDBACK) @OfKind({"labels"}) String feedback,
      @Doc("the class that is wanted; default: the first") @Nullable String wanted,
      @Inline EnsembleSpec members,
      @Doc(value = "labels per step", unit = "answers") @Default("32") @Range("[1, inf)")
          int batchSize,
      @Inline OptimiserSpec optimiser)
      implements FittedRewardSpec {}

  /** Corrections. */
  @Kind("correction_ranking")
  @Doc(
      value = "a scalar head that puts a correction above what it corrects",
      source = "Casper et al. 2023, section 3.1.4")
  record CorrectionRanking(
      @Doc("the model that its trunk starts from") @Refers(Section.POLICIES_OR_MODELS) String from,
      @Doc("corrections") @Refers(Section.FEEDBACK) @OfKind({"corrections"}) String feedback,
      @Doc("how much better a correction must be") @Default("0") @Range("[0, inf)") double margin,
      @Inline EnsembleSpec members,
      @Doc(value = "corrections per step", unit = "pairs") @Default("32") @Range("[1, inf)")
          int batchSize,
      @Inline OptimiserSpec optimiser)
      implements FittedRewardSpec {}

  /** Demonstrations by people of whom some do better. */
  @Kind("ranked_demonstrations")
  @Doc(
      value =
          "a scalar head that puts demonstrations of better demonstrators above those of others (T-REX)",
      source = "Brown et al. 2019, arXiv 1904.06387")
  record RankedDemonstrations(
      @Doc("the model that its trunk starts from") @Refers(Section.POLICIES_OR_MODELS) String from,
      @Doc("demonstrations") @Refers(Section.FEEDBACK) @OfKind({"demonstrations"}) String feedback,
      @Doc("groups of those who demonstrate, the worst first; others are left out")
          List<String> ranks,
      @Doc("share of pairs in which the demonstration of the lower rank is the better one")
          @Default("0")
          @Range("[0, 0.5)")
          double labelNoise,
      @Inline EnsembleSpec members,
      @Doc(value = "pairs of demonstrations per step", unit = "pairs")
          @Default("32")
          @Range("[1, inf)")
          int batchSize,
      @Inline OptimiserSpec optimiser)
      implements FittedRewardSpec {}

  /** Demonstrations. */
  @Kind("max_entropy_irl")
  @Doc(
      value = "a scalar head under which demonstrations are what a noisy expert would do",
      source = "Ziebart et al. 2008; Finn et al. 2016")
  record MaxEntropyIrl(
      @Doc("the model that its trunk starts from") @Refers(Section.POLICIES_OR_MODELS) String from,
      @Doc("demonstrations") @Refers(Section.FEEDBACK) @OfKind({"demonstrations"}) String feedback,
      @Doc(value = "answers of the policy per demonstration", unit = "answers")
          @Default("8")
          @Range("[1, 4096]")
          int groupSize,
      @Inline EnsembleSpec members,
      @Doc(value = "demonstrations per step", unit = "rows") @Default("32") @Range("[1, inf)")
          int batchSize,
      @Inline OptimiserSpec optimiser)
      implements FittedRewardSpec {}

  /** Spans. */
  @Kind("span_reward")
  @Doc(
      value = "a head per category that rewards the last token of each span",
      source = "Wu et al. 2023, arXiv 2306.01693")
  record SpanReward(
      @Doc("the model that its trunk starts from") @Refers(Section.POLICIES_OR_MODELS) String from,
      @Doc("spans") @Refers(Section.FEEDBACK) @OfKind({"span"}) String feedback,
      @Doc("the weight of each category; default: 1") @Named("weight")
          @Nullable Map<String, Double> weights,
      @Doc("what a part is; absent: as in the feedback, or sentences where it says none")
          RichFeedbackSpec.@Nullable SpanUnit unit,
      @Inline EnsembleSpec members,
      @Doc(value = "answers per step", unit = "answers") @Default("32") @Range("[1, inf)")
          int batchSize,
      @Inline OptimiserSpec optimiser)
      implements FittedRewardSpec {}

  /** Steps of reasoning. */
  @Kind("process_reward")
  @Doc(
      value = "a head that says whether each step is right",
      source = "Lightman et al. 2023, arXiv 2305.20050; Uesato et al. 2022, arXiv 2211.14275")
  record ProcessReward(
      @Doc("the model that its trunk starts from") @Refers(Section.POLICIES_OR_MODELS) String from,
      @Doc("labels of steps") @Refers(Section.FEEDBACK) @OfKind({"step"}) String feedback,
      @Doc("how the steps' probabilities become a score") @Default("product") StepScore score,
      @Doc("whether a neutral step counts as right") @Default("true") boolean neutralIsRight,
      @Doc(
              "the text that ends a step; absent: as in the feedback, or a line end where it says none")
          @Nullable String separator,
      @Inline EnsembleSpec members,
      @Doc(value = "answers per step", unit = "answers") @Default("32") @Range("[1, inf)")
          int batchSize,
      @Inline OptimiserSpec optimiser)
      implements FittedRewardSpec {}

  /** Hidden context. */
  @Kind("distributional")
  @Doc(
      value = "a head that gives a distribution of the score, so that disagreement shows",
      source = "Siththaranjan et al. 2023, arXiv 2312.08358")
  record Distributional(
      @Doc("the model that its trunk starts from") @Refers(Section.POLICIES_OR_MODELS) String from,
      @Doc("the comparisons") @Refers(Section.FEEDBACK) @OfKind({"comparisons", "recorded"})
          String feedback,
      @Doc("the form of the distribution") @Default("mean_variance") Form form,
      @Doc("points of a categorical distribution") @Default("10") @Range("[2, 256]") int atoms,
      @Doc(value = "the score is this quantile; absent: the mean", source = "0.01 in the paper")
          @Range("(0, 1)")
          @Nullable Double quantile,
      @Doc("weight of the entropy of the mean distribution, for `form: categorical`")
          @Default("0.1")
          @Range("[0, inf)")
          double entropyWeight,
      @Inline EnsembleSpec members,
      @Doc(value = "pairs per step", unit = "pairs") @Default("32") @Range("[1, inf)")
          int batchSize,
      @Inline OptimiserSpec optimiser)
      implements FittedRewardSpec {}

  /** Latent groups. */
  @Kind("mixture")
  @Doc(
      value = "several rewards, one for each of some groups that nobody has named",
      source = "Zhao et al. 2016; Chakraborty et al. 2024, arXiv 2402.08925")
  record Mixture(
      @Doc("the model that its trunk starts from") @Refers(Section.POLICIES_OR_MODELS) String from,
      @Doc("the comparisons, with who made each")
          @Refers(Section.FEEDBACK)
          @OfKind({"comparisons", "recorded"})
          String feedback,
      @Doc(value = "groups that are looked for", unit = "groups") @Default("2") @Range("[2, 64]")
          int components,
      @Doc("beginnings, of which the likeliest is kept") @Default("5") @Range("[1, 100]")
          int restarts,
      @Doc("how the groups become one score") @Default("mean") Serve serve,
      @Inline EnsembleSpec members,
      @Doc(value = "pairs per step", unit = "pairs") @Default("32") @Range("[1, inf)")
          int batchSize,
      @Inline OptimiserSpec optimiser)
      implements FittedRewardSpec {}

  /** How probabilities of steps become a score. */
  enum StepScore {
    @Doc("their product")
    PRODUCT,
    @Doc("the lowest")
    MIN,
    @Doc("that of the last step")
    LAST
  }

  /** The form of a distribution of scores. */
  enum Form {
    @Doc("a mean and a variance")
    MEAN_VARIANCE,
    @Doc("the same, with the logistic stand-in for the normal distribution of the authors' code")
    MEAN_VARIANCE_LOGISTIC,
    @Doc("probabilities of points between 0 and 1")
    CATEGORICAL
  }

  /** How the rewards of groups become one. */
  enum Serve {
    @Doc("their mean, weighted by the groups' shares")
    MEAN,
    @Doc("that of the group which is worst off (max-min)")
    WORST_OFF,
    @Doc("their product (Nash welfare)")
    NASH
  }
}
