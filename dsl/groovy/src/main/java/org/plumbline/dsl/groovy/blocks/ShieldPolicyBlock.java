package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/**
 * Gives the answers of one policy, or of a safer one where the reward models disagree or a rule is
 * broken.
 */
@SpecDsl
public final class ShieldPolicyBlock extends ScriptBlock {
  private @Nullable String from;

  /** The policy that answers. */
  public @Nullable String getFrom() {
    return from;
  }

  /** The policy that answers. */
  public void setFrom(@Nullable String value) {
    from = value;
    put("from", value);
  }

  private @Nullable String fallback;

  /** The policy that answers instead. */
  public @Nullable String getFallback() {
    return fallback;
  }

  /** The policy that answers instead. */
  public void setFallback(@Nullable String value) {
    fallback = value;
    put("fallback", value);
  }

  private @Nullable String reward;

  /** The ensemble whose disagreement is looked at. */
  public @Nullable String getReward() {
    return reward;
  }

  /** The ensemble whose disagreement is looked at. */
  public void setReward(@Nullable String value) {
    reward = value;
    put("reward", value);
  }

  private @Nullable Number maxSpread;

  /** Highest standard deviation of the members that is let pass. */
  public @Nullable Number getMaxSpread() {
    return maxSpread;
  }

  /** Highest standard deviation of the members that is let pass. */
  public void setMaxSpread(@Nullable Number value) {
    maxSpread = value;
    put("max_spread", value);
  }

  private @Nullable String values;

  /** Values of which an answer must not be worth less than 0. */
  public @Nullable String getValues() {
    return values;
  }

  /** Values of which an answer must not be worth less than 0. */
  public void setValues(@Nullable String value) {
    values = value;
    put("values", value);
  }

  private @Nullable Number temperature;

  /** Sampling temperature. */
  public @Nullable Number getTemperature() {
    return temperature;
  }

  /** Sampling temperature. */
  public void setTemperature(@Nullable Number value) {
    temperature = value;
    put("temperature", value);
  }
}
