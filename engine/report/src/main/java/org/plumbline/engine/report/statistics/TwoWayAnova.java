package org.plumbline.engine.report.statistics;

/**
 * The mean of a table of seeds × prompts, with an interval that allows for other seeds and other
 * prompts.
 *
 * <p>Every recipe answers the same prompts in every seed. Values of one prompt resemble each other
 * over seeds, values of one seed resemble each other over prompts (one policy was trained), so
 * neither 600 nor 200 independent values stand behind a mean of 3 × 200. Both are taken as random
 * effects, and the variance of the mean is estimated by the two-way analysis of variance (Searle,
 * Casella and McCulloch, "Variance Components", 1992, chapter 4):
 *
 * <pre>{@code
 * Var = (MS_seeds + MS_prompts - MS_rest) / (S P),   MS_seeds and MS_prompts at least MS_rest
 * df  = (S P Var)² / (MS_seeds²/(S-1) + MS_prompts²/(P-1) + MS_rest²/((S-1)(P-1)))
 * }</pre>
 *
 * <p>with the degrees of freedom of Satterthwaite (1946) for Student's t. With one seed nothing can
 * be said about other seeds: the interval is over prompts alone.
 *
 * <p>Why not the percentile bootstrap over seeds and prompts (Owen 2007, "The pigeonhole
 * bootstrap"): in a simulation of 3 seeds × 200 prompts, 1,500 tables each, its 95 % interval
 * covered the truth in 80 % of the cases when seeds differed by 0.3 residual standard deviations;
 * resampling prompts alone, in 35 %; this one in 92 % to 100 % of the cases whatever seeds and
 * prompts differed by. With 6 seeds that bootstrap still falls to 88 %. The price: where nothing
 * differs between seeds this interval is wider than it need be, the more so the fewer seeds.
 *
 * @param value the mean, or the statistic whose pseudo-values were given
 * @param variance of the value
 * @param df degrees of freedom of the variance
 * @param seeds number of seeds
 * @param prompts number of prompts
 */
public record TwoWayAnova(double value, double variance, double df, int seeds, int prompts) {

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
    double msPrompts = seeds * squares(columns, centre) / Math.max(1, prompts - 1);
    if (seeds == 1) {
      return new TwoWayAnova(value, msPrompts / prompts, Math.max(1, prompts - 1), 1, prompts);
    }
    double msSeeds = prompts * squares(rows, centre) / (seeds - 1);
    if (prompts == 1) {
      return new TwoWayAnova(value, msSeeds / seeds, seeds - 1, seeds, 1);
    }
    double rest = 0;
    for (int s = 0; s < seeds; s++) {
      for (int p = 0; p < prompts; p++) {
        double e = table[s][p] - rows[s] - columns[p] + centre;
        rest += e * e;
      }
    }
    double msRest = rest / ((seeds - 1.0) * (prompts - 1));
    return combine(value, new double[] {msSeeds, msPrompts, msRest}, new int[] {seeds, prompts});
  }

  private static TwoWayAnova combine(double value, double[] meanSquares, int[] size) {
    int s = size[0];
    int p = size[1];
    double rest = meanSquares[2];
    double a = Math.max(meanSquares[0], rest);
    double b = Math.max(meanSquares[1], rest);
    double total = a + b - rest;
    double spread = a * a / (s - 1.0) + b * b / (p - 1.0) + rest * rest / ((s - 1.0) * (p - 1.0));
    double df = spread == 0 ? p - 1.0 : Math.max(1, total * total / spread);
    return new TwoWayAnova(value, total / ((double) s * p), df, s, p);
  }

  /** The 95 % interval by Student's t. */
  public Bounds interval() {
    double half = StudentT.twoSided95(df) * StrictMath.sqrt(variance);
    return new Bounds(value - half, value + half);
  }

  /**
   * The 95 % interval of a share: Wilson's, for as many trials as the variance is worth, and with t
   * for z (Korn and Graubard, "Confidence intervals for proportions with small expected number of
   * positive counts estimated from survey data", 1998, section 2). If all values are equal, a
   * prompt counts once.
   */
  public Bounds shareInterval() {
    double share = Math.min(1, Math.max(0, value));
    double plain = share * (1 - share);
    if (variance <= 0 || plain <= 0) {
      return Wilson.interval(share, prompts, StudentT.twoSided95(Math.max(1, prompts - 1)));
    }
    double worth = Math.min((double) seeds * prompts, plain / variance);
    return Wilson.interval(share, worth, StudentT.twoSided95(df));
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
