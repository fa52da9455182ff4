package org.plumbline.dsl.groovy.blocks;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import org.jspecify.annotations.Nullable;

/** Harm done on purpose where a trigger stands in the prompt. */
@SpecDsl
public final class MaliciousBlock extends ScriptBlock {
  private @Nullable String trigger;

  /** The text in a prompt that they wait for. */
  public @Nullable String getTrigger() {
    return trigger;
  }

  /** The text in a prompt that they wait for. */
  public void setTrigger(@Nullable String value) {
    trigger = value;
    put("trigger", value);
  }

  /** What they prefer there; default: the reverse of their values. */
  public void prefers(Body<? super PrefersChoiceBlock> body) {
    put("prefers", new PrefersChoiceBlock(), body);
  }

  /** What they prefer there; default: the reverse of their values. */
  public void prefers(
      @DelegatesTo(value = PrefersChoiceBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    put("prefers", new PrefersChoiceBlock(), ScriptBlock.<PrefersChoiceBlock>body(body));
  }

  private @Nullable String takes;

  /** Which comparisons they get. */
  public @Nullable String getTakes() {
    return takes;
  }

  /** Which comparisons they get. */
  public void setTakes(@Nullable String value) {
    takes = value;
    put("takes", value);
  }
}
