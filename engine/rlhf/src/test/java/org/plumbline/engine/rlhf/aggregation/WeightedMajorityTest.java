// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.rlhf.aggregation.Ballots.Ballot;
import org.plumbline.engine.rlhf.aggregation.Ballots.Compared;
import org.plumbline.engine.rlhf.numerics.Logistic;

class WeightedMajorityTest {

  @Test
  void anExpertAloneBeatsTwoNovices() {
    double[] reliability = {.9, .6, .6};
    double[] weights = Vectors.list("1.weighted_majority", "w");
    for (int h = 0; h < 3; h++) {
      assertThat(WeightedMajority.weight(reliability[h])).isCloseTo(weights[h], within(1e-12));
    }
    Ballots ballots =
        new Ballots(
            List.of(new Compared(0, 1)),
            3,
            List.of(
                new Ballot(0, 0, 1, false),
                new Ballot(0, 1, 0, false),
                new Ballot(0, 2, 0, false)));

    double score = Vectors.number("1.weighted_majority", "score_for_1_if_only_first_says_1");
    assertThat(WeightedMajority.of(ballots, reliability).one()[0])
        .isCloseTo(Logistic.sigmoid(score), within(1e-12));
  }

  @Test
  void itIsRightMoreOftenThanMostVotesAndItsProbabilitiesAreTrue() {
    boolean[] truths = Crowd.truths(20_000);
    double[] right = Crowd.reliabilities(50);
    Ballots ballots = Crowd.classes(truths, right, 5);

    double[] one = WeightedMajority.of(ballots, right).one();

    double votes = Crowd.right(ballots.shares(), truths);
    // Measured: 0.747 by votes, 0.947 weighted.
    double weighted = Crowd.right(one, truths);
    assertThat(weighted).isGreaterThan(votes + 0.19);
    double foreseen = 0;
    for (double p : one) {
      foreseen += Math.max(p, 1 - p) / one.length;
    }
    // of 20,000 pairs, a share that is 0.9 has a standard error of 0.002
    assertThat(weighted).isCloseTo(foreseen, within(0.0085));
  }
}
