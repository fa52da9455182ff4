package org.plumbline.dsl.groovy.blocks;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;

/** Which feedback is collected from whom on what. */
@SpecDsl
public final class FeedbackBlock extends ScriptBlock {
  /** Pairs of sampled answers to one prompt, compared by evaluators. */
  public void comparisons(String name, Body<? super ComparisonsFeedbackBlock> body) {
    kind(name, "comparisons", new ComparisonsFeedbackBlock(), body);
  }

  /** Pairs of sampled answers to one prompt, compared by evaluators. */
  public void comparisons(
      String name,
      @DelegatesTo(value = ComparisonsFeedbackBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "comparisons",
        new ComparisonsFeedbackBlock(),
        ScriptBlock.<ComparisonsFeedbackBlock>body(body));
  }

  /** Preferences that already exist in a data set. */
  public void recorded(String name, Body<? super RecordedFeedbackBlock> body) {
    kind(name, "recorded", new RecordedFeedbackBlock(), body);
  }

  /** Preferences that already exist in a data set. */
  public void recorded(
      String name,
      @DelegatesTo(value = RecordedFeedbackBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "recorded",
        new RecordedFeedbackBlock(),
        ScriptBlock.<RecordedFeedbackBlock>body(body));
  }
}
