package org.plumbline.dsl.groovy.blocks;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import org.jspecify.annotations.Nullable;

/** Simulated people who are alike. */
@SpecDsl
public final class GroupBlock extends ScriptBlock {
  private @Nullable Number count;

  /** How many. */
  public @Nullable Number getCount() {
    return count;
  }

  /** How many. */
  public void setCount(@Nullable Number value) {
    count = value;
    put("count", value);
  }

  private @Nullable String values;

  /** What they want; default: the population's values. */
  public @Nullable String getValues() {
    return values;
  }

  /** What they want; default: the population's values. */
  public void setValues(@Nullable String value) {
    values = value;
    put("values", value);
  }

  private @Nullable Number rationality;

  /** How sharply they prefer the better answer; 0 is a coin. */
  public @Nullable Number getRationality() {
    return rationality;
  }

  /** How sharply they prefer the better answer; 0 is a coin. */
  public void setRationality(@Nullable Number value) {
    rationality = value;
    put("rationality", value);
  }

  private @Nullable Number mistakes;

  /** Share of labels that are the wrong way round by accident. */
  public @Nullable Number getMistakes() {
    return mistakes;
  }

  /** Share of labels that are the wrong way round by accident. */
  public void setMistakes(@Nullable Number value) {
    mistakes = value;
    put("mistakes", value);
  }

  private @Nullable Number skips;

  /** Share of comparisons they leave out. */
  public @Nullable Number getSkips() {
    return skips;
  }

  /** Share of comparisons they leave out. */
  public void setSkips(@Nullable Number value) {
    skips = value;
    put("skips", value);
  }

  private @Nullable Number lengthBias;

  /** Added to the log-odds per word that the first answer is longer. */
  public @Nullable Number getLengthBias() {
    return lengthBias;
  }

  /** Added to the log-odds per word that the first answer is longer. */
  public void setLengthBias(@Nullable Number value) {
    lengthBias = value;
    put("length_bias", value);
  }

  private @Nullable Number positionBias;

  /** Added to the log-odds of the answer shown first. */
  public @Nullable Number getPositionBias() {
    return positionBias;
  }

  /** Added to the log-odds of the answer shown first. */
  public void setPositionBias(@Nullable Number value) {
    positionBias = value;
    put("position_bias", value);
  }

  /** What they do on purpose. */
  public void malicious(Body<? super MaliciousBlock> body) {
    put("malicious", new MaliciousBlock(), body);
  }

  /** What they do on purpose. */
  public void malicious(
      @DelegatesTo(value = MaliciousBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    put("malicious", new MaliciousBlock(), ScriptBlock.<MaliciousBlock>body(body));
  }
}
