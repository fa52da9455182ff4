// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.aggregation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.plumbline.engine.rlhf.aggregation.Ballots.Compared;
import org.plumbline.engine.rlhf.numerics.Logistic;
import org.plumbline.engine.rlhf.numerics.TrustRegion;

/**
 * Scores of answers and the reliability of each person, estimated together.
 *
 * <p>X. Chen, P. N. Bennett, K. Collins-Thompson, E. Horvitz, "Pairwise ranking aggregation in a
 * crowdsourced setting", WSDM 2013, equations 2 to 6. Person h prefers answer i to j with
 *
 * <pre>{@code
 * P(i > j | h) = eta_h sigma(s_i - s_j) + (1 - eta_h) sigma(s_j - s_i)
 * objective    = sum log P + lambda sum_i [log sigma(s_i - s_0) + log sigma(s_0 - s_i)]
 *                + sum_h [right log eta_h + wrong log(1 - eta_h)],     s_0 = 0
 * }</pre>
 *
 * <p>eta is 1 for who follows the scores, 1/2 for a coin, 0 for who says the contrary. Every answer
 * has won and lost lambda times against a virtual answer of score 0: that is what places answers
 * that no chain of comparisons links, and what keeps scores finite where one always wins. With
 * lambda 0 the former stay unplaced, and the latter have no estimate ({@link Ballots#unbounded}).
 * Everybody has followed the scores {@code right} times and contradicted them {@code wrong} times
 * before: people mostly mean what they say, which tells the maximum from its mirror image (s to -s,
 * eta to 1 - eta), and nobody is infallible.
 *
 * <p>The paper leaves open how the maximum is found. Here by Newton steps ({@link TrustRegion})
 * from scores of 0 and the reliability that everybody has before: first for the scores alone, then
 * for all together.
 */
public final class CrowdBt {
  /** Largest slope of the objective at what is called its maximum. */
  private static final double SLOPE = 1e-9;

  /** The same of the first guess of the scores. */
  private static final double GUESS = 1e-2;

  /**
   * What is assumed.
   *
   * @param virtual lambda: wins and losses of each answer against the virtual one
   * @param right times that everybody counts as having followed the scores before
   * @param wrong times that everybody counts as having contradicted them
   * @param most Newton steps
   */
  public record Settings(double virtual, double right, double wrong, int most) {
    /** lambda 1/2; nine times right and once wrong, which is a Beta(10, 2) distribution. */
    public static final Settings USUAL = new Settings(0.5, 9, 1, 200);

    /** The same with another lambda; 0 for no virtual answer. */
    public Settings virtual(double other) {
      return new Settings(other, right, wrong, most);
    }
  }

  private CrowdBt() {}

  /** The estimate of these ballots: of a pair, what somebody who is quite reliable would say. */
  public static Aggregated of(Ballots ballots, Settings settings) {
    int answers = ballots.answers();
    double[] start = new double[answers + ballots.people()];
    Arrays.fill(start, answers, start.length, StrictMath.log(settings.right() / settings.wrong()));
    var scores =
        TrustRegion.of(
            CrowdBtLikelihood.ofScores(ballots, settings), start, settings.most(), GUESS);
    var all =
        TrustRegion.of(
            CrowdBtLikelihood.of(ballots, settings), scores.point(), settings.most(), SLOPE);
    double[] one = new double[ballots.pairs().size()];
    for (int i = 0; i < one.length; i++) {
      Compared pair = ballots.pairs().get(i);
      one[i] = Logistic.sigmoid(all.point()[pair.one()] - all.point()[pair.two()]);
    }
    double[] reliability = new double[ballots.people()];
    for (int h = 0; h < reliability.length; h++) {
      reliability[h] = Logistic.sigmoid(all.point()[answers + h]);
    }
    List<Double> objective = new ArrayList<>();
    scores.values().forEach(value -> objective.add(-value));
    all.values().forEach(value -> objective.add(-value));
    return new Aggregated(one, reliability, objective, all.converged());
  }

  /** The probability that somebody of this reliability prefers an answer with this lead. */
  static double prefers(double eta, double gap) {
    return eta * Logistic.sigmoid(gap) + (1 - eta) * Logistic.sigmoid(-gap);
  }
}
