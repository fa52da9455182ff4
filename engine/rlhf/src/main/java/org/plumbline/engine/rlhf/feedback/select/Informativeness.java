// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.select;

import org.plumbline.engine.rlhf.numerics.Logistic;
import org.plumbline.engine.statistics.Moments;

/**
 * How much an answer to a question would tell an ensemble of reward models, from what its members
 * expect: {@code p_m = P_m(first answer is better)}.
 *
 * <pre>{@code
 * disagreement  std_m(p_m)                      Christiano et al. 2017, section 2.2.4
 * entropy       H(mean_m p_m)                   Lee et al. 2021 (B-Pref) take the members' mean entropy
 * information   H(mean_m p_m) - mean_m H(p_m)   Houlsby et al. 2011 (BALD), in nats
 * }</pre>
 */
public final class Informativeness {
  private Informativeness() {}

  /** The standard deviation of the members' probabilities, of the members as a population. */
  public static double disagreement(double[] probabilities) {
    return Moments.populationDeviation(probabilities);
  }

  /** The entropy of the mean prediction, in nats. */
  public static double entropy(double[] probabilities) {
    return entropy(Moments.mean(probabilities));
  }

  /** What the answer would tell about which member is right, in nats. */
  public static double information(double[] probabilities) {
    double each = 0;
    for (double p : probabilities) {
      each += entropy(p) / probabilities.length;
    }
    return Math.max(0, entropy(probabilities) - each);
  }

  /** What each member expects of two answers, by its scores of them. */
  static double[] probabilities(double[] first, double[] second) {
    double[] probabilities = new double[first.length];
    for (int m = 0; m < first.length; m++) {
      probabilities[m] = Logistic.sigmoid(first[m] - second[m]);
    }
    return probabilities;
  }

  private static double entropy(double p) {
    return -term(p) - term(1 - p);
  }

  private static double term(double p) {
    return p == 0 ? 0 : p * StrictMath.log(p);
  }
}
