// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.judge;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.plumbline.engine.rlhf.numerics.Logistic;

/** Reads the letter off a chat model's answer to "(A) or (B)?". */
final class VerdictLetter {
  private VerdictLetter() {}

  /**
   * P(A): from the log-probabilities of both letters where the verdict stands, if the endpoint
   * lists them there (Bai et al. 2022b, section 4.1), else 1 or 0 from the text; empty if no {@link
   * StatedVerdict} is in it.
   */
  static OptionalDouble read(JsonNode choice) {
    OptionalInt at = StatedVerdict.LETTER.at(choice);
    if (at.isEmpty()) {
      return OptionalDouble.empty();
    }
    Optional<ListedTokens> listed = ListedTokens.at(choice, at.getAsInt());
    if (listed.isPresent()) {
      double first = probability(listed.get());
      // Only a server that makes its numbers up gives what is no probability.
      return Double.isNaN(first) ? OptionalDouble.empty() : OptionalDouble.of(first);
    }
    String reply = choice.path("message").path("content").asText();
    return OptionalDouble.of(reply.charAt(at.getAsInt()) == 'A' ? 1 : 0);
  }

  private static double probability(ListedTokens listed) {
    // A letter that is not listed is at most as likely as the last one that is.
    return Logistic.sigmoid(
        Math.max(listed.of('A'), listed.lowest()) - Math.max(listed.of('B'), listed.lowest()));
  }
}
