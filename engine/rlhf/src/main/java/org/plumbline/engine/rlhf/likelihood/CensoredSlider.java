// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.likelihood;

/**
 * How much better the first of two answers is, on a slider from -1 to 1.
 *
 * <p>After Wilde, Bıyık, Sadigh and Smith 2021, arXiv:2110.00284: the slider follows the difference
 * of the scores until it meets its end, and the hand trembles:
 *
 * <pre>{@code
 * m = clip((r_1 - r_2) / saturation, -1, 1);   y = clip(m + s z, -1, 1) with z standard normal
 * L = log(2 pi s^2) / 2 + (y - m)^2 / (2 s^2)              between the ends
 * L = -log Phi(-(1 - m) / s) at 1,  -log Phi(-(1 + m) / s) at -1
 * }</pre>
 *
 * <p>Its number is log s. Where m is clipped, its derivative is 0 on paper; here one that leads
 * back between the ends is kept, or a pair that is scored far the wrong way round would never be
 * mended.
 *
 * @param saturation the difference of scores at which the slider meets its end
 */
public record CensoredSlider(double saturation) implements Likelihood<Double> {
  private static final double HALF_LOG_TWO_PI = 0.5 * StrictMath.log(2 * Math.PI);

  @Override
  public int answers() {
    return 2;
  }

  @Override
  public double[] start() {
    return new double[] {StrictMath.log(0.5)};
  }

  @Override
  public double loss(Double slider, double[] scores, double[] numbers, Gradient gradient) {
    double deviation = StrictMath.exp(numbers[0]);
    double place = (scores[0] - scores[1]) / saturation;
    double meant = Math.max(-1, Math.min(1, place));
    double end = Math.signum(slider);
    double loss;
    double byMeant;
    if (Math.abs(slider) < 1) {
      double z = (slider - meant) / deviation;
      loss = HALF_LOG_TWO_PI + numbers[0] + 0.5 * z * z;
      byMeant = -z / deviation;
      gradient.numbers()[0] += 1 - z * z;
    } else {
      double beyond = (end * meant - 1) / deviation;
      double hazard = NormalTail.ratio(beyond);
      loss = -NormalTail.logCdf(beyond);
      byMeant = -end * hazard / deviation;
      gradient.numbers()[0] += hazard * beyond;
    }
    boolean outwards = Math.abs(place) >= 1 && byMeant * place < 0;
    double byGap = outwards ? 0 : byMeant / saturation;
    gradient.scores()[0] += byGap;
    gradient.scores()[1] -= byGap;
    return loss;
  }
}
