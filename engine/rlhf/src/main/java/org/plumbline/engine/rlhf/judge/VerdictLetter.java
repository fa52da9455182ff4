// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.judge;

import com.fasterxml.jackson.databind.JsonNode;
import org.plumbline.engine.rlhf.numerics.Logistic;

/** Reads the letter off a chat model's answer to "(A) or (B)?". */
final class VerdictLetter {
  private VerdictLetter() {}

  /**
   * P(A): from the log-probabilities of both letters where the verdict stands, if the endpoint
   * lists them there (Bai et al. 2022b, section 4.1), else 1 or 0 from the text; none if no {@link
   * StatedVerdict} is in it, or they are none.
   */
  static ReadReply<Double> read(JsonNode choice) {
    return StatedVerdict.LETTER.read(
        choice, VerdictLetter::probability, letter -> letter == 'A' ? 1 : 0);
  }

  private static double probability(ListedTokens listed) {
    // A letter that is not listed is at most as likely as the last one that is.
    return Logistic.sigmoid(
        Math.max(listed.of('A'), listed.lowest()) - Math.max(listed.of('B'), listed.lowest()));
  }
}
