// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.likelihood;

import org.jspecify.annotations.Nullable;
import org.plumbline.engine.rlhf.numerics.Logistic;

/**
 * Comparisons of answers whose scores are normally distributed over what is not known of those who
 * compare.
 *
 * <p>Siththaranjan, Laidlaw and Hadfield-Menell, "Distributional Preference Learning", 2023,
 * arXiv:2312.08358, section 4 (mean and variance). Each answer has two outputs, m and s; with d the
 * first answer's mean less the second's, and t the share of votes for the first:
 *
 * <pre>{@code
 * sigma = softplus(s),   z = d / sqrt(sigma_1^2 + sigma_2^2)
 * L = -t log Phi(z) - (1 - t) log Phi(-z)                                  exact
 * L = t softplus(-z sqrt(2 pi)) + (1 - t) softplus(z sqrt(2 pi))          as in the authors' code
 * }</pre>
 *
 * <p>The authors' logistic stand-in for Phi is steeper at 0 (0.63 against 0.40), and so surer than
 * the model says.
 *
 * @param exact whether Phi is Phi
 */
public record NormalScores(boolean exact) implements Likelihood<Double> {
  private static final double ROOT_TWO_PI = StrictMath.sqrt(2 * Math.PI);

  @Override
  public int answers() {
    return 2;
  }

  @Override
  public int outputs() {
    return 2;
  }

  @Override
  public double loss(Double target, double[] scores, double[] numbers, Gradient gradient) {
    double one = deviation(scores[1]);
    double two = deviation(scores[3]);
    double both = StrictMath.sqrt(one * one + two * two);
    double z = (scores[0] - scores[2]) / both;
    double byZ = -target * slope(z) + (1 - target) * slope(-z);
    gradient.scores()[0] += byZ / both;
    gradient.scores()[2] -= byZ / both;
    double byBoth = -byZ * z / (both * both);
    gradient.scores()[1] += byBoth * one * Logistic.sigmoid(scores[1]);
    gradient.scores()[3] += byBoth * two * Logistic.sigmoid(scores[3]);
    return -target * log(z) - (1 - target) * log(-z);
  }

  private double log(double z) {
    return exact ? NormalTail.logCdf(z) : Logistic.logSigmoid(z * ROOT_TWO_PI);
  }

  private double slope(double z) {
    return exact ? NormalTail.ratio(z) : ROOT_TWO_PI * Logistic.sigmoid(-z * ROOT_TWO_PI);
  }

  /** The probability that the first of two answers is preferred. */
  public double probability(double[] first, double[] second) {
    double one = deviation(first[1]);
    double two = deviation(second[1]);
    return StrictMath.exp(log((first[0] - second[0]) / StrictMath.sqrt(one * one + two * two)));
  }

  /** sigma, the deviation that an output stands for. */
  public static double deviation(double output) {
    return Logistic.softplus(output);
  }

  /**
   * The mean of an answer's score, or the point below which a share of its distribution lies.
   *
   * @param quantile the share; null for the mean
   */
  public static double score(double[] outputs, @Nullable Double quantile) {
    return quantile == null
        ? outputs[0]
        : outputs[0] + NormalTail.quantile(quantile) * deviation(outputs[1]);
  }

  /** The variance of an answer's score. */
  public static double variance(double[] outputs) {
    double sigma = deviation(outputs[1]);
    return sigma * sigma;
  }
}
