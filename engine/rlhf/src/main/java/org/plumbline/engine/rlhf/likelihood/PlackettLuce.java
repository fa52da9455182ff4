// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.likelihood;

import java.util.List;

/**
 * Rankings: the best is chosen among all, then the next best among the rest, and so on.
 *
 * <p>Plackett 1975; Luce 1959. With o the ranking, best first, and r the scores:
 *
 * <pre>{@code
 * log P(o) = sum over i of ( r[o_i] - log sum over j >= i of exp(r[o_j]) )
 * }</pre>
 *
 * <p>A ranking that stops early, such as a choice of the best, is the sum of its first terms
 * (Ziegler et al. 2019, arXiv:1909.08593, section 2.2); with two answers it is Bradley and Terry's.
 *
 * @param answers how many are ranked
 * @param top how many of the first ranks count
 */
public record PlackettLuce(int answers, int top) implements Likelihood<List<Integer>> {

  @Override
  public double loss(List<Integer> ranking, double[] scores, double[] numbers, Gradient gradient) {
    boolean[] taken = new boolean[scores.length];
    double loss = 0;
    // The last of all has no choice left: its term is 0.
    for (int i = 0; i < Math.min(top, ranking.size()); i++) {
      int best = ranking.get(i);
      double highest = Double.NEGATIVE_INFINITY;
      for (int j = 0; j < scores.length; j++) {
        highest = taken[j] ? highest : Math.max(highest, scores[j]);
      }
      double sum = 0;
      for (int j = 0; j < scores.length; j++) {
        sum += taken[j] ? 0 : StrictMath.exp(scores[j] - highest);
      }
      loss += highest + StrictMath.log(sum) - scores[best];
      for (int j = 0; j < scores.length; j++) {
        gradient.scores()[j] += taken[j] ? 0 : StrictMath.exp(scores[j] - highest) / sum;
      }
      gradient.scores()[best] -= 1;
      taken[best] = true;
    }
    return loss;
  }
}
