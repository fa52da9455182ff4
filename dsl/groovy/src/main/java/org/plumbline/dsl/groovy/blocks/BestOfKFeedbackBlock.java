package org.plumbline.dsl.groovy.blocks;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import org.jspecify.annotations.Nullable;

/** Several answers to a prompt, of which the best is chosen. */
@SpecDsl
public final class BestOfKFeedbackBlock extends ScriptBlock {
  private @Nullable String of;

  /** The policy whose answers are shown. */
  public @Nullable String getOf() {
    return of;
  }

  /** The policy whose answers are shown. */
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

  /** Who chooses. */
  public @Nullable String getEvaluators() {
    return evaluators;
  }

  /** Who chooses. */
  public void setEvaluators(@Nullable String value) {
    evaluators = value;
    put("evaluators", value);
  }

  private @Nullable Number items;

  /** How many are asked for. */
  public @Nullable Number getItems() {
    return items;
  }

  /** How many are asked for. */
  public void setItems(@Nullable Number value) {
    items = value;
    put("items", value);
  }

  private @Nullable Number k;

  /** Answers to choose from. */
  public @Nullable Number getK() {
    return k;
  }

  /** Answers to choose from. */
  public void setK(@Nullable Number value) {
    k = value;
    put("k", value);
  }

  /** How many people see the same, and for which share. */
  public void redundancy(Body<? super RedundancyFeedbackBlock> body) {
    put("redundancy", new RedundancyFeedbackBlock(), body);
  }

  /** How many people see the same, and for which share. */
  public void redundancy(
      @DelegatesTo(value = RedundancyFeedbackBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    put(
        "redundancy",
        new RedundancyFeedbackBlock(),
        ScriptBlock.<RedundancyFeedbackBlock>body(body));
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

  /** What is asked about; absent: drawn by chance. */
  public void selection(Body<? super SelectionFeedbackBlock> body) {
    put("selection", new SelectionFeedbackBlock(), body);
  }

  /** What is asked about; absent: drawn by chance. */
  public void selection(
      @DelegatesTo(value = SelectionFeedbackBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    put("selection", new SelectionFeedbackBlock(), ScriptBlock.<SelectionFeedbackBlock>body(body));
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
}
