package org.plumbline.dsl.groovy.blocks;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;

/** Reward models fitted to feedback. */
@SpecDsl
public final class RewardsBlock extends ScriptBlock {
  /** A scalar head on a transformer, fitted to comparisons by logistic loss. */
  public void bradleyTerry(String name, Body<? super BradleyTerryRewardBlock> body) {
    kind(name, "bradley_terry", new BradleyTerryRewardBlock(), body);
  }

  /** A scalar head on a transformer, fitted to comparisons by logistic loss. */
  public void bradleyTerry(
      String name,
      @DelegatesTo(value = BradleyTerryRewardBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "bradley_terry",
        new BradleyTerryRewardBlock(),
        ScriptBlock.<BradleyTerryRewardBlock>body(body));
  }

  /** A scalar head fitted to rankings, or to the best of several. */
  public void plackettLuce(String name, Body<? super PlackettLuceRewardBlock> body) {
    kind(name, "plackett_luce", new PlackettLuceRewardBlock(), body);
  }

  /** A scalar head fitted to rankings, or to the best of several. */
  public void plackettLuce(
      String name,
      @DelegatesTo(value = PlackettLuceRewardBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "plackett_luce",
        new PlackettLuceRewardBlock(),
        ScriptBlock.<PlackettLuceRewardBlock>body(body));
  }

  /** A scalar head fitted to ratings with Gaussian noise. */
  public void ratingRegression(String name, Body<? super RatingRegressionRewardBlock> body) {
    kind(name, "rating_regression", new RatingRegressionRewardBlock(), body);
  }

  /** A scalar head fitted to ratings with Gaussian noise. */
  public void ratingRegression(
      String name,
      @DelegatesTo(value = RatingRegressionRewardBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "rating_regression",
        new RatingRegressionRewardBlock(),
        ScriptBlock.<RatingRegressionRewardBlock>body(body));
  }

  /** A scalar head and cut points fitted to answers on a scale (cumulative logit). */
  public void ordinalRegression(String name, Body<? super OrdinalRegressionRewardBlock> body) {
    kind(name, "ordinal_regression", new OrdinalRegressionRewardBlock(), body);
  }

  /** A scalar head and cut points fitted to answers on a scale (cumulative logit). */
  public void ordinalRegression(
      String name,
      @DelegatesTo(value = OrdinalRegressionRewardBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "ordinal_regression",
        new OrdinalRegressionRewardBlock(),
        ScriptBlock.<OrdinalRegressionRewardBlock>body(body));
  }

  /** A scalar head fitted to how much better one answer is. */
  public void sliderRegression(String name, Body<? super SliderRegressionRewardBlock> body) {
    kind(name, "slider_regression", new SliderRegressionRewardBlock(), body);
  }

  /** A scalar head fitted to how much better one answer is. */
  public void sliderRegression(
      String name,
      @DelegatesTo(value = SliderRegressionRewardBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "slider_regression",
        new SliderRegressionRewardBlock(),
        ScriptBlock.<SliderRegressionRewardBlock>body(body));
  }

  /** A head that says of which class an answer is; the reward is the log-odds of the wanted one. */
  public void labelClassifier(String name, Body<? super LabelClassifierRewardBlock> body) {
    kind(name, "label_classifier", new LabelClassifierRewardBlock(), body);
  }

  /** A head that says of which class an answer is; the reward is the log-odds of the wanted one. */
  public void labelClassifier(
      String name,
      @DelegatesTo(value = LabelClassifierRewardBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "label_classifier",
        new LabelClassifierRewardBlock(),
        ScriptBlock.<LabelClassifierRewardBlock>body(body));
  }

  /** A scalar head that puts a correction above what it corrects. */
  public void correctionRanking(String name, Body<? super CorrectionRankingRewardBlock> body) {
    kind(name, "correction_ranking", new CorrectionRankingRewardBlock(), body);
  }

  /** A scalar head that puts a correction above what it corrects. */
  public void correctionRanking(
      String name,
      @DelegatesTo(value = CorrectionRankingRewardBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "correction_ranking",
        new CorrectionRankingRewardBlock(),
        ScriptBlock.<CorrectionRankingRewardBlock>body(body));
  }

  /** A scalar head under which demonstrations are what a noisy expert would do. */
  public void maxEntropyIrl(String name, Body<? super MaxEntropyIrlRewardBlock> body) {
    kind(name, "max_entropy_irl", new MaxEntropyIrlRewardBlock(), body);
  }

