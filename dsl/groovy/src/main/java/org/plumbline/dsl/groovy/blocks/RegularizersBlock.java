package org.plumbline.dsl.groovy.blocks;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import org.jspecify.annotations.Nullable;

/** What keeps a policy in check while it is optimised. */
@SpecDsl
public final class RegularizersBlock extends ScriptBlock {
  /** Kullback-Leibler divergence from the reference, taken off the reward. */
  public void kl(Body<? super KlBlock> body) {
    put("kl", new KlBlock(), body);
  }

  /** Kullback-Leibler divergence from the reference, taken off the reward. */
  public void kl(
      @DelegatesTo(value = KlBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
    put("kl", new KlBlock(), ScriptBlock.<KlBlock>body(body));
  }

  private @Nullable Number entropy;

  /** Weight of the token entropy in the loss. */
  public @Nullable Number getEntropy() {
    return entropy;
  }

  /** Weight of the token entropy in the loss. */
  public void setEntropy(@Nullable Number value) {
    entropy = value;
    put("entropy", value);
  }

  private @Nullable Number rewardClip;

  /** Scores beyond this many standard deviations are cut; absent: not cut. */
  public @Nullable Number getRewardClip() {
    return rewardClip;
  }

  /** Scores beyond this many standard deviations are cut; absent: not cut. */
  public void setRewardClip(@Nullable Number value) {
    rewardClip = value;
    put("reward_clip", value);
  }

  private @Nullable Number entropyTarget;

  /** Steers the entropy weight so that this entropy is kept. */
  public @Nullable Number getEntropyTarget() {
    return entropyTarget;
  }

  /** Steers the entropy weight so that this entropy is kept. */
  public void setEntropyTarget(@Nullable Number value) {
    entropyTarget = value;
    put("entropy_target", value);
  }

  private @Nullable Boolean rewardScaling;

  /** Scores are divided by their running standard deviation. */
  public @Nullable Boolean getRewardScaling() {
    return rewardScaling;
  }

  /** Scores are divided by their running standard deviation. */
  public void setRewardScaling(@Nullable Boolean value) {
    rewardScaling = value;
    put("reward_scaling", value);
  }

  /** Likelihood of texts beside the reward, against forgetting (PPO-ptx). */
  public void pretrainingMix(Body<? super PretrainingMixBlock> body) {
    put("pretraining_mix", new PretrainingMixBlock(), body);
  }

  /** Likelihood of texts beside the reward, against forgetting (PPO-ptx). */
  public void pretrainingMix(
      @DelegatesTo(value = PretrainingMixBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    put("pretraining_mix", new PretrainingMixBlock(), ScriptBlock.<PretrainingMixBlock>body(body));
  }

  /** Taken off the score of long answers. */
  public void lengthPenalty(Body<? super LengthPenaltyBlock> body) {
    put("length_penalty", new LengthPenaltyBlock(), body);
  }

  /** Taken off the score of long answers. */
  public void lengthPenalty(
      @DelegatesTo(value = LengthPenaltyBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    put("length_penalty", new LengthPenaltyBlock(), ScriptBlock.<LengthPenaltyBlock>body(body));
  }

  /** Taken off the score of answers that repeat themselves. */
  public void repetitionPenalty(Body<? super RepetitionPenaltyBlock> body) {
    put("repetition_penalty", new RepetitionPenaltyBlock(), body);
  }

  /** Taken off the score of answers that repeat themselves. */
  public void repetitionPenalty(
      @DelegatesTo(value = RepetitionPenaltyBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    put(
        "repetition_penalty",
        new RepetitionPenaltyBlock(),
        ScriptBlock.<RepetitionPenaltyBlock>body(body));
  }

  /** When training stops before its last update. */
  public void earlyStop(Body<? super EarlyStopBlock> body) {
    put("early_stop", new EarlyStopBlock(), body);
  }

  /** When training stops before its last update. */
  public void earlyStop(
      @DelegatesTo(value = EarlyStopBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    put("early_stop", new EarlyStopBlock(), ScriptBlock.<EarlyStopBlock>body(body));
  }

  /** Rewards that must stay below a limit, by Lagrange multipliers. */
  public void constraint(String name, Body<? super ConstraintBlock> body) {
    add("constraints", name, new ConstraintBlock(), body);
  }

  /** Rewards that must stay below a limit, by Lagrange multipliers. */
  public void constraint(
      String name,
      @DelegatesTo(value = ConstraintBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    add("constraints", name, new ConstraintBlock(), ScriptBlock.<ConstraintBlock>body(body));
  }
}
