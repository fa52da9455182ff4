// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.likelihood;

import org.plumbline.engine.rlhf.numerics.Logistic;

/**
 * Steps of a scale: {@code P(step <= k) = sigmoid(c_k + a_h - r)} for evaluator h and an answer
 * that scores r.
 *
 * <p>McCullagh 1980, "Regression Models for Ordinal Data". The cut points c rise; nothing is said
 * of how far the steps are apart, so that an average of their numbers is never taken (Ethayarajh
 * and Jurafsky 2022, arXiv:2205.11930).
 *
 * <p>Its numbers are the lowest cut point, {@code softplus^-1} of each distance to the next, and a
 * shift for each evaluator; shifts sum to 0.
 *
 * @param levels steps of the scale
 * @param evaluators how many have a shift of their own; 0 if all use the scale alike
 */
public record CumulativeLogit(int levels, int evaluators) implements Likelihood<Rated> {

  @Override
  public int answers() {
    return 1;
  }

  /** Cut points one apart, with the middle at 0. */
  @Override
  public double[] start() {
    double[] numbers = new double[levels - 1 + evaluators];
    numbers[0] = -(levels - 2) / 2.0;
    double one = StrictMath.log(StrictMath.expm1(1));
    for (int k = 1; k < levels - 1; k++) {
      numbers[k] = one;
    }
    return numbers;
  }

  /** The cut points that the numbers stand for. */
  public double[] cuts(double[] numbers) {
    double[] cuts = new double[levels - 1];
    cuts[0] = numbers[0];
    for (int k = 1; k < cuts.length; k++) {
      cuts[k] = cuts[k - 1] - Logistic.logSigmoid(-numbers[k]);
    }
    return cuts;
  }

  /** With {@code P(k) = s(u) s(-l) (1 - e^(l-u))}, which loses no digits where steps are rare. */
  @Override
  public double loss(Rated rated, double[] scores, double[] numbers, Gradient gradient) {
    Centred shifts = new Centred(levels - 1, evaluators);
    double[] cuts = cuts(numbers);
    int step = (int) rated.value();
    double place = scores[0] - shifts.of(numbers, rated.evaluator());
    double[] byCut = new double[cuts.length];
    double loss = 0;
    double byPlace = 0;
    if (step <= cuts.length) {
      double upper = cuts[step - 1] - place;
      loss -= Logistic.logSigmoid(upper);
      double slope = Logistic.sigmoid(-upper);
      byCut[step - 1] -= slope;
      byPlace += slope;
    }
    if (step > 1) {
      double lower = cuts[step - 2] - place;
      loss -= Logistic.logSigmoid(-lower);
      double slope = Logistic.sigmoid(lower);
      byCut[step - 2] += slope;
      byPlace -= slope;
    }
    if (step > 1 && step <= cuts.length) {
      // Not the difference of the cut points, of which rare steps would keep few digits.
      double width = Logistic.softplus(numbers[step - 1]);
      loss -= StrictMath.log(-StrictMath.expm1(-width));
      double slope = 1 / StrictMath.expm1(width);
      byCut[step - 1] -= slope;
      byCut[step - 2] += slope;
    }
    gradient.scores()[0] += byPlace;
    shifts.add(gradient, rated.evaluator(), -byPlace);
    double above = 0;
    for (int k = cuts.length - 1; k >= 0; k--) {
      above += byCut[k];
      gradient.numbers()[k] += k == 0 ? above : above * Logistic.sigmoid(numbers[k]);
    }
    return loss;
  }
}
