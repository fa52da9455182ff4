package org.plumbline.dsl.groovy.blocks;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import org.jspecify.annotations.Nullable;

/** Pairs of sampled answers to one prompt, compared by evaluators. */
@SpecDsl
public final class ComparisonsFeedbackBlock extends ScriptBlock {
  private @Nullable String of;

  /** The policy whose answers are compared. */
  public @Nullable String getOf() {
    return of;
  }

  /** The policy whose answers are compared. */
  public void setOf(@Nullable String value) {
    of = value;
    put("of", value);
  }

  private @Nullable String prompts;

  /** The prompts that are answered. */
  public @Nullable String getPrompts() {
    return prompts;
  }

  /** The prompts that are answered. */
  public void setPrompts(@Nullable String value) {
    prompts = value;
    put("prompts", value);
  }

  private @Nullable String evaluators;

  /** Who compares. */
  public @Nullable String getEvaluators() {
    return evaluators;
  }

  /** Who compares. */
  public void setEvaluators(@Nullable String value) {
    evaluators = value;
    put("evaluators", value);
  }

  private @Nullable Number pairs;

  /** Pairs of answers. */
  public @Nullable Number getPairs() {
    return pairs;
  }

  /** Pairs of answers. */
  public void setPairs(@Nullable Number value) {
    pairs = value;
    put("pairs", value);
  }

  private @Nullable Number perPrompt;

  /** Most pairs drawn for one prompt. */
  public @Nullable Number getPerPrompt() {
    return perPrompt;
  }

  /** Most pairs drawn for one prompt. */
  public void setPerPrompt(@Nullable Number value) {
    perPrompt = value;
    put("per_prompt", value);
  }

  private @Nullable Boolean bothOrders;

  /** Show every pair in both orders and average (judges only). */
  public @Nullable Boolean getBothOrders() {
    return bothOrders;
  }

  /** Show every pair in both orders and average (judges only). */
  public void setBothOrders(@Nullable Boolean value) {
    bothOrders = value;
    put("both_orders", value);
  }

  /** How many people see the same pair, and for which share of the pairs. */
  public void redundancy(Body<? super RedundancyFeedbackBlock> body) {
    put("redundancy", new RedundancyFeedbackBlock(), body);
  }

  /** How many people see the same pair, and for which share of the pairs. */
  public void redundancy(
      @DelegatesTo(value = RedundancyFeedbackBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    put(
        "redundancy",
        new RedundancyFeedbackBlock(),
        ScriptBlock.<RedundancyFeedbackBlock>body(body));
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

  private @Nullable Number maxNewTokens;

  /** Longest answer. */
  public @Nullable Number getMaxNewTokens() {
    return maxNewTokens;
  }

  /** Longest answer. */
  public void setMaxNewTokens(@Nullable Number value) {
    maxNewTokens = value;
    put("max_new_tokens", value);
  }

  private @Nullable String aggregate;

  /** How several labels of a pair become one; absent: the majority. */
  public @Nullable String getAggregate() {
    return aggregate;
  }

  /** How several labels of a pair become one; absent: the majority. */
  public void setAggregate(@Nullable String value) {
    aggregate = value;
    put("aggregate", value);
  }

  private @Nullable Number budget;

  /** Most that may be spent. */
  public @Nullable Number getBudget() {
    return budget;
  }

  /** Most that may be spent. */
  public void setBudget(@Nullable Number value) {
    budget = value;
    put("budget", value);
  }

  /** Which pairs are asked about; absent: drawn by chance. */
  public void selection(Body<? super SelectionFeedbackBlock> body) {
    put("selection", new SelectionFeedbackBlock(), body);
  }

  /** Which pairs are asked about; absent: drawn by chance. */
  public void selection(
      @DelegatesTo(value = SelectionFeedbackBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    put("selection", new SelectionFeedbackBlock(), ScriptBlock.<SelectionFeedbackBlock>body(body));
  }

  private @Nullable String instructions;

  /** What evaluators are told, as it stands on the page. */
  public @Nullable String getInstructions() {
    return instructions;
  }

  /** What evaluators are told, as it stands on the page. */
  public void setInstructions(@Nullable String value) {
    instructions = value;
    put("instructions", value);
  }

  /** Other policies that answers come from as well. */
  public void source(String name, Body<? super SourceFeedbackBlock> body) {
    add("sources", name, new SourceFeedbackBlock(), body);
  }

  /** Other policies that answers come from as well. */
  public void source(
      String name,
      @DelegatesTo(value = SourceFeedbackBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    add("sources", name, new SourceFeedbackBlock(), ScriptBlock.<SourceFeedbackBlock>body(body));
  }
}
