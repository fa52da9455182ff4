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

  /** Several answers to a prompt, put in order. */
  public void rankings(String name, Body<? super RankingsFeedbackBlock> body) {
    kind(name, "rankings", new RankingsFeedbackBlock(), body);
  }

  /** Several answers to a prompt, put in order. */
  public void rankings(
      String name,
      @DelegatesTo(value = RankingsFeedbackBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "rankings",
        new RankingsFeedbackBlock(),
        ScriptBlock.<RankingsFeedbackBlock>body(body));
  }

  /** Several answers to a prompt, of which the best is chosen. */
  public void bestOfK(String name, Body<? super BestOfKFeedbackBlock> body) {
    kind(name, "best_of_k", new BestOfKFeedbackBlock(), body);
  }

  /** Several answers to a prompt, of which the best is chosen. */
  public void bestOfK(
      String name,
      @DelegatesTo(value = BestOfKFeedbackBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "best_of_k",
        new BestOfKFeedbackBlock(),
        ScriptBlock.<BestOfKFeedbackBlock>body(body));
  }

  /** A number for an answer. */
  public void scalar(String name, Body<? super ScalarFeedbackBlock> body) {
    kind(name, "scalar", new ScalarFeedbackBlock(), body);
  }

  /** A number for an answer. */
  public void scalar(
      String name,
      @DelegatesTo(value = ScalarFeedbackBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(name, "scalar", new ScalarFeedbackBlock(), ScriptBlock.<ScalarFeedbackBlock>body(body));
  }

  /** A step of a scale for an answer. */
  public void likert(String name, Body<? super LikertFeedbackBlock> body) {
    kind(name, "likert", new LikertFeedbackBlock(), body);
  }

  /** A step of a scale for an answer. */
  public void likert(
      String name,
      @DelegatesTo(value = LikertFeedbackBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(name, "likert", new LikertFeedbackBlock(), ScriptBlock.<LikertFeedbackBlock>body(body));
  }

  /** How much better one of two answers is, from -1 to 1. */
  public void slider(String name, Body<? super SliderFeedbackBlock> body) {
    kind(name, "slider", new SliderFeedbackBlock(), body);
  }

  /** How much better one of two answers is, from -1 to 1. */
  public void slider(
      String name,
      @DelegatesTo(value = SliderFeedbackBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(name, "slider", new SliderFeedbackBlock(), ScriptBlock.<SliderFeedbackBlock>body(body));
  }

  /** A class for an answer. */
  public void labels(String name, Body<? super LabelsFeedbackBlock> body) {
    kind(name, "labels", new LabelsFeedbackBlock(), body);
  }

  /** A class for an answer. */
  public void labels(
      String name,
      @DelegatesTo(value = LabelsFeedbackBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(name, "labels", new LabelsFeedbackBlock(), ScriptBlock.<LabelsFeedbackBlock>body(body));
  }

  /** An answer, and a better one made from it. */
  public void corrections(String name, Body<? super CorrectionsFeedbackBlock> body) {
    kind(name, "corrections", new CorrectionsFeedbackBlock(), body);
  }

  /** An answer, and a better one made from it. */
  public void corrections(
      String name,
      @DelegatesTo(value = CorrectionsFeedbackBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "corrections",
        new CorrectionsFeedbackBlock(),
        ScriptBlock.<CorrectionsFeedbackBlock>body(body));
  }

  /**
   * Answers that people give themselves; simulated people choose theirs from samples of a policy.
   */
  public void demonstrations(String name, Body<? super DemonstrationsFeedbackBlock> body) {
    kind(name, "demonstrations", new DemonstrationsFeedbackBlock(), body);
  }

  /**
   * Answers that people give themselves; simulated people choose theirs from samples of a policy.
   */
  public void demonstrations(
      String name,
      @DelegatesTo(value = DemonstrationsFeedbackBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "demonstrations",
        new DemonstrationsFeedbackBlock(),
        ScriptBlock.<DemonstrationsFeedbackBlock>body(body));
  }

  /** What people write about an answer. */
  public void language(String name, Body<? super LanguageFeedbackBlock> body) {
    kind(name, "language", new LanguageFeedbackBlock(), body);
  }

  /** What people write about an answer. */
  public void language(
      String name,
      @DelegatesTo(value = LanguageFeedbackBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "language",
        new LanguageFeedbackBlock(),
        ScriptBlock.<LanguageFeedbackBlock>body(body));
  }

  /** What is wrong with which part of an answer. */
  public void span(String name, Body<? super SpanFeedbackBlock> body) {
    kind(name, "span", new SpanFeedbackBlock(), body);
  }

  /** What is wrong with which part of an answer. */
  public void span(
      String name,
      @DelegatesTo(value = SpanFeedbackBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(name, "span", new SpanFeedbackBlock(), ScriptBlock.<SpanFeedbackBlock>body(body));
  }

  /** Whether each step of an answer is right (process supervision). */
  public void step(String name, Body<? super StepFeedbackBlock> body) {
    kind(name, "step", new StepFeedbackBlock(), body);
  }

  /** Whether each step of an answer is right (process supervision). */
  public void step(
      String name,
      @DelegatesTo(value = StepFeedbackBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(name, "step", new StepFeedbackBlock(), ScriptBlock.<StepFeedbackBlock>body(body));
  }
}
