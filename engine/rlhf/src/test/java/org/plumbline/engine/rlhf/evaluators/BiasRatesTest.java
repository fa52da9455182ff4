// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.WORTH;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.assertRate;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.firstAnswer;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.sigmoid;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.vector;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Difficulty;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Expertise;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Sway;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.model.values.ValuesSpec;
import org.plumbline.engine.rlhf.values.Feature;
import org.plumbline.engine.rlhf.values.Features;
import org.plumbline.engine.rlhf.values.Utility;

/** Biases and expertise against their closed forms, and as specs declare them. */
class BiasRatesTest {
  private static final String VIEW = "I think the earth is flat. Is it?";

  @Test
  void sycophancyIsAddedForTheAnswerThatAgrees() throws IOException {
    Feature agrees = feature(FeatureSpec.AgreesWithAsker.usual());
    AnswerPair pair = new AnswerPair(VIEW, "0.0 yes, you are right", "0.5 it is round");
    Behaviour flatterer = Behaviour.of(WORTH, 1).with(new FeatureBias(1, agrees));

    assertThat(flatterer.intended(pair)).isCloseTo(vector("1.length", "syc"), within(1e-12));
    assertRate(firstAnswer(flatterer, pair), flatterer.said(pair));
    AnswerPair noView = new AnswerPair("Is it flat?", pair.first(), pair.second());
    assertThat(flatterer.intended(noView)).isCloseTo(sigmoid(-0.5), within(1e-12));
  }

  @Test
  void confidenceIsAddedForTheAnswerThatSoundsSure() throws IOException {
    Feature sure = feature(FeatureSpec.SoundsSure.usual());
    Behaviour gullible = Behaviour.of(WORTH, 2).with(new FeatureBias(0.8, sure));
    AnswerPair pair = new AnswerPair("p", "0.0 it certainly is", "0.3 perhaps it is");
    AnswerPair half = new AnswerPair("p", "0.0 it certainly is", "0.3 it is");

    assertThat(gullible.intended(pair)).isCloseTo(sigmoid(2 * -0.3 + 0.8), within(1e-12));
    assertThat(gullible.intended(half)).isCloseTo(sigmoid(2 * -0.3 + 0.4), within(1e-12));
    assertRate(firstAnswer(gullible, pair), gullible.said(pair));
  }

  @Test
  void expertiseIsOfTheTopicThatIsKnownBest() {
    Rationality rationality =
        Rationality.of(1)
            .with(new Rationality.Topic(Pattern.compile("doctor|law"), 0.2))
            .with(new Rationality.Topic(Pattern.compile("pill|doctor"), 8));
    Behaviour expert = Behaviour.of(WORTH, 1).with(rationality);

    assertThat(rationality.at("which pill?")).isEqualTo(8);
    assertThat(rationality.at("a doctor?")).isEqualTo(8);
    assertThat(rationality.at("the law?")).isEqualTo(0.2);
    assertThat(rationality.at("bread?")).isEqualTo(1);
    for (String prompt : List.of("which pill?", "the law?", "bread?")) {
      AnswerPair pair = new AnswerPair(prompt, "0.3 a", "0.0 b");
      double expected = sigmoid(rationality.at(prompt) * 0.3);
      assertThat(expert.said(pair)).isCloseTo(expected, within(1e-12));
      assertRate(firstAnswer(expert, pair), expected);
    }
  }

  @Test
  void rationalityFallsExponentiallyWithDifficulty() {
    Feature given = (prompt, answer) -> Double.parseDouble(answer);
    Behaviour person = Behaviour.of(WORTH, 1).with(Rationality.of(4).withDifficulty(given));

    for (String d : List.of("0", "1", "2", "4")) {
      AnswerPair pair = new AnswerPair(d, "1 a", "0 b");
      assertThat(person.said(pair)).isCloseTo(vector("G.difficulty", d), within(1e-9));
      assertRate(firstAnswer(person, pair), person.said(pair));
    }
  }

  @Test
  void expertiseDifficultyBiasesAndSlipsCompose() throws IOException {
    Rationality rationality =
        Rationality.of(1)
            .with(new Rationality.Topic(Pattern.compile("flat"), 3))
            .withDifficulty((prompt, answer) -> 0.5);
    Behaviour person =
        Behaviour.of(WORTH, 1)
            .with(rationality)
            .with(new PositionBias(0.3))
            .with(new FeatureBias(0.7, feature(FeatureSpec.SoundsSure.usual())))
            .with(new FeatureBias(1.1, feature(FeatureSpec.AgreesWithAsker.usual())))
            .with(new Slips(0.1, 0.2));
    AnswerPair pair =
        new AnswerPair(VIEW, "0.2 yes, maybe", "0.6 it is certainly round, as everybody knows");

    double rho = 3 * Math.exp(-0.5);
    double gap = rho * (0.2 - 0.6) - 0.7 + 1.1;
    double first = 0.8 * (0.8 * sigmoid(gap + 0.3) + 0.1) + 0.1;
    double second = 0.8 * (0.8 * sigmoid(gap - 0.3) + 0.1) + 0.1;
    assertThat(person.said(pair)).isCloseTo(first, within(1e-12));
    assertRate(firstAnswer(person, pair), (first + second) / 2);
  }

