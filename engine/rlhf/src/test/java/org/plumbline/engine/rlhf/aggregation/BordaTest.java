// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.rlhf.aggregation.Ballots.Ballot;
import org.plumbline.engine.rlhf.aggregation.Ballots.Compared;

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
