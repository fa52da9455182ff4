// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.rlhf.aggregation.Ballots.Ballot;
import org.plumbline.engine.rlhf.aggregation.Ballots.Compared;
import org.plumbline.engine.rlhf.evaluators.AnswerPair;
import org.plumbline.engine.rlhf.evaluators.Behaviour;

class BordaTest {
  /** Three people rank A B C D, two rank B C D A; each says so of all six pairs. */
  private static final int[][] RANKINGS = {
    {0, 1, 2, 3}, {0, 1, 2, 3}, {0, 1, 2, 3}, {1, 2, 3, 0}, {1, 2, 3, 0}
  };

  @Test
  void pointsAreThoseOfRankings() {
    double[] points = Borda.points(ballots());

    for (int i = 0; i < 4; i++) {
      assertThat(points[i])
          .isEqualTo(Vectors.of("1.borda").path("borda").path("ABCD".substring(i, i + 1)).asInt());
    }
  }

  @Test
  void whatBeatsTheOthersMoreIsPreferredEvenToWhatMostPeoplePrefer() {
    double share = ballots().shares()[0];
    double borda = Borda.of(ballots()).one()[0];

    assertThat(share).isEqualTo(0.6);
    // points over the 15 labels that each stands in
    assertThat(borda).isCloseTo(0.5 + (9 - 12) / 30.0, within(1e-12));
  }

  /**
   * Answers from 0 to 1 of worth a; from 0.8 on they are worth 2a or 0, as a coin says that falls
   * for each person and answer apart (Siththaranjan et al. 2023): all are worth a on average, and
   * the points break at 0.8. The others are a grid of 100, the people one for each of 32 patterns
   * in which every two coins fall in each way equally often.
   */
  @Test
  void pointsOfAnswersWhoseWorthIsHiddenAreTheBordaCountAndNotTheMean() {
    JsonNode expected = Vectors.of("2.hidden1d_bc");
    List<Double> asked = new ArrayList<>();
    expected.fieldNames().forEachRemaining(name -> asked.add(Double.parseDouble(name)));
    List<Double> answers = new ArrayList<>(asked);
    for (int i = 0; i < 100; i++) {
      answers.add((i + 0.5) / 100);
    }
    List<Compared> pairs = new ArrayList<>();
    List<Ballot> ballots = new ArrayList<>();
    for (int one = 0; one < asked.size(); one++) {
      for (int two = asked.size(); two < answers.size(); two++) {
        for (int person = 0; person < 32; person++) {
          ballots.add(new Ballot(pairs.size(), person, prefers(answers, person, one, two), false));
        }
        pairs.add(new Compared(one, two));
      }
    }

    double[] points = Borda.points(new Ballots(pairs, 32, ballots));

    for (int i = 0; i < asked.size(); i++) {
      assertThat(points[i] / (100 * 32))
          .as("%s", asked.get(i))
          .isCloseTo(expected.get(asked.get(i).toString()).asDouble(), within(1e-9));
    }
  }

  /** What a perfectly rational person of this number says. */
  private static double prefers(List<Double> answers, int person, int one, int two) {
    Behaviour sharp =
        Behaviour.of((prompt, answer) -> worth(answers, person, Integer.parseInt(answer)), 1e9);
    return sharp.said(new AnswerPair("", Integer.toString(one), Integer.toString(two)));
  }

  private static double worth(List<Double> answers, int person, int number) {
    double a = answers.get(number);
    if (a < 0.8) {
      return a;
    }
    // Parities of different patterns of bits are coins that fall apart.
    int coin = 1 + (number < 6 ? number : number - 80);
    return Integer.bitCount(person & coin) % 2 == 0 ? 2 * a : 0;
  }

  @Test
  void ofPairsThatShareNoAnswerItIsTheShareOfVotes() {
    Ballots apart = Crowd.classes(Crowd.truths(300), Crowd.reliabilities(40), 5);

    assertThat(Crowd.apart(Borda.of(apart).one(), apart.shares())).isLessThan(1e-12);
  }

  private static Ballots ballots() {
    List<Compared> pairs = new ArrayList<>();
    List<Ballot> ballots = new ArrayList<>();
    for (int one = 0; one < 4; one++) {
      for (int two = one + 1; two < 4; two++) {
        for (int h = 0; h < RANKINGS.length; h++) {
          double above = place(RANKINGS[h], one) < place(RANKINGS[h], two) ? 1 : 0;
          ballots.add(new Ballot(pairs.size(), h, above, false));
        }
        pairs.add(new Compared(one, two));
      }
    }
    return new Ballots(pairs, RANKINGS.length, ballots);
  }

  private static int place(int[] ranking, int answer) {
    int place = 0;
    while (ranking[place] != answer) {
      place++;
    }
    return place;
  }
}
