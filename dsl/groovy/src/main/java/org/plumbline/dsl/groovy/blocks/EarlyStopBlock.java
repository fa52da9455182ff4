package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** When training stops before its last update. */
@SpecDsl
public final class EarlyStopBlock extends ScriptBlock {
  private @Nullable Number maxKl;

  /** Divergence from the reference. */
  public @Nullable Number getMaxKl() {
    return maxKl;
  }

  /** Divergence from the reference. */
  public void setMaxKl(@Nullable Number value) {
    maxKl = value;
    put("max_kl", value);
  }

  private @Nullable Number maxSpread;

  /** Standard deviation of an ensemble's members, as a multiple of that at the start. */
  public @Nullable Number getMaxSpread() {
    return maxSpread;
  }

  /** Standard deviation of an ensemble's members, as a multiple of that at the start. */
  public void setMaxSpread(@Nullable Number value) {
    maxSpread = value;
    put("max_spread", value);
  }

  private @Nullable Number minEntropy;

  /** Lowest entropy. */
  public @Nullable Number getMinEntropy() {
    return minEntropy;
  }

  /** Lowest entropy. */
  public void setMinEntropy(@Nullable Number value) {
    minEntropy = value;
    put("min_entropy", value);
  }
}