  @Test
  void aSpecSaysWhatCountsAsSureAndAsAgreeing() throws IOException {
    Map<String, Object> biased = Map.of("confidence_bias", 2.0, "sycophancy_bias", 3.0);
    AnswerPair usual = new AnswerPair(VIEW, "certainly", "you are right");
    AnswerPair declared = new AnswerPair("i like tea", "trust me", "tea, please");
    EvaluatorsSpec byDefault = TestGroups.people(TestGroups.group(biased));
    EvaluatorsSpec own =
        TestGroups.people(
            Map.of(
                "groups",
                new LinkedHashMap<>(Map.of("all", TestGroups.group(biased))),
                "sure_when",
                new FeatureSpec.ContainsAny(List.of("trust me")),
                "agrees_when",
                new FeatureSpec.NamesFromPrompt("i like (\\w+)")));

    assertThat(intended(byDefault, usual)).isCloseTo(sigmoid(2 * 0.5 - 3), within(1e-12));
    assertThat(intended(byDefault, declared)).isEqualTo(0.5);
    assertThat(intended(own, usual)).isEqualTo(0.5);
    assertThat(intended(own, declared)).isCloseTo(sigmoid(2 - 3), within(1e-12));
  }

  @Test
  void anyFeatureMayBeABiasWhereAPromptHasATopic() throws IOException {
    Map<String, Sway> biases = new LinkedHashMap<>();
    biases.put(
        "evades", new Sway(new FeatureSpec.ContainsAny(List.of("i cannot")), 1.5, "bomb|poison"));
    biases.put("listed", new Sway(new FeatureSpec.Regex("^- "), 0.4, null));
    Behaviour prim =
        person(TestGroups.people(TestGroups.group(Map.of("biases", biases)))).behaviour();
    AnswerPair harmful = new AnswerPair("a bomb?", "i cannot say", "- take this");
    AnswerPair harmless = new AnswerPair("a cake?", "i cannot say", "- take this");

    assertThat(prim.intended(harmful)).isCloseTo(sigmoid(1.5 - 0.4), within(1e-12));
    assertThat(prim.intended(harmless)).isCloseTo(sigmoid(-0.4), within(1e-12));
    assertRate(firstAnswer(prim, harmful), sigmoid(1.1));
    assertRate(firstAnswer(prim, harmless), sigmoid(-0.4));
  }

  @Test
  void aSpecSaysWhoKnowsWhatAndWhatIsHard() throws IOException {
    Map<String, Expertise> topics = new LinkedHashMap<>();
    topics.put("health", new Expertise("pill", 8));
    EvaluatorsSpec crowd =
        TestGroups.people(
            TestGroups.group(
                Map.of(
                    "rationality",
                    2.0,
                    "expertise",
                    topics,
                    "difficulty",
                    new Difficulty(new FeatureSpec.Length(FeatureSpec.LengthUnit.WORDS), 0.1))));

    assertThat(rationality(crowd, "a pill")).isCloseTo(8 * Math.exp(-0.2), within(1e-12));
    assertThat(rationality(crowd, "bread")).isCloseTo(2 * Math.exp(-0.1), within(1e-12));
  }

  private static double intended(EvaluatorsSpec spec, AnswerPair pair) throws IOException {
    return person(spec).behaviour().intended(pair);
  }

  private static double rationality(EvaluatorsSpec spec, String prompt) throws IOException {
    return person(spec).behaviour().rationality().at(prompt);
  }

  private static Person person(EvaluatorsSpec spec) throws IOException {
    ValuesSpec good =
        new ValuesSpec(
            null,
            Map.of("waffles", new FeatureSpec.ContainsAny(List.of("waffle"))),
            Map.of("waffles", 1.0));
    return Population.of(
            spec,
            name -> Utility.of(name, n -> good, path -> Path.of(path)),
            path -> Path.of(path),
            1)
        .people()
        .get(0);
  }

  private static Feature feature(FeatureSpec spec) throws IOException {
    return Features.of(spec, path -> Path.of(path));
  }
}
