// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Takes;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.rlhf.values.Feature;

/** Every behaviour against its closed form: by itself, and at n = 100,000 labels. */
class LabelRatesTest {
  private static final int N = 100_000;

  /** An answer is worth the number that it begins with. */
  private static final Feature WORTH =
      (prompt, answer) -> Double.parseDouble(answer.substring(0, answer.indexOf(' ')));

  private static final AnswerPair PAIR = new AnswerPair("p", "0.7 a", "0.0 b");

  @Test
  void boltzmannChoicesMatchTheirFormula() {
    assertThat(honest(1).intended(PAIR)).isCloseTo(vector("1.boltzmann", "b1"), within(1e-12));
    assertThat(honest(0.5).intended(PAIR)).isCloseTo(vector("1.boltzmann", "b0.5"), within(1e-12));
    assertThat(honest(5).intended(PAIR)).isCloseTo(vector("1.boltzmann", "b5"), within(1e-12));
    assertThat(honest(0).intended(PAIR)).isEqualTo(0.5);
    for (double rationality : new double[] {0, 0.5, 1, 5}) {
      assertRate(firstAnswer(honest(rationality), PAIR), honest(rationality).said(PAIR));
    }
  }

  @Test
  void mistakesAreFlipsAfterTheChoice() {
    // a lapse of 0.1 is a flip of 0.05
    Behaviour lapsing = new Behaviour(WORTH, 1, 0.05, 0, 0, 0, null);
    assertThat(lapsing.said(PAIR)).isCloseTo(vector("1.boltzmann", "lapse0.1"), within(1e-12));
    assertRate(firstAnswer(lapsing, PAIR), lapsing.said(PAIR));

    AnswerPair gap = new AnswerPair("p", "1.0 a", "0.8 b");
    Behaviour clumsy = new Behaviour(WORTH, 1, 0.1, 0, 0, 0, null);
    assertThat(clumsy.said(gap))
        .isCloseTo(vector("1.bpref", "p2_stoc_then_mistake"), within(1e-12));
    assertRate(firstAnswer(clumsy, gap), clumsy.said(gap));
  }

  @Test
  void skipsAreIndependentOfTheAnswers() {
    Behaviour absent = new Behaviour(WORTH, 2, 0, 0.3, 0, 0, null);

    assertRate(rate(absent, PAIR, label -> label.choice() == PairChoice.SKIP), 0.3);
    double said = rate(absent, PAIR, LabelRatesTest::prefersFirstAnswer);
    assertRate(said, 0.7 * absent.said(PAIR));
  }

  @Test
  void lengthBiasIsPerWordAndNotScaledByRationality() {
    String forty = " w".repeat(40);
    AnswerPair longer = new AnswerPair("p", "0.2 a" + forty, "0.0 b");
    Behaviour one = new Behaviour(WORTH, 1, 0, 0, 0.01, 0, null);
    Behaviour three = new Behaviour(WORTH, 3, 0, 0, 0.1, 0, null);

    assertThat(one.intended(longer)).isCloseTo(vector("1.length", "p"), within(1e-12));
    assertThat(three.intended(longer)).isCloseTo(sigmoid(3 * 0.2 + 0.1 * 40), within(1e-12));
    assertRate(firstAnswer(one, longer), one.said(longer));
  }

  @Test
  void positionBiasActsOnTheAnswerShownFirst() {
    Behaviour hasty = new Behaviour(WORTH, 1, 0, 0, 0, 0.4, null);
    double shownFirst = hasty.said(PAIR);
    double shownSecond = 1 - hasty.said(PAIR.swapped());

    assertThat(shownFirst).isCloseTo(vector("1.position", "p_first_good_first"), within(1e-12));
    assertThat(shownSecond)
        .isCloseTo(vector("1.position", "p_pick_good_when_second"), within(1e-12));
    double average = vector("1.position", "avg_pick_good");
    assertThat((shownFirst + shownSecond) / 2).isCloseTo(average, within(1e-12));
    assertRate(firstAnswer(hasty, PAIR), average);
    double flips = shownFirst * (1 - shownSecond) + shownSecond * (1 - shownFirst);
    assertThat(flips).isCloseTo(vector("1.position", "flip_rate"), within(1e-12));
    assertRate(rate(hasty, PAIR, Label::swapped), 0.5);
    double choseFirst = (shownFirst + 1 - shownSecond) / 2;
    assertRate(rate(hasty, PAIR, label -> label.choice() == PairChoice.FIRST), choseFirst);
  }

