// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.likelihood;

/**
 * Ratings with Gaussian noise: evaluator h says {@code y = a_h + g_h r + s z} of an answer that
 * scores r, with z standard normal.
 *
 * <p>Ziegler et al. 2019, arXiv:1909.08593 (ScalarRating) is the case of one evaluator with s
 * fixed. Offsets sum to 0 and gains have mean 1, or the scores could take them up:
 *
 * <pre>{@code
 * L = log(2 pi s^2) / 2 + (y - a_h - g_h r)^2 / (2 s^2)
 * }</pre>
 *
 * <p>Its numbers are log s, then an offset and then a gain less 1 for each evaluator.
 *
 * @param evaluators how many have an offset and a gain of their own; 0 if all use the scale alike
 */
public record GaussianRating(int evaluators) implements Likelihood<Rated> {
  private static final double HALF_LOG_TWO_PI = 0.5 * StrictMath.log(2 * Math.PI);

  @Override
  public int answers() {
    return 1;
  }

  @Override
  public double[] start() {
    return new double[1 + 2 * evaluators];
  }

  @Override
  public double loss(Rated rated, double[] scores, double[] numbers, Gradient gradient) {
    Centred offsets = new Centred(1, evaluators);
    Centred gains = new Centred(1 + evaluators, evaluators);
    double deviation = StrictMath.exp(numbers[0]);
    double gain = 1 + gains.of(numbers, rated.evaluator());
    double meant = offsets.of(numbers, rated.evaluator()) + gain * scores[0];
    double z = (rated.value() - meant) / deviation;
    double byMean = -z / deviation;
    gradient.scores()[0] += byMean * gain;
    gradient.numbers()[0] += 1 - z * z;
    offsets.add(gradient, rated.evaluator(), byMean);
    gains.add(gradient, rated.evaluator(), byMean * scores[0]);
    return HALF_LOG_TWO_PI + numbers[0] + 0.5 * z * z;
  }
}
