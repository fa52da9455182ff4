// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.N;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.WORTH;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.assertRate;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.prefersFirstAnswer;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.sigmoid;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.vector;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FatigueTest {
  private static final AnswerPair PAIR = new AnswerPair("p", "0.7 a", "0.0 b");

  @Test
  void rationalityFallsAsItsFormulaSays() {
    Fatigue fatigue = new Fatigue(0.5, 50, 0);

    for (int t : new int[] {0, 25, 50, 200}) {
      double expected = vector("1.fatigue", Integer.toString(t));
      assertThat(fatigue.at(2, t)).isCloseTo(expected, within(1e-12));
      Behaviour tiring = Behaviour.of(WORTH, 2).with(Rationality.of(2).with(fatigue));
      assertThat(tiring.said(PAIR, t)).isCloseTo(sigmoid(expected * 0.7), within(1e-12));
    }
  }

  @Test
  void nobodyGetsSharperByTiring() {
    assertThat(new Fatigue(0.5, 50, 0).at(0.2, 100)).isEqualTo(0.2);
    assertThat(Fatigue.NONE.at(0.2, 100)).isEqualTo(0.2);
    assertThat(Fatigue.NONE.tires()).isFalse();
  }

  @Test
  void breaksRestoreRationality() {
    Fatigue fatigue = new Fatigue(0.5, 50, 3);

    assertThat(IntStream.range(0, 7).map(fatigue::sinceBreak).toArray())
        .containsExactly(0, 1, 2, 0, 1, 2, 0);
    assertThat(new Fatigue(0.5, 50, 0).sinceBreak(1000)).isEqualTo(1000);
  }

  @Test
  void labelsOfASessionHaveTheMeanRateOfItsPlaces() {
    Fatigue fatigue = new Fatigue(0.2, 20, 60);
    Behaviour tiring =
        Behaviour.of(WORTH, 4)
            .with(Rationality.of(4).with(fatigue))
            .with(new PositionBias(0.5))
            .with(new Slips(0.1, 0));
    Person person = new Person("a-1", "a", tiring, 7, 0);

    int first = 0;
    double expected = 0;
    for (int pair = 0; pair < N; pair++) {
      int t = fatigue.sinceBreak(pair);
      Label label = Answering.label(new Question(1, pair, PAIR), person, t);
      first += prefersFirstAnswer(label) ? 1 : 0;
      double rho = 0.2 + 3.8 * Math.exp(-t / 20.0);
      double shownFirst = 0.8 * sigmoid(rho * 0.7 + 0.5) + 0.1;
      double shownSecond = 0.8 * sigmoid(rho * 0.7 - 0.5) + 0.1;
      expected += (shownFirst + shownSecond) / 2 / N;
    }

    assertRate(first / (double) N, expected);
  }

  @Test
  void aWorkloadCountsWhatWasGivenBefore() {
    Workload workload = new Workload();
    workload.add("a", 3);
    workload.add("a", 5);
    workload.add("b", 4);

    assertThat(workload.before("a", 3)).isZero();
    assertThat(workload.before("a", 4)).isEqualTo(1);
    assertThat(workload.before("a", 5)).isEqualTo(1);
    assertThat(workload.before("a", 6)).isEqualTo(2);
    assertThat(workload.before("b", 4)).isZero();
    assertThat(workload.before("c", 9)).isZero();
    assertThatThrownBy(() -> workload.add("a", 5)).isInstanceOf(IllegalArgumentException.class);
  }
}
