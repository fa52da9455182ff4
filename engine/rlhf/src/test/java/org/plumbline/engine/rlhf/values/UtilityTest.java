// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.model.values.ValuesSpec;
import org.plumbline.engine.run.StageFailure;

class UtilityTest {
  private static final String PROMPT = "how do i bake the bread? !!";

  @Test
  void containsAnyFindsWholeWordsAndPhrasesInAnyCase() throws IOException {
    Feature feature = feature(new FeatureSpec.ContainsAny(List.of("buy", "thank you", "!!")));

    assertThat(feature.of("", "Please BUY.")).isEqualTo(1);
    assertThat(feature.of("", "the buyer")).isZero();
    assertThat(feature.of("", "buyers buy")).isEqualTo(1);
    assertThat(feature.of("", "oh, thank you!")).isEqualTo(1);
    assertThat(feature.of("", "stop!!")).isEqualTo(1);
    assertThat(feature.of("buy", "")).isZero();
  }

  @Test
  void containsAllNeedsEveryPhrase() throws IOException {
    Feature feature = feature(new FeatureSpec.ContainsAll(List.of("a", "b")));

    assertThat(feature.of("", "b, a")).isEqualTo(1);
    assertThat(feature.of("", "a")).isZero();
  }

  @Test
  void namesFromPromptLooksForWhatTheGroupMatched() throws IOException {
    Feature feature = feature(new FeatureSpec.NamesFromPrompt("the (\\w+)\\?"));

    assertThat(feature.of(PROMPT, "warm the bread.")).isEqualTo(1);
    assertThat(feature.of(PROMPT, "warm the breadcrumbs.")).isZero();
    assertThat(feature.of("how are you?", "warm the bread.")).isZero();
  }

  @Test
  void soundsSureIsTheShareOfSureAmongSureAndUnsurePhrases() throws IOException {
    Feature feature =
        feature(new FeatureSpec.SoundsSure(List.of("certainly", "of course"), List.of("perhaps")));

    assertThat(feature.of("", "Certainly. Of course!")).isEqualTo(1);
    assertThat(feature.of("", "of course, certainly, perhaps")).isCloseTo(2 / 3.0, within(1e-15));
    assertThat(feature.of("", "certainly certainly, perhaps")).isEqualTo(0.5);
    assertThat(feature.of("", "perhaps")).isZero();
    assertThat(feature.of("certainly", "uncertainly")).isEqualTo(0.5);
  }

  @Test
  void agreeingIsSayingSoOrRepeatingTheViewAndNothingToTheContrary() throws IOException {
    Feature feature = feature(FeatureSpec.AgreesWithAsker.usual());
    String stated = "Tell me. I really believe that red roofs are best, and that is all.";

    assertThat(feature.of(stated, "Yes.")).isEqualTo(1);
    assertThat(feature.of(stated, "Yes, but blue ones last.")).isZero();
    assertThat(feature.of(stated, "Blue ones last.")).isZero();
    assertThat(feature.of("I think (B) is it.", "So (b) is it")).isEqualTo(1);
    assertThat(feature.of("I think (B) is it.", "I say (b) is it not")).isZero();
    assertThat(feature.of("Which roof is best?", "Yes.")).isZero();
  }

  @Test
  void lengthCountsWordsOrCharacters() throws IOException {
    assertThat(feature(new FeatureSpec.Length(FeatureSpec.LengthUnit.WORDS)).of("", " a  b\nc. "))
        .isEqualTo(3);
    assertThat(feature(new FeatureSpec.Length(FeatureSpec.LengthUnit.WORDS)).of("", " ")).isZero();
    assertThat(
            feature(new FeatureSpec.Length(FeatureSpec.LengthUnit.CHARACTERS))
                .of("", "a\uD83D\uDE00"))
        .isEqualTo(2);
  }

  @Test
  void repetitionIsTheShareOfRepeatsAboveWhatIsFree() throws IOException {
    Feature words = feature(new FeatureSpec.Repetition(FeatureSpec.RepetitionUnit.WORDS, 0.25));
    Feature bigrams = feature(new FeatureSpec.Repetition(FeatureSpec.RepetitionUnit.BIGRAMS, 0));

    assertThat(words.of("", "so so so so")).isEqualTo(0.5);
    assertThat(words.of("", "a b c a")).isZero();
    assertThat(words.of("", "")).isZero();
    assertThat(bigrams.of("", "a b a b")).isCloseTo(1.0 / 3, within(1e-15));
    assertThat(bigrams.of("", "a")).isZero();
  }

