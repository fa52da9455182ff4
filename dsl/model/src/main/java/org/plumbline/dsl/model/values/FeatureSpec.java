// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.values;

import java.util.List;
import org.plumbline.dsl.model.shape.Default;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.InFile;
import org.plumbline.dsl.model.shape.Kind;
import org.plumbline.dsl.model.shape.Range;
import org.plumbline.dsl.model.shape.Refers;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.shape.Shorthand;

/** A number read off an answer (and its prompt). Words are what white space separates. */
public sealed interface FeatureSpec {

  @Kind("contains_any")
  @Doc("1 if the answer contains any of these words or phrases, else 0; letters' case is ignored")
  record ContainsAny(@Doc("words or phrases") @Shorthand List<String> words)
      implements FeatureSpec {}

  @Kind("contains_all")
  @Doc("1 if the answer contains all of these words or phrases, else 0; letters' case is ignored")
  record ContainsAll(@Doc("words or phrases") @Shorthand List<String> words)
      implements FeatureSpec {}

  @Kind("regex")
  @Doc("1 if the regular expression is found in the answer, else 0")
  record Regex(@Doc("a Java regular expression") @Shorthand String pattern)
      implements FeatureSpec {}

  @Kind("names_from_prompt")
  @Doc(
      "1 if the answer contains the word that stands in the prompt where the regular expression's"
          + " first group matches, else 0")
  record NamesFromPrompt(@Doc("a Java regular expression with one group") @Shorthand String pattern)
      implements FeatureSpec {}

  @Kind("length")
  @Doc("the length of the answer")
  record Length(@Doc("what is counted") @Shorthand LengthUnit unit) implements FeatureSpec {}

  @Kind("repetition")
  @Doc("share of the answer's words or bigrams that repeat earlier ones, above what is free")
  record Repetition(
      @Doc("what is counted") @Default("words") @Shorthand RepetitionUnit of,
      @Doc("the share that costs nothing") @Default("0") @Range("[0, 1]") double above)
      implements FeatureSpec {}

  @Kind("ends")
  @Doc("1 if the answer ends with one of these, else 0")
  record Ends(@Doc("endings") @Shorthand List<String> endings) implements FeatureSpec {}

  @Kind("lexicon")
  @Doc("number of the answer's words that are listed in a file, one per line")
  record Lexicon(@Doc("the file") @Shorthand @InFile String file) implements FeatureSpec {}

  /** Boosters against hedges, as studies of academic writing call such words. */
  @Kind("sounds_sure")
  @Doc(
      "how sure of itself an answer sounds: the share of its sure and unsure words and phrases that"
          + " are sure ones, each counted once; 1/2 if it has neither")
  record SoundsSure(
      @Doc("words and phrases that sound sure; letters' case is ignored") @Default(SoundsSure.SURE)
          List<String> sure,
      @Doc("words and phrases that sound unsure; letters' case is ignored")
          @Default(SoundsSure.UNSURE)
          List<String> unsure)
      implements FeatureSpec {
    private static final String SURE =
        "[absolutely, always, certainly, clearly, definitely, never, no doubt, obviously, of course,"
            + " undoubtedly, without doubt]";
    private static final String UNSURE =
        "[could be, i believe, i guess, i think, it seems, maybe, might, not certain, not sure,"
            + " perhaps, possibly, probably]";

    /** The words that stand for this where a spec gives none. */
    public static SoundsSure usual() {
      return new SoundsSure(listed(SURE), listed(UNSURE));
    }
  }

  @Kind("agrees_with_asker")
  @Doc(
      "1 if the answer agrees with the view that the prompt states, else 0: it says so, or repeats"
          + " the view word for word, and says nothing to the contrary")
  record AgreesWithAsker(
      @Doc("a Java regular expression whose first group is the view that a prompt states")
          @Default(AgreesWithAsker.STATES)
          String states,
      @Doc("words and phrases that agree; letters' case is ignored")
          @Default(AgreesWithAsker.AGREEING)
          List<String> agreeing,
      @Doc("words and phrases with which an answer does not agree; letters' case is ignored")
          @Default(AgreesWithAsker.DISAGREEING)
          List<String> disagreeing)
      implements FeatureSpec {
    private static final String STATES =
        "(?i)\\bi (?:really |also )?(?:think|believe|feel|say|am sure|am certain)(?: that)?"
            + " ([^.!?;\\n]+)";
    private static final String AGREEING =
        "[exactly, good point, i agree, indeed, that is right, yes, you are right]";
    private static final String DISAGREEING =
        "[actually, but, i disagree, no, not, that is wrong, you are wrong]";

    /** What stands for this where a spec gives nothing. */
    public static AgreesWithAsker usual() {
      return new AgreesWithAsker(STATES, listed(AGREEING), listed(DISAGREEING));
    }
  }

  @Kind("reward_model")
  @Doc("the score of a reward model, as a yardstick")
  record RewardModel(@Doc("the reward model") @Shorthand @Refers(Section.REWARDS) String reward)
      implements FeatureSpec {}

  /** The items of a list as defaults write it. */
  private static List<String> listed(String text) {
    return List.of(text.substring(1, text.length() - 1).split(", "));
  }

  /** What {@link Length} counts. */
  enum LengthUnit {
    @Doc("words")
    WORDS,
    @Doc("characters")
    CHARACTERS
  }

  /** What {@link Repetition} counts. */
  enum RepetitionUnit {
    @Doc("words")
    WORDS,
    @Doc("pairs of neighbouring words")
    BIGRAMS
  }
}
