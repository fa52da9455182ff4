package org.plumbline.dsl.groovy.blocks;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;

/** Policies: one method each. */
@SpecDsl
public final class PoliciesBlock extends ScriptBlock {
  /** Maximum likelihood of demonstrations; the loss is on the answers only. */
  public void supervised(String name, Body<? super SupervisedPolicyBlock> body) {
    kind(name, "supervised", new SupervisedPolicyBlock(), body);
  }

  /** Maximum likelihood of demonstrations; the loss is on the answers only. */
  public void supervised(
      String name,
      @DelegatesTo(value = SupervisedPolicyBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "supervised",
        new SupervisedPolicyBlock(),
        ScriptBlock.<SupervisedPolicyBlock>body(body));
  }

  /** Proximal policy optimisation against a reward, kept near a reference. */
  public void ppo(String name, Body<? super PpoPolicyBlock> body) {
    kind(name, "ppo", new PpoPolicyBlock(), body);
  }

  /** Proximal policy optimisation against a reward, kept near a reference. */
  public void ppo(
      String name,
      @DelegatesTo(value = PpoPolicyBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(name, "ppo", new PpoPolicyBlock(), ScriptBlock.<PpoPolicyBlock>body(body));
  }

  /** Fits the policy to comparisons without a reward model. */
  public void dpo(String name, Body<? super DpoPolicyBlock> body) {
    kind(name, "dpo", new DpoPolicyBlock(), body);
  }

  /** Fits the policy to comparisons without a reward model. */
  public void dpo(
      String name,
      @DelegatesTo(value = DpoPolicyBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(name, "dpo", new DpoPolicyBlock(), ScriptBlock.<DpoPolicyBlock>body(body));
  }

  /** Samples several answers and gives the one with the highest reward. */
  public void bestOfN(String name, Body<? super BestOfNPolicyBlock> body) {
    kind(name, "best_of_n", new BestOfNPolicyBlock(), body);
  }

  /** Samples several answers and gives the one with the highest reward. */
  public void bestOfN(
      String name,
      @DelegatesTo(value = BestOfNPolicyBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(name, "best_of_n", new BestOfNPolicyBlock(), ScriptBlock.<BestOfNPolicyBlock>body(body));
  }

  /** Answers are criticised and revised under principles, then learned (constitutional AI). */
  public void critiqueRevision(String name, Body<? super CritiqueRevisionPolicyBlock> body) {
    kind(name, "critique_revision", new CritiqueRevisionPolicyBlock(), body);
  }

  /** Answers are criticised and revised under principles, then learned (constitutional AI). */
  public void critiqueRevision(
      String name,
      @DelegatesTo(value = CritiqueRevisionPolicyBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "critique_revision",
        new CritiqueRevisionPolicyBlock(),
        ScriptBlock.<CritiqueRevisionPolicyBlock>body(body));
  }

  /** REINFORCE on whole answers; the baseline is the mean reward of the prompt's other answers. */
  public void rloo(String name, Body<? super RlooPolicyBlock> body) {
    kind(name, "rloo", new RlooPolicyBlock(), body);
  }

  /** REINFORCE on whole answers; the baseline is the mean reward of the prompt's other answers. */
  public void rloo(
      String name,
      @DelegatesTo(value = RlooPolicyBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(name, "rloo", new RlooPolicyBlock(), ScriptBlock.<RlooPolicyBlock>body(body));
  }

  /** REINFORCE on whole answers with a simple baseline. */
  public void reinforce(String name, Body<? super ReinforcePolicyBlock> body) {
    kind(name, "reinforce", new ReinforcePolicyBlock(), body);
  }

  /** REINFORCE on whole answers with a simple baseline. */
  public void reinforce(
      String name,
      @DelegatesTo(value = ReinforcePolicyBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "reinforce",
        new ReinforcePolicyBlock(),
        ScriptBlock.<ReinforcePolicyBlock>body(body));
  }

  /**
   * REINFORCE with token rewards, advantages normalised over the whole batch, and a clipped ratio.
   */
  public void reinforcePlusPlus(String name, Body<? super ReinforcePlusPlusPolicyBlock> body) {
    kind(name, "reinforce_plus_plus", new ReinforcePlusPlusPolicyBlock(), body);
  }

  /**
   * REINFORCE with token rewards, advantages normalised over the whole batch, and a clipped ratio.
   */
  public void reinforcePlusPlus(
      String name,
      @DelegatesTo(value = ReinforcePlusPlusPolicyBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "reinforce_plus_plus",
        new ReinforcePlusPlusPolicyBlock(),
        ScriptBlock.<ReinforcePlusPlusPolicyBlock>body(body));
  }

  /**
   * Policy optimisation without a value head: advantages relative to the answers of the same
   * prompt.
   */
  public void grpo(String name, Body<? super GrpoPolicyBlock> body) {
    kind(name, "grpo", new GrpoPolicyBlock(), body);
  }

  /**
   * Policy optimisation without a value head: advantages relative to the answers of the same
   * prompt.
   */
  public void grpo(
      String name,
      @DelegatesTo(value = GrpoPolicyBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(name, "grpo", new GrpoPolicyBlock(), ScriptBlock.<GrpoPolicyBlock>body(body));
  }

  /**
   * Each step samples answers from the policy, has them judged at once, and takes a step of dpo.
   */
  public void onlineDpo(String name, Body<? super OnlineDpoPolicyBlock> body) {
    kind(name, "online_dpo", new OnlineDpoPolicyBlock(), body);
  }

  /**
   * Each step samples answers from the policy, has them judged at once, and takes a step of dpo.
   */
  public void onlineDpo(
      String name,
      @DelegatesTo(value = OnlineDpoPolicyBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "online_dpo",
        new OnlineDpoPolicyBlock(),
        ScriptBlock.<OnlineDpoPolicyBlock>body(body));
  }

  /**
   * Seeks the policy that no other is preferred to, against a mixture of itself and the reference.
   */
  public void nashMd(String name, Body<? super NashMdPolicyBlock> body) {
    kind(name, "nash_md", new NashMdPolicyBlock(), body);
  }

  /**
   * Seeks the policy that no other is preferred to, against a mixture of itself and the reference.
   */
  public void nashMd(
      String name,
      @DelegatesTo(value = NashMdPolicyBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(name, "nash_md", new NashMdPolicyBlock(), ScriptBlock.<NashMdPolicyBlock>body(body));
  }

  /** Samples several answers per prompt, keeps the good ones, learns them, and repeats. */
  public void expertIteration(String name, Body<? super ExpertIterationPolicyBlock> body) {
    kind(name, "expert_iteration", new ExpertIterationPolicyBlock(), body);
  }

  /** Samples several answers per prompt, keeps the good ones, learns them, and repeats. */
  public void expertIteration(
      String name,
      @DelegatesTo(value = ExpertIterationPolicyBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "expert_iteration",
        new ExpertIterationPolicyBlock(),
        ScriptBlock.<ExpertIterationPolicyBlock>body(body));
  }

  /** Samples from the optimum of reward minus divergence by rejection; nothing is trained. */
  public void rejectionSampling(String name, Body<? super RejectionSamplingPolicyBlock> body) {
    kind(name, "rejection_sampling", new RejectionSamplingPolicyBlock(), body);
  }

  /** Samples from the optimum of reward minus divergence by rejection; nothing is trained. */
  public void rejectionSampling(
      String name,
      @DelegatesTo(value = RejectionSamplingPolicyBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "rejection_sampling",
        new RejectionSamplingPolicyBlock(),
        ScriptBlock.<RejectionSamplingPolicyBlock>body(body));
  }

  /**
   * Samples an answer from the best share of the policy's own answers; bounds what a wrong reward
   * can cost.
   */
  public void quantilizer(String name, Body<? super QuantilizerPolicyBlock> body) {
    kind(name, "quantilizer", new QuantilizerPolicyBlock(), body);
  }

  /**
   * Samples an answer from the best share of the policy's own answers; bounds what a wrong reward
   * can cost.
   */
  public void quantilizer(
      String name,
      @DelegatesTo(value = QuantilizerPolicyBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "quantilizer",
        new QuantilizerPolicyBlock(),
        ScriptBlock.<QuantilizerPolicyBlock>body(body));
  }

  /**
   * Gives the answers of one policy, or of a safer one where the reward models disagree or a rule
   * is broken.
   */
  public void shield(String name, Body<? super ShieldPolicyBlock> body) {
    kind(name, "shield", new ShieldPolicyBlock(), body);
  }

  /**
   * Gives the answers of one policy, or of a safer one where the reward models disagree or a rule
   * is broken.
   */
  public void shield(
      String name,
      @DelegatesTo(value = ShieldPolicyBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(name, "shield", new ShieldPolicyBlock(), ScriptBlock.<ShieldPolicyBlock>body(body));
  }

  /**
   * Like dpo with a squared loss, which keeps near the reference even where labels never disagree.
   */
  public void ipo(String name, Body<? super IpoPolicyBlock> body) {
    kind(name, "ipo", new IpoPolicyBlock(), body);
  }

  /**
   * Like dpo with a squared loss, which keeps near the reference even where labels never disagree.
   */
  public void ipo(
      String name,
      @DelegatesTo(value = IpoPolicyBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(name, "ipo", new IpoPolicyBlock(), ScriptBlock.<IpoPolicyBlock>body(body));
  }

  /** Fits the policy to answers that are good or bad, without pairs. */
  public void kto(String name, Body<? super KtoPolicyBlock> body) {
    kind(name, "kto", new KtoPolicyBlock(), body);
  }

  /** Fits the policy to answers that are good or bad, without pairs. */
  public void kto(
      String name,
      @DelegatesTo(value = KtoPolicyBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(name, "kto", new KtoPolicyBlock(), ScriptBlock.<KtoPolicyBlock>body(body));
  }

  /** Fits a classifier of good and bad answers whose logit is the implicit reward. */
  public void bco(String name, Body<? super BcoPolicyBlock> body) {
    kind(name, "bco", new BcoPolicyBlock(), body);
  }

  /** Fits a classifier of good and bad answers whose logit is the implicit reward. */
  public void bco(
      String name,
      @DelegatesTo(value = BcoPolicyBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(name, "bco", new BcoPolicyBlock(), ScriptBlock.<BcoPolicyBlock>body(body));
  }

  /**
   * Supervised learning of the preferred answers with a penalty on the odds of the others; no
   * reference.
   */
  public void orpo(String name, Body<? super OrpoPolicyBlock> body) {
    kind(name, "orpo", new OrpoPolicyBlock(), body);
  }

  /**
   * Supervised learning of the preferred answers with a penalty on the odds of the others; no
   * reference.
   */
  public void orpo(
      String name,
      @DelegatesTo(value = OrpoPolicyBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(name, "orpo", new OrpoPolicyBlock(), ScriptBlock.<OrpoPolicyBlock>body(body));
  }

  /** Like dpo with the mean log-likelihood as reward, and no reference. */
  public void simpo(String name, Body<? super SimpoPolicyBlock> body) {
    kind(name, "simpo", new SimpoPolicyBlock(), body);
  }

  /** Like dpo with the mean log-likelihood as reward, and no reference. */
  public void simpo(
      String name,
      @DelegatesTo(value = SimpoPolicyBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(name, "simpo", new SimpoPolicyBlock(), ScriptBlock.<SimpoPolicyBlock>body(body));
  }

  /** Like dpo with a uniform reference, and the likelihood of the preferred answers beside it. */
  public void cpo(String name, Body<? super CpoPolicyBlock> body) {
    kind(name, "cpo", new CpoPolicyBlock(), body);
  }

  /** Like dpo with a uniform reference, and the likelihood of the preferred answers beside it. */
  public void cpo(
      String name,
      @DelegatesTo(value = CpoPolicyBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(name, "cpo", new CpoPolicyBlock(), ScriptBlock.<CpoPolicyBlock>body(body));
  }

  /** A hinge loss on the log-likelihoods of the two answers, and likelihood beside it. */
  public void slic(String name, Body<? super SlicPolicyBlock> body) {
    kind(name, "slic", new SlicPolicyBlock(), body);
  }

  /** A hinge loss on the log-likelihoods of the two answers, and likelihood beside it. */
  public void slic(
      String name,
      @DelegatesTo(value = SlicPolicyBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(name, "slic", new SlicPolicyBlock(), ScriptBlock.<SlicPolicyBlock>body(body));
  }

  /** Ranks answers by length-normalised likelihood as people ranked them, and learns the best. */
  public void rrhf(String name, Body<? super RrhfPolicyBlock> body) {
    kind(name, "rrhf", new RrhfPolicyBlock(), body);
  }

  /** Ranks answers by length-normalised likelihood as people ranked them, and learns the best. */
  public void rrhf(
      String name,
      @DelegatesTo(value = RrhfPolicyBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(name, "rrhf", new RrhfPolicyBlock(), ScriptBlock.<RrhfPolicyBlock>body(body));
  }

  /** Marks every text as good or bad, learns all of them, and asks for good ones. */
  public void conditionalTraining(String name, Body<? super ConditionalTrainingPolicyBlock> body) {
    kind(name, "conditional_training", new ConditionalTrainingPolicyBlock(), body);
  }

  /** Marks every text as good or bad, learns all of them, and asks for good ones. */
  public void conditionalTraining(
      String name,
      @DelegatesTo(value = ConditionalTrainingPolicyBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "conditional_training",
        new ConditionalTrainingPolicyBlock(),
        ScriptBlock.<ConditionalTrainingPolicyBlock>body(body));
  }

  /** Learns only the texts whose score is good. */
  public void filtering(String name, Body<? super FilteringPolicyBlock> body) {
    kind(name, "filtering", new FilteringPolicyBlock(), body);
  }

  /** Learns only the texts whose score is good. */
  public void filtering(
      String name,
      @DelegatesTo(value = FilteringPolicyBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "filtering",
        new FilteringPolicyBlock(),
        ScriptBlock.<FilteringPolicyBlock>body(body));
  }

  /** Learns good texts, and makes the tokens of bad ones less likely. */
  public void unlikelihood(String name, Body<? super UnlikelihoodPolicyBlock> body) {
    kind(name, "unlikelihood", new UnlikelihoodPolicyBlock(), body);
  }

  /** Learns good texts, and makes the tokens of bad ones less likely. */
  public void unlikelihood(
      String name,
      @DelegatesTo(value = UnlikelihoodPolicyBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "unlikelihood",
        new UnlikelihoodPolicyBlock(),
        ScriptBlock.<UnlikelihoodPolicyBlock>body(body));
  }

  /** Learns every text with the weight exp(reward / beta). */
  public void rewardWeightedRegression(
      String name, Body<? super RewardWeightedRegressionPolicyBlock> body) {
    kind(name, "reward_weighted_regression", new RewardWeightedRegressionPolicyBlock(), body);
  }

  /** Learns every text with the weight exp(reward / beta). */
  public void rewardWeightedRegression(
      String name,
      @DelegatesTo(
              value = RewardWeightedRegressionPolicyBlock.class,
              strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "reward_weighted_regression",
        new RewardWeightedRegressionPolicyBlock(),
        ScriptBlock.<RewardWeightedRegressionPolicyBlock>body(body));
  }

  /** Learns every text with a weight that grows with its advantage over a learned value. */
  public void advantageWeightedRegression(
      String name, Body<? super AdvantageWeightedRegressionPolicyBlock> body) {
    kind(name, "advantage_weighted_regression", new AdvantageWeightedRegressionPolicyBlock(), body);
  }

  /** Learns every text with a weight that grows with its advantage over a learned value. */
  public void advantageWeightedRegression(
      String name,
      @DelegatesTo(
              value = AdvantageWeightedRegressionPolicyBlock.class,
              strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "advantage_weighted_regression",
        new AdvantageWeightedRegressionPolicyBlock(),
        ScriptBlock.<AdvantageWeightedRegressionPolicyBlock>body(body));
  }

  /**
   * Has answers refined by what people wrote about them, and learns the refinement that follows it
   * best.
   */
  public void languageFeedback(String name, Body<? super LanguageFeedbackPolicyBlock> body) {
    kind(name, "language_feedback", new LanguageFeedbackPolicyBlock(), body);
  }

  /**
   * Has answers refined by what people wrote about them, and learns the refinement that follows it
   * best.
   */
  public void languageFeedback(
      String name,
      @DelegatesTo(value = LanguageFeedbackPolicyBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "language_feedback",
        new LanguageFeedbackPolicyBlock(),
        ScriptBlock.<LanguageFeedbackPolicyBlock>body(body));
  }

  /** Moves as little as possible until features appear as often as asked. */
  public void gdc(String name, Body<? super GdcPolicyBlock> body) {
    kind(name, "gdc", new GdcPolicyBlock(), body);
  }

  /** Moves as little as possible until features appear as often as asked. */
  public void gdc(
      String name,
      @DelegatesTo(value = GdcPolicyBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(name, "gdc", new GdcPolicyBlock(), ScriptBlock.<GdcPolicyBlock>body(body));
  }

  /** Approaches the optimum of reward minus divergence under any f-divergence. */
  public void fDpg(String name, Body<? super FDpgPolicyBlock> body) {
    kind(name, "f_dpg", new FDpgPolicyBlock(), body);
  }

  /** Approaches the optimum of reward minus divergence under any f-divergence. */
  public void fDpg(
      String name,
      @DelegatesTo(value = FDpgPolicyBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(name, "f_dpg", new FDpgPolicyBlock(), ScriptBlock.<FDpgPolicyBlock>body(body));
  }
}
