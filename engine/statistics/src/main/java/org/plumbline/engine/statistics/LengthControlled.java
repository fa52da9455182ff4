// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

/**
 * The win rate that would be expected if both answers were equally long.
 *
 * <p>Dubois et al., "Length-Controlled AlpacaEval", 2024, arXiv:2404.04475, equation 2, without the
 * terms for instruction difficulty:
 *
 * <pre>{@code
 * logit P(win) = θ + φ tanh(Δlength / sd(Δlength)),   win rate at equal length = σ(θ)
 * }</pre>
 *
 * <p>fitted by Newton's method with a ridge of 0.1 on both, which keeps separable data finite.
 *
 * @param theta advantage at equal length, in logits
 * @param phi how much a longer answer helps
 */
public record LengthControlled(double theta, double phi) {

  private static final double RIDGE = 0.1;

  /** The win rate at equal length. */
  public double winRate() {
    return sigmoid(theta);
  }

  /**
   * Whether the lengths overlap: on at least a tenth of the items, and on five, the answer is no
   * longer than the other, and on as many no shorter. Without that, equal length is a guess far
   * from what was seen.
   */
  public static boolean overlaps(double[] longer) {
    int no = 0;
    int yes = 0;
    for (double length : longer) {
      no += length <= 0 ? 1 : 0;
      yes += length >= 0 ? 1 : 0;
    }
    return Math.min(no, yes) >= Math.max(5, 0.1 * longer.length);
  }

  /**
   * Fits wins (1, ½, 0) against the differences in length.
   *
   * @throws IllegalArgumentException if the two are not of the same length
   */
  public static LengthControlled fit(double[] wins, double[] longer) {
    if (wins.length != longer.length) {
      throw new IllegalArgumentException(wins.length + " wins, " + longer.length + " lengths");
    }
    return newton(wins, scaled(longer));
  }

  /**
   * What each item contributes to the win rate at equal length: pseudo-values whose mean is about
   * the win rate, by the inverse of the information and each item's score; the scale of the lengths
   * is kept.
   */
  public static double[] pseudoValues(double[] wins, double[] longer) {
    double[] x = scaled(longer);
    LengthControlled fit = fit(wins, longer);
    double h00 = RIDGE;
    double h01 = 0;
    double h11 = RIDGE;
    for (double length : x) {
      double p = sigmoid(fit.theta + fit.phi * length);
      h00 += p * (1 - p);
      h01 += p * (1 - p) * length;
      h11 += p * (1 - p) * length * length;
    }
    double rate = fit.winRate();
    double steep = wins.length * rate * (1 - rate) / (h00 * h11 - h01 * h01);
    double[] values = new double[wins.length];
    for (int i = 0; i < wins.length; i++) {
      double miss = wins[i] - sigmoid(fit.theta + fit.phi * x[i]);
      values[i] = rate + steep * (h11 - h01 * x[i]) * miss;
    }
    return values;
  }

  private static double[] scaled(double[] longer) {
    double sd = Moments.sd(longer);
    double[] x = new double[longer.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = sd > 0 ? StrictMath.tanh(longer[i] / sd) : 0;
    }
    return x;
  }

  private static LengthControlled newton(double[] wins, double[] x) {
    double theta = 0;
    double phi = 0;
    for (int step = 0; step < 100; step++) {
      double g0 = -RIDGE * theta;
      double g1 = -RIDGE * phi;
      double h00 = RIDGE;
      double h01 = 0;
      double h11 = RIDGE;
      for (int i = 0; i < wins.length; i++) {
        double p = sigmoid(theta + phi * x[i]);
        double w = p * (1 - p);
        g0 += wins[i] - p;
        g1 += (wins[i] - p) * x[i];
        h00 += w;
        h01 += w * x[i];
        h11 += w * x[i] * x[i];
      }
      double determinant = h00 * h11 - h01 * h01;
      double d0 = (h11 * g0 - h01 * g1) / determinant;
      double d1 = (h00 * g1 - h01 * g0) / determinant;
      theta += d0;
      phi += d1;
      if (Math.abs(d0) + Math.abs(d1) < 1e-10) {
        break;
      }
    }
    return new LengthControlled(theta, phi);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }
}
