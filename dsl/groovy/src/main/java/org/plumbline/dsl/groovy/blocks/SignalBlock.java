package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** What tells that feedback is stale. */
@SpecDsl
public final class SignalBlock extends ScriptBlock {
  private @Nullable Number maxKl;

  /** Divergence from the policy of the last round. */
  public @Nullable Number getMaxKl() {
    return maxKl;
  }

  /** Divergence from the policy of the last round. */
  public void setMaxKl(@Nullable Number value) {
    maxKl = value;
    put("max_kl", value);
  }

  private @Nullable Number maxSpread;

  /** Standard deviation of the ensemble's members, as a multiple of that at the start. */
  public @Nullable Number getMaxSpread() {
    return maxSpread;
  }

  /** Standard deviation of the ensemble's members, as a multiple of that at the start. */
  public void setMaxSpread(@Nullable Number value) {
    maxSpread = value;
    put("max_spread", value);
  }

  private @Nullable Number minAccuracy;

  /** Accuracy of the reward on a few fresh labels. */
  public @Nullable Number getMinAccuracy() {
    return minAccuracy;
  }

  /** Accuracy of the reward on a few fresh labels. */
  public void setMinAccuracy(@Nullable Number value) {
    minAccuracy = value;
    put("min_accuracy", value);
  }
}
