package org.plumbline.dsl.groovy.blocks;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import org.jspecify.annotations.Nullable;

/** Several rewards as one. */
@SpecDsl
public final class MultiObjectiveRewardBlock extends ScriptBlock {
  /** The rewards, by name. */
  public void part(String name, Body<? super PartRewardBlock> body) {
    add("parts", name, new PartRewardBlock(), body);
  }

  /** The rewards, by name. */
  public void part(
      String name,
      @DelegatesTo(value = PartRewardBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    add("parts", name, new PartRewardBlock(), ScriptBlock.<PartRewardBlock>body(body));
  }

  private @Nullable String combine;

  /** How they become one. */
  public @Nullable String getCombine() {
    return combine;
  }

  /** How they become one. */
  public void setCombine(@Nullable String value) {
    combine = value;
    put("combine", value);
  }

  private @Nullable String normaliseOn;

  /** Bring each to mean 0 and variance 1 on answers of this policy first. */
  public @Nullable String getNormaliseOn() {
    return normaliseOn;
  }

  /** Bring each to mean 0 and variance 1 on answers of this policy first. */
  public void setNormaliseOn(@Nullable String value) {
    normaliseOn = value;
    put("normalise_on", value);
  }
}
