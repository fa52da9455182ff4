package org.plumbline.dsl.groovy.blocks;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import org.jspecify.annotations.Nullable;

/** A population of simulated people in groups, or an AI judge. */
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
}
