// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.judge;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  /** A digit that is part of no longer number, and not the 9 of "out of 9". */
  private static final Pattern ALONE =
      Pattern.compile("(?<![\\d.,/])(?<!of )([1-9])(?![\\d]|[.,]\\d)");

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
   * Reads a reply of a chat endpoint: the probabilities of digits at its first digit, if they are
   * listed, else the first digit; empty if there is none.
   */
  static OptionalDouble read(JsonNode choice) {
    for (JsonNode token : choice.path("logprobs").path("content")) {
      if (digit(token) > 0) {
        double score = of(listed(token));
        // Only a server that makes its numbers up gives what is no probability.
        return Double.isNaN(score) ? OptionalDouble.empty() : OptionalDouble.of(score);
      }
    }
    Matcher alone = ALONE.matcher(choice.path("message").path("content").asText());
    return alone.find()
        ? OptionalDouble.of(scaled(Integer.parseInt(alone.group(1))))
        : OptionalDouble.empty();
  }

  private static double[] listed(JsonNode token) {
    double[] logProbs = new double[HIGHEST];
    Arrays.fill(logProbs, Double.NEGATIVE_INFINITY);
    logProbs[digit(token) - 1] = token.path("logprob").asDouble();
    for (JsonNode other : token.path("top_logprobs")) {
      int digit = digit(other);
      if (digit > 0) {
        double logProb = other.path("logprob").asDouble();
        logProbs[digit - 1] = Math.max(logProbs[digit - 1], logProb);
      }
    }
    return logProbs;
  }

  /** 0 if the token is no digit from 1 to 9. */
  private static int digit(JsonNode token) {
    String text = token.path("token").asText().strip();
    return text.length() == 1 && text.charAt(0) >= '1' && text.charAt(0) <= '9'
        ? text.charAt(0) - '0'
        : 0;
  }
}
