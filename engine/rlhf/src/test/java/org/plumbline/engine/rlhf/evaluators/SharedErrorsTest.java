// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.N;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.WORTH;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.assertRate;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.prefersFirstAnswer;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.vector;

import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Takes;

class SharedErrorsTest {
  private static final AnswerPair PAIR = new AnswerPair("p", "0.7 a", "0.0 b");

  /** Nobody errs but by mistake, a fifth of the time. */
  private static final Behaviour CLUMSY = Behaviour.of(WORTH, 1000).with(new Slips(0.2, 0));

  /** Errs by noise, mistakes and lapses. */
  private static final Behaviour NOISY = Behaviour.of(WORTH, 1).with(new Slips(0.1, 0.2));

  @Test
  void mistakesAreSharedAndNoMoreThanBefore() {
    List<Behaviour> three = List.of(CLUMSY, CLUMSY, CLUMSY);

    assertRate(errors(0.5, three, wrong -> (wrong & 1) == 1), 0.2);
    assertRate(errors(0.5, three, wrong -> (wrong & 3) == 3), vector("1.correlated", "p_both"));
    assertRate(
        errors(0.5, three, wrong -> Integer.bitCount(wrong) >= 2),
        vector("1.correlated", "maj3_err_corr"));
    assertRate(
        errors(0, three, wrong -> Integer.bitCount(wrong) >= 2),
        vector("1.correlated", "maj3_err_indep"));
    assertRate(
        errors(
            0,
            List.of(CLUMSY, CLUMSY, CLUMSY, CLUMSY, CLUMSY),
            wrong -> Integer.bitCount(wrong) >= 3),
        vector("1.correlated", "maj5_err_indep"));
  }

  @Test
  void theCorrelationOfErrorsIsTheShare() {
    double both = errors(0.5, List.of(CLUMSY, CLUMSY), wrong -> wrong == 3);

    // (P(both) - e^2) / (e (1 - e)); the error of P(both) is that of a rate
    double error = Math.sqrt(0.12 * 0.88 / N) / (0.2 * 0.8);
    assertThat((both - 0.04) / (0.2 * 0.8))
        .isCloseTo(vector("1.correlated", "corr"), within(4 * error));
  }

  @Test
  void errorsOfDifferentPeopleAndFromAnyCauseCompose() {
    double e = 1 - NOISY.said(PAIR);
    double f = 0.2;
    List<Behaviour> both = List.of(NOISY, CLUMSY);

    assertRate(errors(0.3, both, wrong -> (wrong & 1) == 1), e);
    assertRate(errors(0.3, both, wrong -> (wrong & 2) == 2), f);
    assertRate(errors(0.3, both, wrong -> wrong == 3), 0.3 * Math.min(e, f) + 0.7 * e * f);
  }

  @Test
  void positionBiasStaysEverybodysOwn() {
    Behaviour hasty = Behaviour.of(WORTH, 1).with(new PositionBias(2));
    double shownFirst = 1 - hasty.said(PAIR);
    double shownSecond = hasty.said(PAIR.swapped());
    double alone = (shownFirst + shownSecond) / 2;

    assertRate(errors(0.4, List.of(hasty), wrong -> wrong == 1), alone);
    // equal orders half of the time, else the smaller of two errors
    double together =
        0.4 * (shownFirst / 4 + shownSecond / 4 + Math.min(shownFirst, shownSecond) / 2);
    assertRate(
        errors(0.4, List.of(hasty, hasty), wrong -> wrong == 3), together + 0.6 * alone * alone);
  }

  @Test
  void skipsEqualAnswersAndMaliceAreNotShared() {
    SharedErrors always = new SharedErrors(0.999999);
    Behaviour absent =
        Behaviour.of(WORTH, 1).with(new Abstention(0.3, Double.NEGATIVE_INFINITY, 0));
    Behaviour fair = Behaviour.of(WORTH, 1).with(new Abstention(0, Double.NEGATIVE_INFINITY, 1));
    Behaviour troll = CLUMSY.with(Malice.of(Malice.Target.trigger("p"), null, WORTH, Takes.SHARE));
    int skipped = 0;
    for (int pair = 0; pair < N; pair++) {
      Question question = new Question(1, pair, PAIR, always.common(1, pair), Map.of());
      boolean one = label(question, absent, 0).choice() == PairChoice.SKIP;
      skipped += one && label(question, absent, 1).choice() == PairChoice.SKIP ? 1 : 0;
      assertThat(label(question, fair, 0).choice()).isEqualTo(PairChoice.EQUAL);
      assertThat(label(question, troll, 0).malicious()).isTrue();
    }
    assertRate(skipped / (double) N, 0.09);
  }

  /** How often the wrong ones of these people, as bits, are such. */
  private static double errors(double share, List<Behaviour> people, IntPredicate counted) {
    SharedErrors shared = new SharedErrors(share);
    int count = 0;
    for (int pair = 0; pair < N; pair++) {
      Question question = new Question(1, pair, PAIR, shared.common(1, pair), Map.of());
      int wrong = 0;
      for (int i = 0; i < people.size(); i++) {
        wrong |= prefersFirstAnswer(label(question, people.get(i), i)) ? 0 : 1 << i;
      }
      count += counted.test(wrong) ? 1 : 0;
    }
    return count / (double) N;
  }

  private static Label label(Question question, Behaviour behaviour, int number) {
    Person person = new Person("a-" + number, "a", behaviour, 100 + number, 0);
    return Answering.label(question, person, 0);
  }
}
