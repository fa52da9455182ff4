// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.judge;

import com.fasterxml.jackson.databind.JsonNode;
import org.plumbline.engine.rlhf.numerics.Logistic;

/**
 * A grade from 1 to 9 as a language model gives it: the mean over its own probabilities of the nine
 * digits, brought to [-1, 1].
 *
 * <p>Lee et al., "RLAIF vs. RLHF", 2023, arXiv:2309.00267, section 2.2.2 (direct RLAIF):
 *
 * <pre>{@code
 * s = (sum over i of i p(i) / sum over i of p(i) - 5) / 4
 * }</pre>
 *
 * <p>The paper grades from 1 to 10. Here it ends at 9, because "1" also begins "10", and what
 * follows a first digit is not known of every model.
 */
final class Grade {
  static final int HIGHEST = 9;

  private Grade() {}

  /** The score of these logarithms of the probabilities of the digits, from 1 on. */
  static double of(double[] logProbs) {
    double all = Logistic.logSumExp(logProbs);
    double mean = 0;
    for (int i = 0; i < logProbs.length; i++) {
      mean += (i + 1) * StrictMath.exp(logProbs[i] - all);
    }
    return scaled(mean);
  }

  private static double scaled(double grade) {
    return (grade - 5) / 4;
  }

  /**
   * Reads a reply of a chat endpoint: the probabilities of the digits where its grade stands, if
   * they are listed, else the digit; none if no {@link StatedVerdict} is in it, or they are none.
   */
  static ReadReply<Double> read(JsonNode choice) {
    return StatedVerdict.DIGIT.read(
        choice, listed -> of(digits(listed)), digit -> scaled(digit - '0'));
  }

  private static double[] digits(ListedTokens listed) {
    double[] logProbs = new double[HIGHEST];
    for (int i = 0; i < HIGHEST; i++) {
      logProbs[i] = listed.of((char) ('1' + i));
    }
    return logProbs;
  }
}
