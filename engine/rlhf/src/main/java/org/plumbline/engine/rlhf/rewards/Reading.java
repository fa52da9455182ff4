// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * How the score of an answer is read from a fitted model: at its last token, or at the last token
 * of each of its parts, each of which adds to it.
 */
interface Reading {
  /** How many numbers the head says of a token. */
  default int numbers() {
    return 1;
  }

  /** The score of an answer of which nothing is read yet. */
  default double start() {
    return 0;
  }

  /** Where the parts of an answer end, in characters; an answer without parts is one. */
  List<Integer> ends(String answer);

  /**
   * What each part adds to the score.
   *
   * @param said what the model says of the parts, part by part
   */
  double[] rewards(double[] said);

  /** What the file of the reward model says of it. */
  Map<String, Object> columns();

  /** The reading that the file of a reward model tells of one of its members. */
  static Reading of(JsonNode member) {
    if (member.has(SpanReading.UNIT)) {
      return SpanReading.of(member);
    }
    return member.has(StepReading.SEPARATOR)
        ? StepReading.of(member)
        : new LastTokenReading(Readout.of(member));
  }
}
