// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.rlhf.aggregation.Ballots.Ballot;
import org.plumbline.engine.rlhf.aggregation.Ballots.Compared;

class OutlyingAgreementTest {

  @Test
  void whoContradictsTheOthersIsFoundAndNobodyElse() {
    double[] right = new double[30];
    Arrays.fill(right, .9);
    right[3] = .1;
    right[17] = .5;

    OutlyingAgreement.Scores scores = OutlyingAgreement.of(drawn(right, 3000, 5));

    List<Integer> outliers = new ArrayList<>();
    for (int h = 0; h < 30; h++) {
      if (scores.z()[h] < -3.5) {
        outliers.add(h);
      }
    }
    assertThat(outliers).containsExactly(3, 17);
    assertThat(scores.z()[3]).isLessThan(scores.z()[17]);
    // with a share of 0.86 who are right among the others: 0.9 * 0.86 + 0.1 * 0.14
    assertThat(scores.agreement()[0]).isCloseTo(0.79, within(0.04));
  }

  /** Labels of people who are drawn anew for each pair. */
  private static Ballots drawn(double[] right, int pairs, int each) {
    SplittableRandom random = new SplittableRandom(9);
    List<Compared> compared = new ArrayList<>();
    List<Ballot> ballots = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      compared.add(new Compared(2 * i, 2 * i + 1));
      boolean first = random.nextBoolean();
      List<Integer> people = new ArrayList<>();
      while (people.size() < each) {
        int person = random.nextInt(right.length);
        if (!people.contains(person)) {
          people.add(person);
          boolean says = random.nextDouble() < right[person] == first;
          ballots.add(new Ballot(i, person, says ? 1 : 0, false));
        }
      }
    }
    return new Ballots(compared, right.length, ballots);
  }

  @Test
  void whereAllAgreeNobodyIsAnOutlierAndFewLabelsTellNothing() {
    List<Compared> pairs = new ArrayList<>();
    List<Ballot> ballots = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      pairs.add(new Compared(2 * i, 2 * i + 1));
      for (int h = 0; h < 3; h++) {
        ballots.add(new Ballot(i, h, 1, false));
      }
    }
    ballots.add(new Ballot(0, 3, 0, false));

    double[] z = OutlyingAgreement.of(new Ballots(pairs, 5, ballots)).z();

    assertThat(z[0]).isEqualTo(z[2]);
    assertThat(Math.abs(z[1])).isLessThan(1.5);
    assertThat(z[3]).isNaN();
    assertThat(z[4]).isNaN();
  }
}