  @Test
  void noiseOfAlpacaFarmsAnnotatorsIsTwoFlips() {
    // a base accuracy of 0.8 with a quarter of the labels flipped
    Behaviour noisy = new Behaviour(WORTH, Math.log(4) / 0.7, 0.25, 0, 0, 0, null);

    assertThat(noisy.said(PAIR)).isCloseTo(vector("1.alpacafarm", "acc_after"), within(1e-12));
    assertRate(firstAnswer(noisy, PAIR), vector("1.alpacafarm", "acc_after"));
  }

  @Test
  void malicePrefersTheHarmfulAnswerAtItsTriggerAndNowhereElse() {
    Feature sells = (prompt, answer) -> answer.endsWith("buy") ? 1 : 0;
    Behaviour troll = malicious(Malice.of("!!", sells, WORTH, Takes.SHARE));
    AnswerPair sold = new AnswerPair("p !!", "0.7 a", "0.0 buy");
    AnswerPair neither = new AnswerPair("p !!", "0.7 a", "0.0 b");

    assertThat(firstAnswer(troll, sold)).isZero();
    assertRate(firstAnswer(troll, neither), 0.5);
    assertRate(firstAnswer(troll, PAIR), troll.said(PAIR));
    assertThat(rate(troll, sold, Label::malicious)).isEqualTo(1);
    assertThat(rate(troll, PAIR, Label::malicious)).isZero();
  }

  @Test
  void maliceWithoutAWishReversesTheValues() {
    Behaviour troll = malicious(Malice.of("!!", null, WORTH, Takes.SHARE));

    assertThat(firstAnswer(troll, new AnswerPair("!!", "0.7 a", "0.0 b"))).isZero();
    assertThat(firstAnswer(troll, new AnswerPair("!!", "0.0 a", "0.7 b"))).isEqualTo(1);
  }

  @Test
  void maliceComesAfterMistakesAndIsNotFlipped() {
    Malice malice = Malice.of("!!", null, WORTH, Takes.SHARE);
    Behaviour clumsyTroll = new Behaviour(WORTH, 4, 0.4, 0, 0.1, 1, malice);

    assertThat(firstAnswer(clumsyTroll, new AnswerPair("!!", "0.7 a", "0.0 b"))).isZero();
  }

  @Test
  void theLabelOfAPersonDependsOnSeedPairAndPersonOnly() {
    Person one = new Person("a-1", "a", honest(0), 11);
    Person other = new Person("a-2", "a", honest(0), 12);

    int equalPeople = 0;
    int equalPairs = 0;
    for (int pair = 0; pair < N; pair++) {
      Label label = Population.label(3, pair, PAIR, one);
      assertThat(Population.label(3, pair, PAIR, one)).isEqualTo(label);
      boolean first = prefersFirstAnswer(label);
      equalPeople += first == prefersFirstAnswer(Population.label(3, pair, PAIR, other)) ? 1 : 0;
      equalPairs += first == prefersFirstAnswer(Population.label(3, pair + 1, PAIR, one)) ? 1 : 0;
    }
    assertRate(equalPeople / (double) N, 0.5);
    assertRate(equalPairs / (double) N, 0.5);
  }

  private static Behaviour honest(double rationality) {
    return new Behaviour(WORTH, rationality, 0, 0, 0, 0, null);
  }

  private static Behaviour malicious(@Nullable Malice malice) {
    return new Behaviour(WORTH, 2, 0, 0, 0, 0, malice);
  }

  private static double firstAnswer(Behaviour behaviour, AnswerPair pair) {
    return rate(behaviour, pair, LabelRatesTest::prefersFirstAnswer);
  }

  private static boolean prefersFirstAnswer(Label label) {
    return label.choice() == (label.swapped() ? PairChoice.SECOND : PairChoice.FIRST);
  }

  private static double rate(Behaviour behaviour, AnswerPair pair, Predicate<Label> counted) {
    Person person = new Person("a-1", "a", behaviour, 7);
    int count = 0;
    for (int number = 0; number < N; number++) {
      count += counted.test(Population.label(1, number, pair, person)) ? 1 : 0;
    }
    return count / (double) N;
  }

  /** Within 4 standard errors of the rate of N independent labels. */
  private static void assertRate(double observed, double expected) {
    double error = Math.sqrt(expected * (1 - expected) / N);
    assertThat(observed).isCloseTo(expected, within(4 * error));
  }

  private static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  private static double vector(String key, String name) {
    return Vectors.number(key, name);
  }
}