  /** A scalar head under which demonstrations are what a noisy expert would do. */
  public void maxEntropyIrl(
      String name,
      @DelegatesTo(value = MaxEntropyIrlRewardBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "max_entropy_irl",
        new MaxEntropyIrlRewardBlock(),
        ScriptBlock.<MaxEntropyIrlRewardBlock>body(body));
  }

  /** A head per category that rewards the last token of each span. */
  public void spanReward(String name, Body<? super SpanRewardRewardBlock> body) {
    kind(name, "span_reward", new SpanRewardRewardBlock(), body);
  }

  /** A head per category that rewards the last token of each span. */
  public void spanReward(
      String name,
      @DelegatesTo(value = SpanRewardRewardBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "span_reward",
        new SpanRewardRewardBlock(),
        ScriptBlock.<SpanRewardRewardBlock>body(body));
  }

  /** A head that says whether each step is right. */
  public void processReward(String name, Body<? super ProcessRewardRewardBlock> body) {
    kind(name, "process_reward", new ProcessRewardRewardBlock(), body);
  }

  /** A head that says whether each step is right. */
  public void processReward(
      String name,
      @DelegatesTo(value = ProcessRewardRewardBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "process_reward",
        new ProcessRewardRewardBlock(),
        ScriptBlock.<ProcessRewardRewardBlock>body(body));
  }

  /** A head that gives a distribution of the score, so that disagreement shows. */
  public void distributional(String name, Body<? super DistributionalRewardBlock> body) {
    kind(name, "distributional", new DistributionalRewardBlock(), body);
  }

  /** A head that gives a distribution of the score, so that disagreement shows. */
  public void distributional(
      String name,
      @DelegatesTo(value = DistributionalRewardBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "distributional",
        new DistributionalRewardBlock(),
        ScriptBlock.<DistributionalRewardBlock>body(body));
  }

  /** Several rewards, one for each of some groups that nobody has named. */
  public void mixture(String name, Body<? super MixtureRewardBlock> body) {
    kind(name, "mixture", new MixtureRewardBlock(), body);
  }

  /** Several rewards, one for each of some groups that nobody has named. */
  public void mixture(
      String name,
      @DelegatesTo(value = MixtureRewardBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(name, "mixture", new MixtureRewardBlock(), ScriptBlock.<MixtureRewardBlock>body(body));
  }

  /** Several rewards as one. */
  public void multiObjective(String name, Body<? super MultiObjectiveRewardBlock> body) {
    kind(name, "multi_objective", new MultiObjectiveRewardBlock(), body);
  }

  /** Several rewards as one. */
  public void multiObjective(
      String name,
      @DelegatesTo(value = MultiObjectiveRewardBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "multi_objective",
        new MultiObjectiveRewardBlock(),
        ScriptBlock.<MultiObjectiveRewardBlock>body(body));
  }

  /** The utility of declared values, as a rule that needs no feedback. */
  public void rules(String name, Body<? super RulesRewardBlock> body) {
    kind(name, "rules", new RulesRewardBlock(), body);
  }

  /** The utility of declared values, as a rule that needs no feedback. */
  public void rules(
      String name,
      @DelegatesTo(value = RulesRewardBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(name, "rules", new RulesRewardBlock(), ScriptBlock.<RulesRewardBlock>body(body));
  }

  /** Evaluators score every answer of the policy while it learns; no reward model. */
  public void directOversight(String name, Body<? super DirectOversightRewardBlock> body) {
    kind(name, "direct_oversight", new DirectOversightRewardBlock(), body);
  }

  /** Evaluators score every answer of the policy while it learns; no reward model. */
  public void directOversight(
      String name,
      @DelegatesTo(value = DirectOversightRewardBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "direct_oversight",
        new DirectOversightRewardBlock(),
        ScriptBlock.<DirectOversightRewardBlock>body(body));
  }

  /** A judge scores every answer under its principles; no reward model. */
  public void aiJudge(String name, Body<? super AiJudgeRewardBlock> body) {
    kind(name, "ai_judge", new AiJudgeRewardBlock(), body);
  }

  /** A judge scores every answer under its principles; no reward model. */
  public void aiJudge(
      String name,
      @DelegatesTo(value = AiJudgeRewardBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(name, "ai_judge", new AiJudgeRewardBlock(), ScriptBlock.<AiJudgeRewardBlock>body(body));
  }
}
