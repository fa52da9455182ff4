// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.likelihood;

import org.plumbline.engine.rlhf.numerics.Logistic;

/**
 * How likely each of three answers to a comparison is: the first, the second, both are equal.
 *
 * <p>With d the gap of the scores, and a the number that is fitted:
 *
 * <pre>{@code
 * NONE        P(1) = sigmoid(d),                   P(2) = sigmoid(-d)
 * RAO_KUPPER  P(1) = sigmoid(d - log theta),       P(2) = sigmoid(-d - log theta),
 *             P(=) = (theta^2 - 1) P(1) P(2),      theta = 1 + softplus(a)
 * DAVIDSON    P(1) : P(2) : P(=) = exp(d / 2) : exp(-d / 2) : nu,   nu = softplus(a)
 * }</pre>
 *
 * <p>P. V. Rao and L. L. Kupper, "Ties in Paired-Comparison Experiments", JASA 62 (1967), equations
 * 1.3 to 1.5: differences below log theta are not seen. R. R. Davidson, "On Extending the
 * Bradley-Terry Model to Accommodate Ties", JASA 65 (1970), equation 2.4: of those who decide, as
 * many prefer the first as without ties.
 */
public enum TieModel {
  /** Bradley and Terry's own, without ties; a tie counts as half a win for each. */
  NONE {
    @Override
    Outcomes at(double gap, double number) {
      double first = Logistic.logSigmoid(gap);
      double second = Logistic.logSigmoid(-gap);
      double both = (first + second) / 2;
      double p = Logistic.sigmoid(gap);
      return new Outcomes(
          new double[] {first, second, both}, new double[] {1 - p, -p, 0.5 - p}, new double[3]);
    }
  },
  /** A threshold below which differences are not seen. */
  RAO_KUPPER {
    @Override
    Outcomes at(double gap, double number) {
      double above = Logistic.softplus(number); // theta - 1
      double threshold = StrictMath.log1p(above);
      double first = Logistic.logSigmoid(gap - threshold);
      double second = Logistic.logSigmoid(-gap - threshold);
      double not1 = Logistic.sigmoid(threshold - gap);
      double not2 = Logistic.sigmoid(threshold + gap);
      double slope = Logistic.sigmoid(number) / (1 + above); // of the threshold with a
      double square = 2 * (1 + above) * (1 + above) / (above * (above + 2));
      return new Outcomes(
          new double[] {
            first, second, StrictMath.log(above) + StrictMath.log(above + 2) + first + second
          },
          new double[] {not1, -not2, not1 - not2},
          new double[] {-not1 * slope, -not2 * slope, (square - not1 - not2) * slope});
    }
  },
  /** Ties in proportion to the geometric mean. */
  DAVIDSON {
    @Override
    Outcomes at(double gap, double number) {
      double tied = Logistic.softplus(number); // nu
      double[] log = {gap / 2, -gap / 2, StrictMath.log(tied)};
      double sum = Logistic.logSumExp(log);
      double[] p = new double[3];
      for (int k = 0; k < 3; k++) {
        log[k] -= sum;
        p[k] = StrictMath.exp(log[k]);
      }
      double middle = (p[0] - p[1]) / 2;
      double slope = Logistic.sigmoid(number) / tied; // of log nu with a
      return new Outcomes(
          log,
          new double[] {0.5 - middle, -0.5 - middle, -middle},
          new double[] {-p[2] * slope, -p[2] * slope, (1 - p[2]) * slope});
    }
  };

  /** theta and nu where fitting starts, less their least: a tie in three even comparisons. */
  private static final double START = 0.5;

  /**
   * Logarithms of the probabilities of the first, the second and a tie, and their derivatives.
   *
   * @param byGap with respect to the gap
   * @param byNumber with respect to the number
   */
  record Outcomes(double[] log, double[] byGap, double[] byNumber) {}

  abstract Outcomes at(double gap, double number);

  /** The number where fitting starts; none without ties. */
  double[] start() {
    return this == NONE ? new double[0] : new double[] {StrictMath.log(StrictMath.expm1(START))};
  }

  /** theta or nu, which the number stands for; 0 without ties. */
  public double parameter(double number) {
    return switch (this) {
      case NONE -> 0;
      case RAO_KUPPER -> 1 + Logistic.softplus(number);
      case DAVIDSON -> Logistic.softplus(number);
    };
  }
}
