package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** Kullback-Leibler divergence from the reference policy. */
@SpecDsl
public final class KlBlock extends ScriptBlock {
  private @Nullable Number coefficient;

  /** Reward per nat; 0 switches the term off. */
  public @Nullable Number getCoefficient() {
    return coefficient;
  }

  /** Reward per nat; 0 switches the term off. */
  public void setCoefficient(@Nullable Number value) {
    coefficient = value;
    put("coefficient", value);
  }

  private @Nullable Number target;

  /** Makes the coefficient adaptive: the divergence that it steers to. */
  public @Nullable Number getTarget() {
    return target;
  }

  /** Makes the coefficient adaptive: the divergence that it steers to. */
  public void setTarget(@Nullable Number value) {
    target = value;
    put("target", value);
  }

  private @Nullable Number horizon;

  /** How slowly an adaptive coefficient moves. */
  public @Nullable Number getHorizon() {
    return horizon;
  }

  /** How slowly an adaptive coefficient moves. */
  public void setHorizon(@Nullable Number value) {
    horizon = value;
    put("horizon", value);
  }

  private @Nullable String reference;

  /** The reference; default: the policy that training starts from. */
  public @Nullable String getReference() {
    return reference;
  }

  /** The reference; default: the policy that training starts from. */
  public void setReference(@Nullable String value) {
    reference = value;
    put("reference", value);
  }

  private @Nullable String estimator;

  /** How the divergence is estimated; absent: the log-ratio. */
  public @Nullable String getEstimator() {
    return estimator;
  }

  /** How the divergence is estimated; absent: the log-ratio. */
  public void setEstimator(@Nullable String value) {
    estimator = value;
    put("estimator", value);
  }

  private @Nullable String placement;

  /** Where the term goes; absent: into the reward. */
  public @Nullable String getPlacement() {
    return placement;
  }

  /** Where the term goes; absent: into the reward. */
  public void setPlacement(@Nullable String value) {
    placement = value;
    put("placement", value);
  }
}
