// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.likelihood;

import java.util.List;
import org.plumbline.engine.rlhf.numerics.Logistic;

/**
 * Labels of people who belong to groups that compare by rewards of their own.
 *
 * <p>The M step of a mixture (Chakraborty et al. 2024, arXiv:2402.08925, section 5, with shares in
 * place of one group for each): an answer has one score per group z, d_z is the first answer's less
 * the second's, and t is what was said, a tie being half a word for each:
 *
 * <pre>{@code
 * L = sum over labels of sum over z of share_hz ( -t log sigmoid(d_z) - (1 - t) log sigmoid(-d_z) )
 * }</pre>
 *
 * @param shares how surely each person belongs to each group
 */
public record GroupedPair(double[][] shares) implements Likelihood<List<Vote>> {

  @Override
  public int answers() {
    return 2;
  }

  @Override
  public int outputs() {
    return shares[0].length;
  }

  @Override
  public double loss(List<Vote> votes, double[] scores, double[] numbers, Gradient gradient) {
    int groups = outputs();
    double loss = 0;
    for (Vote vote : votes) {
      double target = vote.first() + vote.tie() / 2;
      for (int z = 0; z < groups; z++) {
        double share = shares[vote.evaluator()][z];
        double gap = scores[z] - scores[groups + z];
        loss += share * Logistic.crossEntropy(gap, target);
        double slope = share * (Logistic.sigmoid(gap) - target);
        gradient.scores()[z] += slope;
        gradient.scores()[groups + z] -= slope;
      }
    }
    return loss;
  }

  /** How surely these people can be expected to prefer the first answer. */
  public double expected(List<Vote> votes, double[] first, double[] second) {
    double sum = 0;
    for (Vote vote : votes) {
      for (int z = 0; z < first.length; z++) {
        sum += shares[vote.evaluator()][z] * Logistic.sigmoid(first[z] - second[z]);
      }
    }
    return sum / votes.size();
  }
}
