package org.plumbline.engine.rlhf.feedback;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.plumbline.engine.rlhf.answers.Answer;

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
    long pair, String prompt, String one, String two, boolean oneFinished, boolean twoFinished) {

  static DrawnPair of(long pair, String prompt, Answer one, Answer two) {
    return new DrawnPair(pair, prompt, one.text(), two.text(), one.finished(), two.finished());
  }

  /** The same with another second answer. */
  DrawnPair withTwo(Answer answer) {
    return new DrawnPair(pair, prompt, one, answer.text(), oneFinished, answer.finished());
  }

  /** Whether there is nothing to compare. */
  boolean identical() {
    return one.equals(two);
  }

  Map<String, Object> columns() {
    Map<String, Object> columns = new LinkedHashMap<>();
    columns.put("pair", pair);
    columns.put("prompt", prompt);
    columns.put("one", one);
    columns.put("two", two);
    columns.put("one_finished", oneFinished);
    columns.put("two_finished", twoFinished);
    return columns;
  }

  static DrawnPair of(JsonNode row) {
    return new DrawnPair(
        row.path("pair").asLong(),
        row.path("prompt").asText(),
        row.path("one").asText(),
        row.path("two").asText(),
        row.path("one_finished").asBoolean(),
        row.path("two_finished").asBoolean());
  }
}
