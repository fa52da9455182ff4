// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.judge;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that a chat endpoint lists at one place of its reply, with their log-probabilities:
 * the one that it wrote and others that it might have written there.
 */
final class ListedTokens {
  /** How far a sum of rounded probabilities, or the logarithm of one, may be beyond its limit. */
  private static final double ROUNDING = 1e-3;

  private final Map<String, Double> logProbs = new LinkedHashMap<>();
  private final String written;

  private ListedTokens(JsonNode written) {
    this.written = written.path("token").asText();
    add(written);
    written.path("top_logprobs").forEach(this::add);
  }

  private void add(JsonNode token) {
    JsonNode logProb = token.path("logprob");
    double number = logProb.isNumber() ? logProb.asDouble() : Double.NaN;
    logProbs.merge(token.path("token").asText(), number, Math::max);
  }

  /**
   * Those where a verdict stands.
   *
   * @param at the place of the verdict, one character, in the text of the reply
   * @return empty if the endpoint lists none there
   */
  static Optional<ListedTokens> at(JsonNode choice, int at) {
    JsonNode token = token(choice, at);
    if (token == null || !token.path("logprob").isValueNode() || token.path("logprob").isNull()) {
      return Optional.empty();
    }
    return Optional.of(new ListedTokens(token));
  }

  /** The token that is the character at this place; null if it is not listed as one of its own. */
  private static @Nullable JsonNode token(JsonNode choice, int at) {
    String reply = choice.path("message").path("content").asText();
    char said = reply.charAt(at);
    JsonNode tokens = choice.path("logprobs").path("content");
    // Counted from the end: a list may begin with thoughts that are no part of the reply.
    long after = count(reply.substring(at + 1), said);
    for (int i = tokens.size() - 1; i >= 0; i--) {
      String text = tokens.path(i).path("token").asText();
      long here = count(text, said);
      if (after < here) {
        return bare(text).equals(String.valueOf(said)) ? tokens.path(i) : null;
      }
      after -= here;
    }
    return null;
  }

  private static long count(String text, char sought) {
    return text.chars().filter(c -> c == sought).count();
  }

  /** A token without blanks, brackets and the like. */
  private static String bare(String token) {
    return token.replaceAll("[^\\p{L}\\p{N}]", "");
  }

  /**
   * Why these are no log-probabilities of what might have stood at one place; empty if they may be.
   * They need not sum to one: the endpoint lists only the likeliest.
   */
  String impossible() {
    double sum = 0;
    for (Map.Entry<String, Double> token : logProbs.entrySet()) {
      double logProb = token.getValue();
      if (Double.isNaN(logProb)) {
        return "what is listed as the log-probability of `" + token.getKey() + "` is no number";
      } else if (logProb > ROUNDING) {
        return "the log-probability of `" + token.getKey() + "` is " + logProb + ", above 0";
      }
      sum += StrictMath.exp(logProb);
    }
    if (sum > 1 + ROUNDING) {
      return "the probabilities at `" + written + "` sum to " + Math.round(sum * 1e4) / 1e4;
    }
    return Double.isInfinite(logProbs.getOrDefault(written, 0.0))
        ? "`" + written + "` was written and has probability 0"
        : "";
  }

  /** Whether another token is listed beside the one that was written. */
  boolean hasAlternatives() {
    return logProbs.size() > 1;
  }

  /**
   * The highest log-probability of a token that is this character; negative infinity if none is.
   */
  double of(char character) {
    double highest = Double.NEGATIVE_INFINITY;
    for (Map.Entry<String, Double> token : logProbs.entrySet()) {
      if (bare(token.getKey()).equals(String.valueOf(character))) {
        highest = Math.max(highest, token.getValue());
      }
    }
    return highest;
  }

  /** The lowest log-probability in the list: no token that is not in it has a higher one. */
  double lowest() {
    return logProbs.values().stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }
}
