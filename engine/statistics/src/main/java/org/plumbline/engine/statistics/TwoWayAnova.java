// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

/**
 * The mean of a table of seeds × prompts.
 *
 * <p>Every recipe answers the same prompts in every seed. Values of one prompt resemble each other
 * over seeds, values of one seed resemble each other over prompts (one policy was trained), so
 * neither 600 nor 200 independent values stand behind a mean of 3 × 200. The mean squares of the
 * two-way analysis of variance (Searle, Casella and McCulloch, "Variance Components", 1992, chapter
 * 4) tell the three kinds of chance apart.
 *
 * <p>About the {@link Reach#POLICIES policies that were trained}, prompts alone are chance: the
 * interval is that of Student's t for the means of the prompts. About the {@link Reach#RECIPE
 * recipe}, seeds are chance too:
 *
 * <pre>{@code
 * half² = tempered(MS_seeds, MS_rest) / (S P) + t²_{P-1} max(0, MS_prompts - MS_rest) / (S P)
 * }</pre>
 *
 * <p>with {@link Tempered}; the two parts are added as squares, which is no narrower than the sum
 * of both kinds of chance needs (Cochran 1964). It is never narrower than the one for the policies.
 * With one seed nothing can be said about others: both are the same, and whoever prints it says so.
 *
 * <p>What was tried and covers too little: the percentile bootstrap over seeds and prompts (Owen
 * 2007, "The pigeonhole bootstrap"), 80 % at three seeds; the degrees of freedom of Satterthwaite
 * (1946) for the sum of the mean squares, 89 % at two.
 *
 * @param value the mean, or the statistic whose pseudo-values were given
 * @param msSeeds mean square of the seeds; 0 with one
 * @param msPrompts mean square of the prompts; 0 with one
 * @param msRest mean square of the rest; 0 with one seed or one prompt
 * @param seeds number of seeds
 * @param prompts number of prompts
 */
public record TwoWayAnova(
    double value, double msSeeds, double msPrompts, double msRest, int seeds, int prompts)
    implements Estimate {

  /** What adding pseudo-values leaves of 0, and of the distance to an end of a share. */
  private static final double ROUNDING = 1e-9;

  /** The mean of {@code table[seed][prompt]}. */
  public static TwoWayAnova mean(double[][] table) {
    return around(mean2(table), table);
  }

  /**
   * A statistic whose jackknife pseudo-values are in {@code table[seed][prompt]}.
   *
   * @param value the statistic itself
   */
  public static TwoWayAnova around(double value, double[][] table) {
    int seeds = table.length;
    int prompts = table[0].length;
    double centre = mean2(table);
    double[] columns = new double[prompts];
    double[] rows = new double[seeds];
    for (int s = 0; s < seeds; s++) {
      for (int p = 0; p < prompts; p++) {
        rows[s] += table[s][p] / prompts;
        columns[p] += table[s][p] / seeds;
      }
    }
    double rest = 0;
    for (int s = 0; s < seeds; s++) {
      for (int p = 0; p < prompts; p++) {
        double e = table[s][p] - rows[s] - columns[p] + centre;
        rest += e * e;
      }
    }
    return new TwoWayAnova(
        value,
        seeds == 1 ? 0 : prompts * squares(rows, centre) / (seeds - 1),
        prompts == 1 ? 0 : seeds * squares(columns, centre) / (prompts - 1),
        seeds == 1 || prompts == 1 ? 0 : rest / ((seeds - 1.0) * (prompts - 1)),
        seeds,
        prompts);
  }

  @Override
  public Halves halves(Reach reach, double alpha) {
    double cells = (double) seeds * prompts;
    if (prompts == 1) {
      // One value per seed: nothing tells prompts from seeds.
      return seeds == 1
          ? new Halves(Double.POSITIVE_INFINITY, 0)
          : new Halves(0, StrictMath.sqrt(msSeeds / cells) * StudentT.twoSided(alpha, seeds - 1.0));
    }
    double t = StudentT.twoSided(alpha, prompts - 1.0);
    if (reach == Reach.POLICIES || seeds == 1) {
      return new Halves(t * StrictMath.sqrt(msPrompts / cells), 0);
    }
    Halves tempered =
        Tempered.of(
            alpha, seeds, new Tempered.Parts(msSeeds / cells, msRest / cells, prompts - 1.0));
    double asked = t * StrictMath.sqrt(Math.max(0, msPrompts - msRest) / cells);
    double within = new Halves(tempered.within(), asked).total();
    return new Halves(Math.max(within, t * StrictMath.sqrt(msPrompts / cells)), tempered.between());
  }

  /** Where no two values differ, a share is as uncertain as if each prompt counted once. */
  @Override
  public Bounds interval(Reach reach, Domain domain, double alpha) {
    Halves halves = halves(reach, alpha);
    double share = Math.min(1, Math.max(0, value));
    double alike = Math.min(share, 1 - share) < ROUNDING ? ROUNDING : 0;
    if (halves.total() <= alike && domain == Domain.SHARE && prompts > 1) {
      return Wilson.interval(share, prompts, StudentT.twoSided(alpha, prompts - 1.0));
    }
    return domain.around(value, halves);
  }

  private static double mean2(double[][] table) {
    double sum = 0;
    for (double[] row : table) {
      for (double x : row) {
        sum += x;
      }
    }
    return sum / ((double) table.length * table[0].length);
  }

  private static double squares(double[] xs, double centre) {
    double sum = 0;
    for (double x : xs) {
      sum += (x - centre) * (x - centre);
    }
    return sum;
  }
}
