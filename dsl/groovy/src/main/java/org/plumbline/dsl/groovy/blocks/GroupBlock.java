package org.plumbline.dsl.groovy.blocks;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import org.jspecify.annotations.Nullable;

/** Simulated people who are alike. */
@SpecDsl
public final class GroupBlock extends ScriptBlock {
  private @Nullable Number count;

  /** How many; needed unless {@code share} is given. */
  public @Nullable Number getCount() {
    return count;
  }

  /** How many; needed unless {@code share} is given. */
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

  private @Nullable Number share;

  /** Their share of all people, in place of {@code count}; shares add up to 1. */
  public @Nullable Number getShare() {
    return share;
  }

  /** Their share of all people, in place of {@code count}; shares add up to 1. */
  public void setShare(@Nullable Number value) {
    share = value;
    put("share", value);
  }

  private @Nullable Number equalBelow;

  /** Answers whose worth differs by less are called equal. */
  public @Nullable Number getEqualBelow() {
    return equalBelow;
  }

  /** Answers whose worth differs by less are called equal. */
  public void setEqualBelow(@Nullable Number value) {
    equalBelow = value;
    put("equal_below", value);
  }

  private @Nullable Number skipBelow;

  /** Pairs in which neither answer is worth more are left out. */
  public @Nullable Number getSkipBelow() {
    return skipBelow;
  }

  /** Pairs in which neither answer is worth more are left out. */
  public void setSkipBelow(@Nullable Number value) {
    skipBelow = value;
    put("skip_below", value);
  }

  private @Nullable Number myopia;

  /** Weight of a word relative to the one after it; 1 weighs all alike. */
  public @Nullable Number getMyopia() {
    return myopia;
  }

  /** Weight of a word relative to the one after it; 1 weighs all alike. */
  public void setMyopia(@Nullable Number value) {
    myopia = value;
    put("myopia", value);
  }

  private @Nullable Number lapses;

  /** Share of labels given without looking. */
  public @Nullable Number getLapses() {
    return lapses;
  }

  /** Share of labels given without looking. */
  public void setLapses(@Nullable Number value) {
    lapses = value;
    put("lapses", value);
  }

  /** Rationality by topic. */
  public void topic(String name, Body<? super ExpertiseBlock> body) {
    add("expertise", name, new ExpertiseBlock(), body);
  }

  /** Rationality by topic. */
  public void topic(
      String name,
      @DelegatesTo(value = ExpertiseBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    add("expertise", name, new ExpertiseBlock(), ScriptBlock.<ExpertiseBlock>body(body));
  }

  private @Nullable Number confidenceBias;

  /** Added to the log-odds of the answer that sounds sure of itself. */
  public @Nullable Number getConfidenceBias() {
    return confidenceBias;
  }

  /** Added to the log-odds of the answer that sounds sure of itself. */
  public void setConfidenceBias(@Nullable Number value) {
    confidenceBias = value;
    put("confidence_bias", value);
  }

  private @Nullable Number sycophancyBias;

  /** Added to the log-odds of the answer that agrees with what the prompt says the asker thinks. */
  public @Nullable Number getSycophancyBias() {
    return sycophancyBias;
  }

  /** Added to the log-odds of the answer that agrees with what the prompt says the asker thinks. */
  public void setSycophancyBias(@Nullable Number value) {
    sycophancyBias = value;
    put("sycophancy_bias", value);
  }

  /** How they tire. */
  public void fatigue(Body<? super FatigueBlock> body) {
    put("fatigue", new FatigueBlock(), body);
  }

  /** How they tire. */
  public void fatigue(
      @DelegatesTo(value = FatigueBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
    put("fatigue", new FatigueBlock(), ScriptBlock.<FatigueBlock>body(body));
  }

  /** How much of an answer they see. */
  public void sees(Body<? super ViewBlock> body) {
    put("sees", new ViewBlock(), body);
  }

  /** How much of an answer they see. */
  public void sees(
      @DelegatesTo(value = ViewBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
    put("sees", new ViewBlock(), ScriptBlock.<ViewBlock>body(body));
  }

  /** How they use a rating scale. */
  public void ratings(Body<? super RatingsBlock> body) {
    put("ratings", new RatingsBlock(), body);
  }

  /** How they use a rating scale. */
  public void ratings(
      @DelegatesTo(value = RatingsBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
    put("ratings", new RatingsBlock(), ScriptBlock.<RatingsBlock>body(body));
  }

  /** Labels that they have a judge make for them. */
  public void outsourcing(Body<? super OutsourcingBlock> body) {
    put("outsourcing", new OutsourcingBlock(), body);
  }

  /** Labels that they have a judge make for them. */
  public void outsourcing(
      @DelegatesTo(value = OutsourcingBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    put("outsourcing", new OutsourcingBlock(), ScriptBlock.<OutsourcingBlock>body(body));
  }

  private @Nullable Number cost;

  /** Price of one of their labels, in place of the price of all. */
  public @Nullable Number getCost() {
    return cost;
  }

  /** Price of one of their labels, in place of the price of all. */
  public void setCost(@Nullable Number value) {
    cost = value;
    put("cost", value);
  }
}
