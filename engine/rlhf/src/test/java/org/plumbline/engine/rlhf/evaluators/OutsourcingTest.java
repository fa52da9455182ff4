// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.N;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.WORTH;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.assertRate;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.prefersFirstAnswer;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.sigmoid;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.End;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Takes;

class OutsourcingTest {
  private static final AnswerPair PAIR = new AnswerPair("p", "0.7 a", "0.0 b");
  private static final Behaviour LAZY =
      Behaviour.of(WORTH, 1).with(new Slips(0.1, 0)).with(new Outsourcing(0.3, "ai"));
  private static final double OWN = 0.8 * sigmoid(0.7) + 0.1;

  @Test
  void aShareOfTheLabelsIsTheJudges() {
    assertRate(rate(LAZY, Map.of("ai", 0.0), label -> label.madeBy() != null), 0.3);
    assertRate(rate(LAZY, Map.of("ai", 1.0), LabelRates::prefersFirstAnswer), 0.3 + 0.7 * OWN);
    assertRate(rate(LAZY, Map.of("ai", 0.2), LabelRates::prefersFirstAnswer), 0.7 * OWN);
    assertRate(
        rate(LAZY, Map.of("ai", 0.5), LabelRates::prefersFirstAnswer), 0.3 * 0.5 + 0.7 * OWN);
  }

  @Test
  void peopleLookThemselvesWhereTheJudgeSaysNothing() {
    assertThat(rate(LAZY, Map.of(), label -> label.madeBy() != null)).isZero();
    assertRate(rate(LAZY, Map.of(), LabelRates::prefersFirstAnswer), OWN);
  }

  @Test
  void whoAsksNeitherLooksNorCallsAnswersEqualButMayLeaveThePairOut() {
    Behaviour fussy =
        LAZY.with(new Abstention(0.2, Double.NEGATIVE_INFINITY, 1))
            .with(new View(9, End.START, Pattern.compile("[ab]")));
    Map<String, Double> verdict = Map.of("ai", 1.0);

    assertRate(rate(fussy, verdict, label -> label.choice() == PairChoice.SKIP), 0.2);
    assertRate(rate(fussy, verdict, label -> label.choice() == PairChoice.EQUAL), 0.8 * 0.7);
    assertRate(rate(fussy, verdict, LabelRates::prefersFirstAnswer), 0.8 * 0.3);
  }

  @Test
  void harmIsDoneInPerson() {
    Behaviour troll = LAZY.with(Malice.of(Malice.Target.trigger("p"), null, WORTH, Takes.SHARE));

    assertThat(rate(troll, Map.of("ai", 1.0), Label::malicious)).isEqualTo(1);
  }

  @Test
  void twoWhoAskAgreeAsOftenAsTheirSharesSay() {
    int both = 0;
    int agree = 0;
    for (int pair = 0; pair < N; pair++) {
      Question question = new Question(1, pair, PAIR).with(Map.of("ai", 0.0));
      Label one = Answering.label(question, person(LAZY, 1), 0);
      Label other = Answering.label(question, person(LAZY, 2), 0);
      both += one.madeBy() != null && other.madeBy() != null ? 1 : 0;
      agree += prefersFirstAnswer(one) == prefersFirstAnswer(other) ? 1 : 0;
    }

    double first = 0.7 * OWN;
    assertRate(both / (double) N, 0.09);
    assertRate(agree / (double) N, first * first + (1 - first) * (1 - first));
  }

  @Test
  void whatIsLikelyKnowsTheJudge() {
    Behaviour absent = LAZY.with(new Abstention(0.2, Double.NEGATIVE_INFINITY, 0));
    Behaviour fair = LAZY.with(new Abstention(0.2, Double.NEGATIVE_INFINITY, 1));

    assertThat(likely(LAZY, Map.of("ai", 0.9))).isCloseTo(0.27 + 0.7 * OWN, within(1e-12));
    assertThat(likely(absent, Map.of("ai", 0.9))).isCloseTo(0.27 + 0.7 * OWN, within(1e-12));
    // they choose only where the judge chooses for them
    assertThat(likely(fair, Map.of("ai", 0.9))).isCloseTo(0.9, within(1e-12));
    assertThat(likely(LAZY, Map.of())).isNaN();
    // of two, one of whom asks: weights are equal
    LabelProbability likelihood = new LabelProbability(PAIR, person -> 0, Map.of("ai", 0.9));
    List<Person> two = List.of(person(LAZY, 1), person(Behaviour.of(WORTH, 1), 2));
    assertThat(likelihood.of(two).orElseThrow())
        .isCloseTo((0.27 + 0.7 * OWN + sigmoid(0.7)) / 2, within(1e-12));
  }

  private static double likely(Behaviour behaviour, Map<String, Double> judges) {
    return new LabelProbability(PAIR, person -> 0, judges)
        .of(List.of(person(behaviour, 1)))
        .orElse(Double.NaN);
  }

  private static double rate(
      Behaviour behaviour, Map<String, Double> verdicts, Predicate<Label> counted) {
    int count = 0;
    for (int pair = 0; pair < N; pair++) {
      Question question = new Question(1, pair, PAIR).with(verdicts);
      count += counted.test(Answering.label(question, person(behaviour, 1), 0)) ? 1 : 0;
    }
    return count / (double) N;
  }

  private static Person person(Behaviour behaviour, int number) {
    return new Person("a-" + number, "a", behaviour, 100 + number, 0);
  }
}
