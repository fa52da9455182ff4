// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.rlhf.answers.SampledAnswer;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.feedback.PolicyMixture.Sourced;

/**
 * Two answers to one prompt.
 *
 * @param pair its number
 * @param one the answer that was drawn first
 * @param two the other answer
 * @param oneFinished whether {@code one} ended by itself rather than by running out of room
 * @param twoFinished the same of {@code two}
 * @param oneBy the policy that gave {@code one}; null where there is but one
 * @param twoBy the same of {@code two}
 * @param byChance whether it was drawn by chance rather than chosen; null where all are
 */
record DrawnPair(
    long pair,
    Prompt prompt,
    Answer one,
    Answer two,
    boolean oneFinished,
    boolean twoFinished,
    @Nullable String oneBy,
    @Nullable String twoBy,
    @Nullable Boolean byChance) {

  /** Two answers of the only policy. */
  DrawnPair(
      long pair, Prompt prompt, Answer one, Answer two, boolean oneFinished, boolean twoFinished) {
    this(pair, prompt, one, two, oneFinished, twoFinished, null, null, null);
  }

  static DrawnPair of(long pair, Prompt prompt, Sourced one, Sourced two) {
    return new DrawnPair(
        pair,
        prompt,
        one.answer().answer(),
        two.answer().answer(),
        one.answer().finished(),
        two.answer().finished(),
        one.by(),
        two.by(),
        null);
  }

  /** The same with another second answer. */
  DrawnPair withTwo(Sourced answer) {
    SampledAnswer other = answer.answer();
    return new DrawnPair(
        pair,
        prompt,
        one,
        other.answer(),
        oneFinished,
        other.finished(),
        oneBy,
        answer.by(),
        byChance);
  }

  /** The same answers under another number, and whether chance or somebody chose them. */
  DrawnPair asked(long number, boolean chance) {
    return new DrawnPair(number, prompt, one, two, oneFinished, twoFinished, oneBy, twoBy, chance);
  }

  /** Each answer with the prompt. */
  List<Exchange> exchanges() {
    return List.of(new Exchange(prompt, one, oneFinished), new Exchange(prompt, two, twoFinished));
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
    if (oneBy != null && twoBy != null) {
      columns.put("one_by", oneBy);
      columns.put("two_by", twoBy);
    }
    if (byChance != null) {
      columns.put("by_chance", byChance);
    }
    return columns;
  }

  static DrawnPair of(JsonNode row) {
    return new DrawnPair(
        row.path("pair").asLong(),
        Prompt.of(row.path("prompt")),
        Answer.of(row.path("one")),
        Answer.of(row.path("two")),
        row.path("one_finished").asBoolean(),
        row.path("two_finished").asBoolean(),
        row.path("one_by").asText(null),
        row.path("two_by").asText(null),
        row.has("by_chance") ? (Boolean) row.path("by_chance").asBoolean() : null);
  }
}
