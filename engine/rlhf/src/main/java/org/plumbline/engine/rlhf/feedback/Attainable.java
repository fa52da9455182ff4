// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.rlhf.evaluators.LabelProbability.Voter;

/**
 * How often whoever knows all about the people, but neither who is asked nor what they say this
 * time, says which answer of a pair more of them prefer, given that their votes are not equal.
 *
 * <p>People are drawn without replacement: three who are all there are give the votes of these
 * three, and not of three drawn from a crowd of their kind. With c_h the probability that person h
 * chooses, q_h that they choose the first answer then, and x, y, z counting choices of the first,
 * of the second, and none, the chances of all outcomes are the coefficients of
 *
 * <pre>{@code
 * product over h of ( 1 + (1 - c_h) z + c_h q_h x + c_h (1 - q_h) y )
 * }</pre>
 *
 * <p>which is multiplied out as far as is asked for. Of the share of pairs of which all err
 * together one uniform number u decides: a choice is the first if u is below q_h, so that the same
 * product is taken for each interval of u between neighbouring q. Where that is much work, people
 * are many, and votes are taken as independent ones of the mean person, which is its limit.
 *
 * @param pool who may be asked, all equally likely
 * @param shared the share of pairs that one number decides
 */
record Attainable(List<Voter> pool, double shared) {
  /** Additions per pair beyond which people count as many. */
  private static final long MUCH = 200_000;

  Attainable {
    pool = List.copyOf(pool);
  }

  /**
   * The share of votes that is predicted at best; null where it is not known.
   *
   * @param votes how many chose an answer
   * @param others how many were asked and did not
   */
  @Nullable Double of(int votes, int others) {
    if (pool.isEmpty() || votes == 0) {
      return null;
    }
    double[] thresholds =
        shared == 0
            ? new double[0]
            : pool.stream().mapToDouble(Voter::one).sorted().distinct().toArray();
    long work = (1L + thresholds.length) * pool.size() * (others + 1) * (votes + 1) * (votes + 1);
    if (work > MUCH || votes + others > pool.size()) {
      return independent(votes);
    }
    double[] alone = outcome(votes, others, Double.NaN);
    double[] together = shared == 0 ? alone : together(votes, others, thresholds);
    double more = (1 - shared) * alone[0] + shared * together[0];
    double fewer = (1 - shared) * alone[1] + shared * together[1];
    return more + fewer > 0 ? (Double) (Math.max(more, fewer) / (more + fewer)) : null;
  }

  private double[] together(int votes, int others, double[] thresholds) {
    double[] outcome = new double[2];
    double below = 0;
    for (int k = 0; k <= thresholds.length; k++) {
      double threshold = k == thresholds.length ? 1 : thresholds[k];
      // for u in (below, threshold]: all whose q is above say the first
      double[] part = outcome(votes, others, below);
      outcome[0] += (threshold - below) * part[0];
      outcome[1] += (threshold - below) * part[1];
      below = threshold;
    }
    return outcome;
  }

  /**
   * The chances that more votes are for the first answer, and for the second, as a share of those
   * of all outcomes with so many votes.
   *
   * @param above who is above it says the first and all others the second; not a number where all
   *     say what they are likely to say
   */
  private double[] outcome(int votes, int others, double above) {
    double[][][] chances = new double[others + 1][votes + 1][votes + 1];
    chances[0][0][0] = 1;
    for (Voter voter : pool) {
      double q = Double.isNaN(above) ? voter.one() : voter.one() > above ? 1 : 0;
      double none = 1 - voter.chooses();
      double first = voter.chooses() * q;
      double second = voter.chooses() * (1 - q);
      for (int o = others; o >= 0; o--) {
        for (int i = votes; i >= 0; i--) {
          for (int j = votes - i; j >= 0; j--) {
            chances[o][i][j] +=
                (o > 0 ? none * chances[o - 1][i][j] : 0)
                    + (i > 0 ? first * chances[o][i - 1][j] : 0)
                    + (j > 0 ? second * chances[o][i][j - 1] : 0);
          }
        }
      }
    }
    double[] outcome = new double[2];
    double all = 0;
    for (int i = 0; i <= votes; i++) {
      double chance = chances[others][i][votes - i];
      all += chance;
      outcome[0] += 2 * i > votes ? chance : 0;
      outcome[1] += 2 * i < votes ? chance : 0;
    }
    outcome[0] /= all;
    outcome[1] /= all;
    return outcome;
  }

  private double independent(int votes) {
    double sum = 0;
    double weights = 0;
    for (Voter voter : pool) {
      sum += voter.chooses() * voter.one();
      weights += voter.chooses();
    }
    return independent(weights == 0 ? 0.5 : sum / weights, votes, shared);
  }

  /**
   * The same of votes that are independent, or, with a probability, all one.
   *
   * @param one the probability that a vote goes to the first answer
   */
  static double independent(double one, int votes, double shared) {
    double more = 0;
    double fewer = 0;
    for (int k = 0; k <= votes; k++) {
      double chance = chance(one, votes, k);
      more += 2 * k > votes ? chance : 0;
      fewer += 2 * k < votes ? chance : 0;
    }
    if (shared > 0) {
      more = shared * one + (1 - shared) * more;
      fewer = shared * (1 - one) + (1 - shared) * fewer;
    }
    return Math.max(more, fewer) / (more + fewer);
  }

  /** The probability of {@code k} of {@code votes} votes. */
  private static double chance(double one, int votes, int k) {
    double chance = 1;
    for (int i = 1; i <= votes; i++) {
      chance *= i <= k ? one * (votes - k + i) / i : 1 - one;
    }
    return chance;
  }
}
