// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.N;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.WORTH;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.assertRate;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.firstAnswer;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.prefersFirstAnswer;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.rate;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.sigmoid;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.vector;

import org.junit.jupiter.api.Test;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Takes;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.rlhf.values.Feature;
import org.plumbline.engine.rlhf.values.WhiteSpaceWords;

/** Every behaviour against its closed form: by itself, and at n = 100,000 labels. */
class LabelRatesTest {
  /** An answer is worth the sum of its numbers. */
  private static final Feature SUM =
      (prompt, answer) ->
          WhiteSpaceWords.of(answer).stream().mapToDouble(Double::parseDouble).sum();

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
    Behaviour lapsing = Behaviour.of(WORTH, 1).with(new Slips(0.05, 0));
    assertThat(lapsing.said(PAIR)).isCloseTo(vector("1.boltzmann", "lapse0.1"), within(1e-12));
    assertRate(firstAnswer(lapsing, PAIR), lapsing.said(PAIR));

    AnswerPair gap = new AnswerPair("p", "1.0 a", "0.8 b");
    Behaviour clumsy = Behaviour.of(WORTH, 1).with(new Slips(0.1, 0));
    assertThat(clumsy.said(gap))
        .isCloseTo(vector("1.bpref", "p2_stoc_then_mistake"), within(1e-12));
    assertRate(firstAnswer(clumsy, gap), clumsy.said(gap));
  }

  @Test
  void lapsesAreCoinsThatNobodyLooksAt() {
    Behaviour lapsing = honest(1).with(new Slips(0, 0.1));
    assertThat(lapsing.said(PAIR)).isCloseTo(vector("1.boltzmann", "lapse0.1"), within(1e-12));
    assertRate(firstAnswer(lapsing, PAIR), lapsing.said(PAIR));
    assertRate(firstAnswer(honest(50).with(new Slips(0, 1)), PAIR), 0.5);
  }

  @Test
  void lapsesMistakesAndBiasesCompose() {
    Behaviour tired =
        honest(2).with(new Slips(0.2, 0.3)).with(new PositionBias(0.5)).with(new LengthBias(0.1));
    double shownFirst = 0.7 * (0.6 * sigmoid(2 * 0.7 + 0.5) + 0.2) + 0.15;
    double shownSecond = 1 - (0.7 * (0.6 * sigmoid(-2 * 0.7 + 0.5) + 0.2) + 0.15);

    assertThat(tired.said(PAIR)).isCloseTo(shownFirst, within(1e-12));
    assertRate(firstAnswer(tired, PAIR), (shownFirst + shownSecond) / 2);
  }

  @Test
  void skipsAreIndependentOfTheAnswers() {
    Behaviour absent =
        Behaviour.of(WORTH, 2).with(new Abstention(0.3, Double.NEGATIVE_INFINITY, 0));

    assertRate(rate(absent, PAIR, label -> label.choice() == PairChoice.SKIP), 0.3);
    double said = rate(absent, PAIR, LabelRates::prefersFirstAnswer);
    assertRate(said, 0.7 * absent.said(PAIR));
  }

  @Test
  void answersOfAboutTheSameWorthAreCalledEqualWhateverSlipsWouldSay() {
    Abstention even = new Abstention(0.3, Double.NEGATIVE_INFINITY, 0.71);
    Abstention finer = new Abstention(0.3, Double.NEGATIVE_INFINITY, 0.7);
    Behaviour fair = honest(2).with(new Slips(0.4, 0.2)).with(new PositionBias(3));

    assertRate(rate(fair.with(even), PAIR, label -> label.choice() == PairChoice.EQUAL), 0.7);
    assertThat(rate(fair.with(finer), PAIR, label -> label.choice() == PairChoice.EQUAL)).isZero();
    assertThat(fair.with(even).chooses(PAIR)).isZero();
    assertThat(fair.with(finer).chooses(PAIR)).isEqualTo(0.7);
  }

  @Test
  void pairsWithoutAnAnswerWorthMoreAreLeftOutBeforeTheyAreCalledEqual() {
    Behaviour choosy = honest(2).with(new Abstention(0, 0.7, 10));
    Behaviour content = honest(2).with(new Abstention(0, 0.69, 10));

    assertThat(rate(choosy, PAIR, label -> label.choice() == PairChoice.SKIP)).isEqualTo(1);
    assertThat(rate(content, PAIR, label -> label.choice() == PairChoice.EQUAL)).isEqualTo(1);
  }

  @Test
  void maliceOverridesEqualButNotSkipped() {
    Malice malice = Malice.of(Malice.Target.trigger("!!"), null, WORTH, Takes.SHARE);
    AnswerPair triggered = new AnswerPair("!!", "0.7 a", "0.0 b");
    Behaviour fair = malicious(malice).with(new Abstention(0, Double.NEGATIVE_INFINITY, 10));
    Behaviour choosy = malicious(malice).with(new Abstention(0, 5, 0));

    assertThat(rate(fair, triggered, Label::malicious)).isEqualTo(1);
    assertThat(rate(choosy, triggered, l -> l.choice() == PairChoice.SKIP)).isEqualTo(1);
  }

  @Test
  void myopiaDiscountsEarlyWords() {
    AnswerPair steps = new AnswerPair("p", ".4 0 .6", ".2 .5 .1");
    Behaviour myopic = Behaviour.of(SUM, 1).withMyopia(0.9);
    Feature felt = new Myopia(SUM, 0.9);

    assertThat(felt.of("p", steps.second())).isCloseTo(vector("1.bpref", "my1"), within(1e-12));
    assertThat(felt.of("p", steps.first())).isCloseTo(vector("1.bpref", "my2"), within(1e-12));
    assertThat(Behaviour.of(SUM, 1).said(steps))
        .isCloseTo(vector("1.bpref", "p2_stoc"), within(1e-12));
    assertThat(myopic.said(steps)).isCloseTo(vector("1.bpref", "p2_myopic_b1"), within(1e-12));
    assertRate(firstAnswer(myopic, steps), myopic.said(steps));
  }

  @Test
  void whoSeesLaterWordsBetterPrefersTheContrary() {
    AnswerPair steps = new AnswerPair("p", "1 0 0", "0 0 .85");
    double[] plain = Vectors.list("1.bpref_flip", "plain");
    double[] myopic = Vectors.list("1.bpref_flip", "myopic");
    Feature felt = new Myopia(SUM, 0.9);

    assertThat(SUM.of("p", steps.first())).isCloseTo(plain[0], within(1e-12));
    assertThat(SUM.of("p", steps.second())).isCloseTo(plain[1], within(1e-12));
    assertThat(felt.of("p", steps.first())).isCloseTo(myopic[0], within(1e-12));
    assertThat(felt.of("p", steps.second())).isCloseTo(myopic[1], within(1e-12));
    assertThat(firstAnswer(Behaviour.of(SUM, 1000), steps)).isEqualTo(1);
    assertThat(firstAnswer(Behaviour.of(SUM, 1000).withMyopia(0.9), steps)).isZero();
  }

  @Test
  void myopiaTakesWhatWordsAddToAnyFeatureAndNothingAwayWhereAllWeighAlike() {
    Feature starts = (prompt, answer) -> answer.isEmpty() ? 3 : answer.startsWith("please") ? 5 : 1;

    assertThat(new Myopia(starts, 0.5).of("p", "please do it ")).isEqualTo(3 + 0.25 * 2);
    assertThat(new Myopia(starts, 1).of("p", "please do it ")).isEqualTo(5);
    assertThat(new Myopia(starts, 0.5).of("p", "")).isEqualTo(3);
  }

  @Test
  void myopiaIsOfTheChoiceAndNotOfWhatIsLeftOutOrEqual() {
    // plainly 1 against 0.85, with myopia 0.81 against 0.85
    AnswerPair steps = new AnswerPair("p", "1 0 0", "0 0 .85");
    Behaviour myopic = Behaviour.of(SUM, 1000).withMyopia(0.9);

    assertThat(firstAnswer(myopic, steps)).isZero();
    assertThat(myopic.with(new Abstention(0, 0.9, 0.1)).chooses(steps)).isEqualTo(1);
  }

  @Test
  void lengthBiasIsPerWordAndNotScaledByRationality() {
    String forty = " w".repeat(40);
    AnswerPair longer = new AnswerPair("p", "0.2 a" + forty, "0.0 b");
    Behaviour one = Behaviour.of(WORTH, 1).with(new LengthBias(0.01));
    Behaviour three = Behaviour.of(WORTH, 3).with(new LengthBias(0.1));

    assertThat(one.intended(longer)).isCloseTo(vector("1.length", "p"), within(1e-12));
    assertThat(three.intended(longer)).isCloseTo(sigmoid(3 * 0.2 + 0.1 * 40), within(1e-12));
    assertRate(firstAnswer(one, longer), one.said(longer));
  }

  @Test
  void positionBiasActsOnTheAnswerShownFirst() {
    Behaviour hasty = Behaviour.of(WORTH, 1).with(new PositionBias(0.4));
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
    Behaviour noisy = Behaviour.of(WORTH, Math.log(4) / 0.7).with(new Slips(0.25, 0));

    assertThat(noisy.said(PAIR)).isCloseTo(vector("1.alpacafarm", "acc_after"), within(1e-12));
    assertRate(firstAnswer(noisy, PAIR), vector("1.alpacafarm", "acc_after"));
  }

  @Test
  void malicePrefersTheHarmfulAnswerAtItsTriggerAndNowhereElse() {
    Feature sells = (prompt, answer) -> answer.endsWith("buy") ? 1 : 0;
    Behaviour troll = malicious(Malice.of(Malice.Target.trigger("!!"), sells, WORTH, Takes.SHARE));
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
    Behaviour troll = malicious(Malice.of(Malice.Target.trigger("!!"), null, WORTH, Takes.SHARE));

    assertThat(firstAnswer(troll, new AnswerPair("!!", "0.7 a", "0.0 b"))).isZero();
    assertThat(firstAnswer(troll, new AnswerPair("!!", "0.0 a", "0.7 b"))).isEqualTo(1);
  }

  @Test
  void maliceComesAfterMistakesAndIsNotFlipped() {
    Malice malice = Malice.of(Malice.Target.trigger("!!"), null, WORTH, Takes.SHARE);
    Behaviour clumsyTroll =
        Behaviour.of(WORTH, 4)
            .with(new Slips(0.4, 0.5))
            .with(new LengthBias(0.1))
            .with(new PositionBias(1))
            .with(malice);

    assertThat(firstAnswer(clumsyTroll, new AnswerPair("!!", "0.7 a", "0.0 b"))).isZero();
  }

  @Test
  void theLabelOfAPersonDependsOnSeedPairAndPersonOnly() {
    Person one = new Person("a-1", "a", honest(0), 11, 0);
    Person other = new Person("a-2", "a", honest(0), 12, 0);

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
    return Behaviour.of(WORTH, rationality);
  }

  private static Behaviour malicious(Malice malice) {
    return Behaviour.of(WORTH, 2).with(malice);
  }
}
