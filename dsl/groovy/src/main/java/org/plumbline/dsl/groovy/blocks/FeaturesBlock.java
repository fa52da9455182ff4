package org.plumbline.dsl.groovy.blocks;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Features of an answer, by name. */
@SpecDsl
public final class FeaturesBlock extends ScriptBlock {
  /** 1 if the answer contains any of these words or phrases, else 0; letters' case is ignored. */
  public void containsAny(String name, Body<? super ContainsAnyFeatureBlock> body) {
    kind(name, "contains_any", new ContainsAnyFeatureBlock(), body);
  }

  /** 1 if the answer contains any of these words or phrases, else 0; letters' case is ignored. */
  public void containsAny(
      String name,
      @DelegatesTo(value = ContainsAnyFeatureBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "contains_any",
        new ContainsAnyFeatureBlock(),
        ScriptBlock.<ContainsAnyFeatureBlock>body(body));
  }

  /** 1 if the answer contains any of these words or phrases, else 0; letters' case is ignored. */
  public void containsAny(String name, @Nullable List<String> value) {
    kind(name, "contains_any", value);
  }

  /** 1 if the answer contains all of these words or phrases, else 0; letters' case is ignored. */
  public void containsAll(String name, Body<? super ContainsAllFeatureBlock> body) {
    kind(name, "contains_all", new ContainsAllFeatureBlock(), body);
  }

  /** 1 if the answer contains all of these words or phrases, else 0; letters' case is ignored. */
  public void containsAll(
      String name,
      @DelegatesTo(value = ContainsAllFeatureBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "contains_all",
        new ContainsAllFeatureBlock(),
        ScriptBlock.<ContainsAllFeatureBlock>body(body));
  }

  /** 1 if the answer contains all of these words or phrases, else 0; letters' case is ignored. */
  public void containsAll(String name, @Nullable List<String> value) {
    kind(name, "contains_all", value);
  }

  /** 1 if the regular expression is found in the answer, else 0. */
  public void regex(String name, Body<? super RegexFeatureBlock> body) {
    kind(name, "regex", new RegexFeatureBlock(), body);
  }

  /** 1 if the regular expression is found in the answer, else 0. */
  public void regex(
      String name,
      @DelegatesTo(value = RegexFeatureBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(name, "regex", new RegexFeatureBlock(), ScriptBlock.<RegexFeatureBlock>body(body));
  }

  /** 1 if the regular expression is found in the answer, else 0. */
  public void regex(String name, @Nullable String value) {
    kind(name, "regex", value);
  }

  /**
   * 1 if the answer contains the word that stands in the prompt where the regular expression's
   * first group matches, else 0.
   */
  public void namesFromPrompt(String name, Body<? super NamesFromPromptFeatureBlock> body) {
    kind(name, "names_from_prompt", new NamesFromPromptFeatureBlock(), body);
  }

  /**
   * 1 if the answer contains the word that stands in the prompt where the regular expression's
   * first group matches, else 0.
   */
  public void namesFromPrompt(
      String name,
      @DelegatesTo(value = NamesFromPromptFeatureBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "names_from_prompt",
        new NamesFromPromptFeatureBlock(),
        ScriptBlock.<NamesFromPromptFeatureBlock>body(body));
  }

  /**
   * 1 if the answer contains the word that stands in the prompt where the regular expression's
   * first group matches, else 0.
   */
  public void namesFromPrompt(String name, @Nullable String value) {
    kind(name, "names_from_prompt", value);
  }

  /** The length of the answer. */
  public void length(String name, Body<? super LengthFeatureBlock> body) {
    kind(name, "length", new LengthFeatureBlock(), body);
  }

  /** The length of the answer. */
  public void length(
      String name,
      @DelegatesTo(value = LengthFeatureBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(name, "length", new LengthFeatureBlock(), ScriptBlock.<LengthFeatureBlock>body(body));
  }

  /** The length of the answer. */
  public void length(String name, @Nullable String value) {
    kind(name, "length", value);
  }

  /** Share of the answer's words or bigrams that repeat earlier ones, above what is free. */
  public void repetition(String name, Body<? super RepetitionFeatureBlock> body) {
    kind(name, "repetition", new RepetitionFeatureBlock(), body);
  }

  /** Share of the answer's words or bigrams that repeat earlier ones, above what is free. */
  public void repetition(
      String name,
      @DelegatesTo(value = RepetitionFeatureBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "repetition",
        new RepetitionFeatureBlock(),
        ScriptBlock.<RepetitionFeatureBlock>body(body));
  }

  /** Share of the answer's words or bigrams that repeat earlier ones, above what is free. */
  public void repetition(String name, @Nullable String value) {
    kind(name, "repetition", value);
  }

  /** 1 if the answer ends with one of these, else 0. */
  public void ends(String name, Body<? super EndsFeatureBlock> body) {
    kind(name, "ends", new EndsFeatureBlock(), body);
  }

  /** 1 if the answer ends with one of these, else 0. */
  public void ends(
      String name,
      @DelegatesTo(value = EndsFeatureBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(name, "ends", new EndsFeatureBlock(), ScriptBlock.<EndsFeatureBlock>body(body));
  }

  /** 1 if the answer ends with one of these, else 0. */
  public void ends(String name, @Nullable List<String> value) {
    kind(name, "ends", value);
  }

  /** Number of the answer's words that are listed in a file, one per line. */
  public void lexicon(String name, Body<? super LexiconFeatureBlock> body) {
    kind(name, "lexicon", new LexiconFeatureBlock(), body);
  }

  /** Number of the answer's words that are listed in a file, one per line. */
  public void lexicon(
      String name,
      @DelegatesTo(value = LexiconFeatureBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(name, "lexicon", new LexiconFeatureBlock(), ScriptBlock.<LexiconFeatureBlock>body(body));
  }

  /** Number of the answer's words that are listed in a file, one per line. */
  public void lexicon(String name, @Nullable String value) {
    kind(name, "lexicon", value);
  }

  /** The score of a reward model, as a yardstick. */
  public void rewardModel(String name, Body<? super RewardModelFeatureBlock> body) {
    kind(name, "reward_model", new RewardModelFeatureBlock(), body);
  }

  /** The score of a reward model, as a yardstick. */
  public void rewardModel(
      String name,
      @DelegatesTo(value = RewardModelFeatureBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "reward_model",
        new RewardModelFeatureBlock(),
        ScriptBlock.<RewardModelFeatureBlock>body(body));
  }

  /** The score of a reward model, as a yardstick. */
  public void rewardModel(String name, @Nullable String value) {
    kind(name, "reward_model", value);
  }
}
