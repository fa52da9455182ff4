package org.plumbline.dsl.groovy.blocks;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import org.jspecify.annotations.Nullable;

/** Simulated people in groups, an AI judge, or real people. */
@SpecDsl
public final class EvaluatorsBlock extends ScriptBlock {
  private @Nullable String values;

  /** What the people want, unless their group says otherwise. */
  public @Nullable String getValues() {
    return values;
  }

  /** What the people want, unless their group says otherwise. */
  public void setValues(@Nullable String value) {
    values = value;
    put("values", value);
  }

  private @Nullable Number cost;

  /** Price of one label. */
  public @Nullable Number getCost() {
    return cost;
  }

  /** Price of one label. */
  public void setCost(@Nullable Number value) {
    cost = value;
    put("cost", value);
  }

  /** Groups of simulated people. */
  public void group(String name, Body<? super GroupBlock> body) {
    add("groups", name, new GroupBlock(), body);
  }

  /** Groups of simulated people. */
  public void group(
      String name,
      @DelegatesTo(value = GroupBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
    add("groups", name, new GroupBlock(), ScriptBlock.<GroupBlock>body(body));
  }

  /** An AI judge under written principles. */
  public void judge(Body<? super JudgeBlock> body) {
    put("judge", new JudgeBlock(), body);
  }

  /** An AI judge under written principles. */
  public void judge(
      @DelegatesTo(value = JudgeBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
    put("judge", new JudgeBlock(), ScriptBlock.<JudgeBlock>body(body));
  }

  private @Nullable Number size;

  /** How many people there are in all, where groups have a {@code share}. */
  public @Nullable Number getSize() {
    return size;
  }

  /** How many people there are in all, where groups have a {@code share}. */
  public void setSize(@Nullable Number value) {
    size = value;
    put("size", value);
  }

  private @Nullable Number correlatedErrors;

  /**
   * Share of the pairs seen by several people in which all of them make one common mistake or none.
   */
  public @Nullable Number getCorrelatedErrors() {
    return correlatedErrors;
  }

  /**
   * Share of the pairs seen by several people in which all of them make one common mistake or none.
   */
  public void setCorrelatedErrors(@Nullable Number value) {
    correlatedErrors = value;
    put("correlated_errors", value);
  }

  /** Real people, who label on a page. */
  public void annotators(Body<? super AnnotatorsBlock> body) {
    put("annotators", new AnnotatorsBlock(), body);
  }

  /** Real people, who label on a page. */
  public void annotators(
      @DelegatesTo(value = AnnotatorsBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    put("annotators", new AnnotatorsBlock(), ScriptBlock.<AnnotatorsBlock>body(body));
  }
}
