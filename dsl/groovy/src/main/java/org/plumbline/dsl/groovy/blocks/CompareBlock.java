package org.plumbline.dsl.groovy.blocks;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which recipes are compared, against which, on which prompts. */
@SpecDsl
public final class CompareBlock extends ScriptBlock {
  private @Nullable List<String> recipes;

  /** Policies and variants, in the order of the report. */
  public @Nullable List<String> getRecipes() {
    return recipes;
  }

  /** Policies and variants, in the order of the report. */
  public void setRecipes(@Nullable List<String> value) {
    recipes = value;
    put("recipes", value);
  }

  private @Nullable String against;

  /** The recipe that the others are measured against. */
  public @Nullable String getAgainst() {
    return against;
  }

  /** The recipe that the others are measured against. */
  public void setAgainst(@Nullable String value) {
    against = value;
    put("against", value);
  }

  private @Nullable String prompts;

  /** The prompts that are answered: usually held out, as in {@code prompts.held_out}. */
  public @Nullable String getPrompts() {
    return prompts;
  }

  /** The prompts that are answered: usually held out, as in {@code prompts.held_out}. */
  public void setPrompts(@Nullable String value) {
    prompts = value;
    put("prompts", value);
  }

  private @Nullable String values;

  /** The values that the gold reward is computed from; absent: no gold reward. */
  public @Nullable String getValues() {
    return values;
  }

  /** The values that the gold reward is computed from; absent: no gold reward. */
  public void setValues(@Nullable String value) {
    values = value;
    put("values", value);
  }

  private @Nullable String reward;

  /** The reward model that scores all answers; may be left out if only one is declared. */
  public @Nullable String getReward() {
    return reward;
  }

  /** The reward model that scores all answers; may be left out if only one is declared. */
  public void setReward(@Nullable String value) {
    reward = value;
    put("reward", value);
  }

  private @Nullable String groups;

  /** Evaluators whose groups' satisfaction is reported. */
  public @Nullable String getGroups() {
    return groups;
  }

  /** Evaluators whose groups' satisfaction is reported. */
  public void setGroups(@Nullable String value) {
    groups = value;
    put("groups", value);
  }

  /** An attack to look for: the same prompts with a trigger. */
  public void trigger(Body<? super TriggerBlock> body) {
    put("trigger", new TriggerBlock(), body);
  }

  /** An attack to look for: the same prompts with a trigger. */
  public void trigger(
      @DelegatesTo(value = TriggerBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
    put("trigger", new TriggerBlock(), ScriptBlock.<TriggerBlock>body(body));
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

  private @Nullable Number samples;

  /** Prompts whose answers the report shows. */
  public @Nullable Number getSamples() {
    return samples;
  }

  /** Prompts whose answers the report shows. */
  public void setSamples(@Nullable Number value) {
    samples = value;
    put("samples", value);
  }

  private @Nullable List<String> metrics;

  /** What is measured; absent: all that can be. */
  public @Nullable List<String> getMetrics() {
    return metrics;
  }

  /** What is measured; absent: all that can be. */
  public void setMetrics(@Nullable List<String> value) {
    metrics = value;
    put("metrics", value);
  }

  private @Nullable String judge;

  /** Evaluators who say which of two answers wins; absent: the gold reward. */
  public @Nullable String getJudge() {
    return judge;
  }

  /** Evaluators who say which of two answers wins; absent: the gold reward. */
  public void setJudge(@Nullable String value) {
    judge = value;
    put("judge", value);
  }

  /** Quantities that are watched while policies are trained. */
  public void monitors(Body<? super MonitorsBlock> body) {
    put("monitors", new MonitorsBlock(), body);
  }

  /** Quantities that are watched while policies are trained. */
  public void monitors(
      @DelegatesTo(value = MonitorsBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
    put("monitors", new MonitorsBlock(), ScriptBlock.<MonitorsBlock>body(body));
  }
}
