// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.likelihood;

/**
 * Derivatives of a loss.
 *
 * @param scores with respect to the scores
 * @param numbers with respect to the likelihood's own numbers
 */
public record Gradient(double[] scores, double[] numbers) {

  /** Zeros, of so many of each. */
  public static Gradient zeros(int scores, int numbers) {
    return new Gradient(new double[scores], new double[numbers]);
  }
}
