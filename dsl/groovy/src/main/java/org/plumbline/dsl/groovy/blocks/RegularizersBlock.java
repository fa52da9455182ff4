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
}