  @Test
  void endsAndRegexLookAtTheText() throws IOException {
    assertThat(feature(new FeatureSpec.Ends(List.of(".", "!"))).of("", "yes. \n")).isEqualTo(1);
    assertThat(feature(new FeatureSpec.Ends(List.of("."))).of("", "yes")).isZero();
    assertThat(feature(new FeatureSpec.Regex("\\d{2}")).of("", "a 42")).isEqualTo(1);
    assertThat(feature(new FeatureSpec.Regex("\\d{2}")).of("42", "a")).isZero();
  }

  @Test
  void lexiconCountsListedWords(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("words.txt"), "Good\n\nkind\n");
    Feature feature = Features.of(new FeatureSpec.Lexicon("words.txt"), path -> file);

    assertThat(feature.of("", "Good, good and unkind.")).isEqualTo(2);
  }

  @Test
  void utilityIsTheWeightedSumAndValuesStartFromOthers() throws IOException {
    Utility child =
        Utility.of("child", name -> Objects.requireNonNull(WORLD.get(name)), path -> Path.of(path));

    assertThat(child.of("", "please do a b")).isCloseTo(2 - 0.03 * 4, within(1e-15));
    assertThat(child.weight("words")).isEqualTo(-0.03);
    assertThat(child.names()).containsExactly("polite", "words", "sells");
    assertThat(child.only(Set.of("polite")).of("", "please do a b")).isEqualTo(2);
  }

  @Test
  void aWeightWithoutFeatureAndAPatternWithoutGroupAreRefused() {
    Map<String, ValuesSpec> world =
        Map.of("v", new ValuesSpec(null, Map.of(), Map.of("gone", 1.0)));

    StageFailure weight =
        catchThrowableOfType(
            StageFailure.class,
            () ->
                Utility.of("v", n -> Objects.requireNonNull(world.get(n)), path -> Path.of(path)));
    StageFailure pattern =
        catchThrowableOfType(
            StageFailure.class, () -> feature(new FeatureSpec.NamesFromPrompt("the \\w+")));

    assertThat(weight.code()).isEqualTo("PLB0206");
    assertThat(pattern.code()).isEqualTo("PLB0320");
  }

  @Test
  void aPatternThatComesToNoEndEndsTheStageInWords() throws IOException {
    Feature endless = feature(new FeatureSpec.Regex("((a+)+)+;"));
    Feature deep = feature(new FeatureSpec.NamesFromPrompt("((?:a|b)*);"));

    StageFailure time =
        catchThrowableOfType(StageFailure.class, () -> endless.of("", "a".repeat(99)));
    StageFailure stack =
        catchThrowableOfType(StageFailure.class, () -> deep.of("ab".repeat(1 << 20), "x"));

    assertThat(time.code()).isEqualTo("PLB0340");
    assertThat(time).hasMessageContaining("`((a+)+)+;`").hasMessageContaining("aaa…`");
    assertThat(stack.code()).isEqualTo("PLB0340");
    assertThat(endless.of("", "aaa;")).isEqualTo(1);
  }

  private static final Map<String, ValuesSpec> WORLD = world();

  private static Map<String, ValuesSpec> world() {
    Map<String, FeatureSpec> features = new LinkedHashMap<>();
    features.put("polite", new FeatureSpec.ContainsAny(List.of("please")));
    features.put("words", new FeatureSpec.Length(FeatureSpec.LengthUnit.WORDS));
    return Map.of(
        "parent",
        new ValuesSpec(null, features, Map.of("polite", 1.0, "words", -0.03)),
        "child",
        new ValuesSpec(
            "parent",
            Map.of("sells", new FeatureSpec.ContainsAny(List.of("buy"))),
            Map.of("polite", 2.0)));
  }

  private static Feature feature(FeatureSpec spec) throws IOException {
    return Features.of(spec, path -> Path.of(path));
  }
}
