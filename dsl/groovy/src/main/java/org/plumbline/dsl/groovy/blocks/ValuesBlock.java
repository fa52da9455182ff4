package org.plumbline.dsl.groovy.blocks;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import org.jspecify.annotations.Nullable;

/** What people want: weighted features of an answer. */
@SpecDsl
public final class ValuesBlock extends ScriptBlock {
  private @Nullable String of;

  /** Other values whose features and weights these start from. */
  public @Nullable String getOf() {
    return of;
  }

  /** Other values whose features and weights these start from. */
  public void setOf(@Nullable String value) {
    of = value;
    put("of", value);
  }

  /** Features of an answer, by name. */
  public void features(Body<? super FeaturesBlock> body) {
    open("features", new FeaturesBlock(), body);
  }

  /** Features of an answer, by name. */
  public void features(
      @DelegatesTo(value = FeaturesBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
    open("features", new FeaturesBlock(), ScriptBlock.<FeaturesBlock>body(body));
  }

  /** The weight of each feature in the utility. */
  public void weight(String name, @Nullable Number value) {
    add("weights", name, value);
  }
}
