// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.aggregation;

import java.util.List;
import org.plumbline.engine.rlhf.aggregation.Ballots.Ballot;
import org.plumbline.engine.rlhf.numerics.Logistic;

/**
 * Votes weighted by the log-odds of being right.
 *
 * <p>S. Nitzan, J. Paroush, "Optimal decision rules in uncertain dichotomous choice situations",
 * International Economic Review 23 (1982), theorem 1: of people who are right with known
 * probabilities p_h, independently of each other, the decision that is most often right is the sign
 * of the weighted vote, with x_h 1 for the first answer, 0 for the second:
 *
 * <pre>{@code
 * w_h = log( p_h / (1 - p_h) )
 * P(first) = sigmoid( sum_h w_h (2 x_h - 1) )
 * }</pre>
 *
 * <p>The sigmoid is the probability that the first answer is the better one if each was as likely
 * before. Who is wrong more often than right counts for the contrary. The rule knows reliabilities
 * and does not estimate them: they come from questions whose answer is known, or from {@link
 * DawidSkene}.
 */
public final class WeightedMajority {
  private WeightedMajority() {}

  /**
   * What the votes come to.
   *
   * @param reliability by person, the probability of being right, which is neither 0 nor 1
   */
  public static Aggregated of(Ballots ballots, double[] reliability) {
    double[] odds = new double[ballots.pairs().size()];
    for (Ballot ballot : ballots.ballots()) {
      odds[ballot.pair()] += weight(reliability[ballot.person()]) * (2 * ballot.one() - 1);
    }
    double[] one = new double[odds.length];
    for (int i = 0; i < one.length; i++) {
      one[i] = Logistic.sigmoid(odds[i]);
    }
    return new Aggregated(one, reliability, List.of(), true);
  }

  /** What the vote of somebody weighs who is right with this probability. */
  static double weight(double reliability) {
    return StrictMath.log(reliability / (1 - reliability));
  }
}
