// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plumbline.engine.rlhf.evaluators.LabelProbability.Voter;

class AttainableTest {
  private static final List<Voter> FIVE =
      List.of(
          new Voter(1, 0.97),
          new Voter(0.7, 0.9),
          new Voter(0.9, 0.08),
          new Voter(1, 0.5),
          new Voter(0.4, 0.3));

  /** Two see clearly and one sees it the other way: nearly always two against one. */
  @Test
  void threeWhoAreAllThereAreGiveTheVotesOfTheseThree() {
    List<Voter> three = List.of(new Voter(1, 0.97), new Voter(1, 0.97), new Voter(1, 0.03));

    Double exact = new Attainable(three, 0).of(3, 0);

    // more for the first: both of the first two, or one of them and the third
    assertThat(exact).isCloseTo(0.97 * 0.97 + 2 * 0.97 * 0.03 * 0.03, within(1e-12));
    assertThat(Attainable.independent((0.97 + 0.97 + 0.03) / 3, 3, 0)).isLessThan(0.75);
    assertThat(exact).isGreaterThan(0.94);
  }

  @ParameterizedTest
  @CsvSource({"1,0,0", "2,0,0", "3,0,0", "2,1,0", "3,1,0", "3,2,0", "5,0,0", "3,0,0.4", "2,2,0.7"})
  void itIsWhatEnumerationGives(int votes, int others, double shared) {
    assertThat(new Attainable(FIVE, shared).of(votes, others))
        .isCloseTo(enumerated(votes, others, shared), within(1e-12));
  }

  @Test
  void ofManyPeopleItIsThatOfIndependentVotes() {
    List<Voter> many = new ArrayList<>(Collections.nCopies(6000, new Voter(1, 0.9)));
    many.addAll(Collections.nCopies(4000, new Voter(1, 0.2)));

    Double exact = new Attainable(many, 0).of(2, 0);

    assertThat(exact).isCloseTo(Attainable.independent(0.62, 2, 0), within(1e-4));
    assertThat(new Attainable(many, 0).of(3, 0))
        .isCloseTo(Attainable.independent(0.62, 3, 0), within(1e-4));
  }

  @Test
  void whereNobodyChoosesOrNothingIsKnownItIsUnknown() {
    assertThat(new Attainable(FIVE, 0).of(0, 3)).isNull();
    assertThat(new Attainable(List.of(), 0).of(2, 0)).isNull();
    assertThat(new Attainable(List.of(new Voter(0, 0.5), new Voter(0, 0.5)), 0).of(1, 0)).isNull();
  }

  /** Everybody is asked or not, chooses or not, and chooses the first or not. */
  private static double enumerated(int votes, int others, double shared) {
    double[] alone = new double[2];
    double[] together = new double[2];
    double allAlone = 0;
    double allTogether = 0;
    int outcomes = (int) Math.pow(4, FIVE.size());
    int steps = 1000; // all probabilities are multiples of 1/1000
    for (int code = 0; code < outcomes; code++) {
      int first = 0;
      int second = 0;
      int none = 0;
      double chance = 1;
      List<Integer> chose = new ArrayList<>();
      double chosen = 1;
      for (int h = 0, rest = code; h < FIVE.size(); h++, rest /= 4) {
        Voter voter = FIVE.get(h);
        switch (rest % 4) {
          case 1 -> {
            none++;
            chance *= 1 - voter.chooses();
            chosen *= 1 - voter.chooses();
          }
          case 2 -> {
            first++;
            chance *= voter.chooses() * voter.one();
            chosen *= voter.chooses();
            chose.add(h);
          }
          case 3 -> {
            second++;
            chance *= voter.chooses() * (1 - voter.one());
            chosen *= voter.chooses();
            chose.add(h);
          }
          default -> {}
        }
      }
      if (first + second != votes || none != others) {
        continue;
      }
      allAlone += chance;
      alone[0] += first > second ? chance : 0;
      alone[1] += first < second ? chance : 0;
      if (second == 0) { // each set of people once
        allTogether += chosen;
        for (int k = 0; k < steps; k++) {
          double u = (k + 0.5) / steps;
          long sayFirst = chose.stream().filter(h -> u < FIVE.get(h).one()).count();
          together[0] += 2 * sayFirst > votes ? chosen / steps : 0;
          together[1] += 2 * sayFirst < votes ? chosen / steps : 0;
        }
      }
    }
    double more = (1 - shared) * alone[0] / allAlone + shared * together[0] / allTogether;
    double fewer = (1 - shared) * alone[1] / allAlone + shared * together[1] / allTogether;
    return Math.max(more, fewer) / (more + fewer);
  }
}
