// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.aggregation;

import java.util.List;

/**
 * What the labels of several people come to.
 *
 * @param one by pair, the probability that its first answer is the better one
 * @param reliability by person, the probability that they say what is so: 1/2 is a coin, less is
 *     against the truth; of no length where it is not estimated
 * @param objective what is maximised, after each iteration; empty where nothing is
 * @param converged whether it stood still before iterations ended
 */
public record Aggregated(
    double[] one, double[] reliability, List<Double> objective, boolean converged) {

  /** Something that is counted and not estimated. */
  static Aggregated counted(double[] one) {
    return new Aggregated(one, new double[0], List.of(), true);
  }
}
