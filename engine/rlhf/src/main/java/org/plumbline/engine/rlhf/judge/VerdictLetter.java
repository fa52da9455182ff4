// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.judge;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.plumbline.engine.rlhf.numerics.Logistic;

/** Reads the letter off a chat model's answer to "(A) or (B)?". */
final class VerdictLetter {
  private static final Pattern BRACKETED = Pattern.compile("\\(([AB])\\)");
  private static final Pattern ALONE = Pattern.compile("^\\W*([AB])\\b(?!')");

  private VerdictLetter() {}

  /**
   * P(A): from the log-probabilities of both letters where the endpoint gives them (Bai et al.
   * 2022b, section 4.1), else 1 or 0 from the text; empty if it names neither or both.
   */
  static OptionalDouble read(JsonNode choice) {
    for (JsonNode token : choice.path("logprobs").path("content")) {
      if (letter(token.path("token").asText()) != 0) {
        double first = probability(token);
        // Only a server that makes its numbers up gives what is no probability.
        return Double.isNaN(first) ? OptionalDouble.empty() : OptionalDouble.of(first);
      }
    }
    return read(choice.path("message").path("content").asText());
  }

  private static double probability(JsonNode token) {
    double first = Double.NEGATIVE_INFINITY;
    double second = Double.NEGATIVE_INFINITY;
    double lowest = token.path("logprob").asDouble();
    for (JsonNode other : token.path("top_logprobs")) {
      double logProbability = other.path("logprob").asDouble();
      lowest = Math.min(lowest, logProbability);
      char letter = letter(other.path("token").asText());
      if (letter == 'A') {
        first = Math.max(first, logProbability);
      } else if (letter == 'B') {
        second = Math.max(second, logProbability);
      }
    }
    if (Double.isInfinite(first) && Double.isInfinite(second)) {
      // No alternatives were listed: only the letter itself is known.
      return letter(token.path("token").asText()) == 'A' ? 1 : 0;
    }
    // A letter that is not listed is at most as likely as the last one that is.
    return Logistic.sigmoid(Math.max(first, lowest) - Math.max(second, lowest));
  }

  private static char letter(String token) {
    return switch (token.strip().replaceAll("[()]", "")) {
      case "A" -> 'A';
      case "B" -> 'B';
      default -> 0;
    };
  }

  private static OptionalDouble read(String text) {
    boolean first = false;
    boolean second = false;
    Matcher bracketed = BRACKETED.matcher(text);
    while (bracketed.find()) {
      first |= bracketed.group(1).equals("A");
      second |= bracketed.group(1).equals("B");
    }
    if (!first && !second) {
      Matcher alone = ALONE.matcher(text);
      if (alone.find()) {
        first = alone.group(1).equals("A");
        second = !first;
      }
    }
    return first == second ? OptionalDouble.empty() : OptionalDouble.of(first ? 1 : 0);
  }
}
