package org.plumbline.dsl.groovy.blocks;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An RLHF experiment: feedback, reward models, policies and their comparison. */
@SpecDsl
public final class ExperimentBlock extends ScriptBlock {
  private @Nullable List<? extends Number> seeds;

  /** The seeds that every recipe is repeated with. */
  public @Nullable List<? extends Number> getSeeds() {
    return seeds;
  }

  /** The seeds that every recipe is repeated with. */
  public void setSeeds(@Nullable List<? extends Number> value) {
    seeds = value;
    put("seeds", value);
  }

  /** Base models: trained from scratch on a corpus, or judges. */
  public void models(Body<? super ModelsBlock> body) {
    open("models", new ModelsBlock(), body);
  }

  /** Base models: trained from scratch on a corpus, or judges. */
  public void models(
      @DelegatesTo(value = ModelsBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
    open("models", new ModelsBlock(), ScriptBlock.<ModelsBlock>body(body));
  }

  /** Prompts, demonstrations and existing preferences. */
  public void data(String name, Body<? super DataBlock> body) {
    add("data", name, new DataBlock(), body);
  }

  /** Prompts, demonstrations and existing preferences. */
  public void data(
      String name,
      @DelegatesTo(value = DataBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
    add("data", name, new DataBlock(), ScriptBlock.<DataBlock>body(body));
  }

  /** What people want: weighted features of a text. */
  public void values(String name, Body<? super ValuesBlock> body) {
    add("values", name, new ValuesBlock(), body);
  }

  /** What people want: weighted features of a text. */
  public void values(
      String name,
      @DelegatesTo(value = ValuesBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
    add("values", name, new ValuesBlock(), ScriptBlock.<ValuesBlock>body(body));
  }

  /** Who gives feedback. */
  public void evaluators(String name, Body<? super EvaluatorsBlock> body) {
    add("evaluators", name, new EvaluatorsBlock(), body);
  }

  /** Who gives feedback. */
  public void evaluators(
      String name,
      @DelegatesTo(value = EvaluatorsBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    add("evaluators", name, new EvaluatorsBlock(), ScriptBlock.<EvaluatorsBlock>body(body));
  }

  /** Which feedback is collected from whom on what. */
  public void feedback(Body<? super FeedbackBlock> body) {
    open("feedback", new FeedbackBlock(), body);
  }

  /** Which feedback is collected from whom on what. */
  public void feedback(
      @DelegatesTo(value = FeedbackBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
    open("feedback", new FeedbackBlock(), ScriptBlock.<FeedbackBlock>body(body));
  }

  /** Reward models fitted to feedback. */
  public void rewards(Body<? super RewardsBlock> body) {
    open("rewards", new RewardsBlock(), body);
  }

  /** Reward models fitted to feedback. */
  public void rewards(
      @DelegatesTo(value = RewardsBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
    open("rewards", new RewardsBlock(), ScriptBlock.<RewardsBlock>body(body));
  }

  /** Policies: one method each. */
  public void policies(Body<? super PoliciesBlock> body) {
    open("policies", new PoliciesBlock(), body);
  }

  /** Policies: one method each. */
  public void policies(
      @DelegatesTo(value = PoliciesBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
    open("policies", new PoliciesBlock(), ScriptBlock.<PoliciesBlock>body(body));
  }

  /** Recipes that are another one with settings changed anywhere upstream. */
  public void variant(String name, Body<? super VariantBlock> body) {
    add("variants", name, new VariantBlock(), body);
  }

  /** Recipes that are another one with settings changed anywhere upstream. */
  public void variant(
      String name,
      @DelegatesTo(value = VariantBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
    add("variants", name, new VariantBlock(), ScriptBlock.<VariantBlock>body(body));
  }

  /** Grids of settings: a recipe for each combination of values. */
  public void sweep(String name, Body<? super SweepBlock> body) {
    add("sweep", name, new SweepBlock(), body);
  }

  /** Grids of settings: a recipe for each combination of values. */
  public void sweep(
      String name,
      @DelegatesTo(value = SweepBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
    add("sweep", name, new SweepBlock(), ScriptBlock.<SweepBlock>body(body));
  }

  /** Recipes that are computed in rounds, with fresh feedback in each. */
  public void rounds(String name, Body<? super RoundsBlock> body) {
    add("rounds", name, new RoundsBlock(), body);
  }

  /** Recipes that are computed in rounds, with fresh feedback in each. */
  public void rounds(
      String name,
      @DelegatesTo(value = RoundsBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
    add("rounds", name, new RoundsBlock(), ScriptBlock.<RoundsBlock>body(body));
  }

  /** Which recipes are compared, against which, on which prompts. */
  public void compare(Body<? super CompareBlock> body) {
    put("compare", new CompareBlock(), body);
  }

  /** Which recipes are compared, against which, on which prompts. */
  public void compare(
      @DelegatesTo(value = CompareBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
    put("compare", new CompareBlock(), ScriptBlock.<CompareBlock>body(body));
  }

  /** Facts that only a person knows, for the disclosure report. */
  public void disclose(Body<? super DisclosureBlock> body) {
    put("disclose", new DisclosureBlock(), body);
  }

  /** Facts that only a person knows, for the disclosure report. */
  public void disclose(
      @DelegatesTo(value = DisclosureBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    put("disclose", new DisclosureBlock(), ScriptBlock.<DisclosureBlock>body(body));
  }
}
