package org.plumbline.dsl.groovy.blocks;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What they prefer there; default: the reverse of their values. */
@SpecDsl
public final class PrefersChoiceBlock extends ScriptBlock {
  /** 1 if the answer contains any of these words or phrases, else 0; letters' case is ignored. */
  public void containsAny(Body<? super ContainsAnyFeatureBlock> body) {
    put("contains_any", new ContainsAnyFeatureBlock(), body);
  }

  /** 1 if the answer contains any of these words or phrases, else 0; letters' case is ignored. */
  public void containsAny(
      @DelegatesTo(value = ContainsAnyFeatureBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    put(
        "contains_any",
        new ContainsAnyFeatureBlock(),
        ScriptBlock.<ContainsAnyFeatureBlock>body(body));
  }

  /** 1 if the answer contains any of these words or phrases, else 0; letters' case is ignored. */
  public void containsAny(@Nullable List<String> value) {
    put("contains_any", value);
  }

  /** 1 if the answer contains all of these words or phrases, else 0; letters' case is ignored. */
  public void containsAll(Body<? super ContainsAllFeatureBlock> body) {
    put("contains_all", new ContainsAllFeatureBlock(), body);
  }

  /** 1 if the answer contains all of these words or phrases, else 0; letters' case is ignored. */
  public void containsAll(
      @DelegatesTo(value = ContainsAllFeatureBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    put(
        "contains_all",
        new ContainsAllFeatureBlock(),
        ScriptBlock.<ContainsAllFeatureBlock>body(body));
  }

  /** 1 if the answer contains all of these words or phrases, else 0; letters' case is ignored. */
  public void containsAll(@Nullable List<String> value) {
    put("contains_all", value);
  }

  /** 1 if the regular expression is found in the answer, else 0. */
  public void regex(Body<? super RegexFeatureBlock> body) {
    put("regex", new RegexFeatureBlock(), body);
  }

  /** 1 if the regular expression is found in the answer, else 0. */
  public void regex(
      @DelegatesTo(value = RegexFeatureBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    put("regex", new RegexFeatureBlock(), ScriptBlock.<RegexFeatureBlock>body(body));
  }

  /** 1 if the regular expression is found in the answer, else 0. */
  public void regex(@Nullable String value) {
    put("regex", value);
  }

  /**
   * 1 if the answer contains the word that stands in the prompt where the regular expression's
   * first group matches, else 0.
   */
  public void namesFromPrompt(Body<? super NamesFromPromptFeatureBlock> body) {
    put("names_from_prompt", new NamesFromPromptFeatureBlock(), body);
  }

  /**
   * 1 if the answer contains the word that stands in the prompt where the regular expression's
   * first group matches, else 0.
   */
  public void namesFromPrompt(
      @DelegatesTo(value = NamesFromPromptFeatureBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    put(
        "names_from_prompt",
        new NamesFromPromptFeatureBlock(),
        ScriptBlock.<NamesFromPromptFeatureBlock>body(body));
  }

  /**
   * 1 if the answer contains the word that stands in the prompt where the regular expression's
   * first group matches, else 0.
   */
  public void namesFromPrompt(@Nullable String value) {
    put("names_from_prompt", value);
  }

  /** The length of the answer. */
  public void length(Body<? super LengthFeatureBlock> body) {
    put("length", new LengthFeatureBlock(), body);
  }

  /** The length of the answer. */
  public void length(
      @DelegatesTo(value = LengthFeatureBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    put("length", new LengthFeatureBlock(), ScriptBlock.<LengthFeatureBlock>body(body));
  }

  /** The length of the answer. */
  public void length(@Nullable String value) {
    put("length", value);
  }

  /** Share of the answer's words or bigrams that repeat earlier ones, above what is free. */
  public void repetition(Body<? super RepetitionFeatureBlock> body) {
    put("repetition", new RepetitionFeatureBlock(), body);
  }

  /** Share of the answer's words or bigrams that repeat earlier ones, above what is free. */
  public void repetition(
      @DelegatesTo(value = RepetitionFeatureBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    put("repetition", new RepetitionFeatureBlock(), ScriptBlock.<RepetitionFeatureBlock>body(body));
  }

  /** Share of the answer's words or bigrams that repeat earlier ones, above what is free. */
  public void repetition(@Nullable String value) {
    put("repetition", value);
  }

  /** 1 if the answer ends with one of these, else 0. */
  public void ends(Body<? super EndsFeatureBlock> body) {
    put("ends", new EndsFeatureBlock(), body);
  }

  /** 1 if the answer ends with one of these, else 0. */
  public void ends(
      @DelegatesTo(value = EndsFeatureBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    put("ends", new EndsFeatureBlock(), ScriptBlock.<EndsFeatureBlock>body(body));
  }

  /** 1 if the answer ends with one of these, else 0. */
  public void ends(@Nullable List<String> value) {
    put("ends", value);
  }

  /** Number of the answer's words that are listed in a file, one per line. */
  public void lexicon(Body<? super LexiconFeatureBlock> body) {
    put("lexicon", new LexiconFeatureBlock(), body);
  }

  /** Number of the answer's words that are listed in a file, one per line. */
  public void lexicon(
      @DelegatesTo(value = LexiconFeatureBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    put("lexicon", new LexiconFeatureBlock(), ScriptBlock.<LexiconFeatureBlock>body(body));
  }

  /** Number of the answer's words that are listed in a file, one per line. */
  public void lexicon(@Nullable String value) {
    put("lexicon", value);
  }

  /** The score of a reward model, as a yardstick. */
  public void rewardModel(Body<? super RewardModelFeatureBlock> body) {
    put("reward_model", new RewardModelFeatureBlock(), body);
  }

  /** The score of a reward model, as a yardstick. */
  public void rewardModel(
      @DelegatesTo(value = RewardModelFeatureBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    put(
        "reward_model",
        new RewardModelFeatureBlock(),
        ScriptBlock.<RewardModelFeatureBlock>body(body));
  }

  /** The score of a reward model, as a yardstick. */
  public void rewardModel(@Nullable String value) {
    put("reward_model", value);
  }
}
