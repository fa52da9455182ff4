// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.plumbline.engine.rlhf.answers.SampledAnswer;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;

/**
 * Two answers of the policy to one prompt.
 *
 * @param pair its number
 * @param one the answer that was drawn first
 * @param two the other answer
 * @param oneFinished whether {@code one} ended by itself rather than by running out of room
 * @param twoFinished the same of {@code two}
 */
record DrawnPair(
    long pair, Prompt prompt, Answer one, Answer two, boolean oneFinished, boolean twoFinished) {

  static DrawnPair of(long pair, Prompt prompt, SampledAnswer one, SampledAnswer two) {
    return new DrawnPair(pair, prompt, one.answer(), two.answer(), one.finished(), two.finished());
  }

  /** The same with another second answer. */
  DrawnPair withTwo(SampledAnswer answer) {
    return new DrawnPair(pair, prompt, one, answer.answer(), oneFinished, answer.finished());
  }

  /** Whether there is nothing to compare. */
  boolean identical() {
    return one.equals(two);
  }

  Map<String, Object> columns() {
    Map<String, Object> columns = new LinkedHashMap<>();
    columns.put("pair", pair);
    columns.put("prompt", prompt.json());
    columns.put("one", one.json());
    columns.put("two", two.json());
    columns.put("one_finished", oneFinished);
    columns.put("two_finished", twoFinished);
    return columns;
  }

  static DrawnPair of(JsonNode row) {
    return new DrawnPair(
        row.path("pair").asLong(),
        Prompt.of(row.path("prompt")),
        Answer.of(row.path("one")),
        Answer.of(row.path("two")),
        row.path("one_finished").asBoolean(),
        row.path("two_finished").asBoolean());
  }
}
