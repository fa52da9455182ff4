// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What else is known of how a label came about. Its columns are absent where they do not apply.
 *
 * @param sinceBreak how many pairs the evaluator was given since the last break; null for those who
 *     do not tire
 * @param sawFirst what was seen of the answer shown first; null if all of it
 * @param sawSecond the same of the other answer
 * @param madeBy the judge who made the label in the evaluator's stead; null for the evaluator
 * @param circumstance that the evaluator was in; null for none of note
 * @param again whether the evaluator was asked the same before
 * @param orderUnknown whether it is not known which answer was shown first
 * @param knownFirst of a gold question, whether the answer shown first is known to be the better
 *     one; null of all others
 */
record LabelContext(
    @Nullable Integer sinceBreak,
    @Nullable String sawFirst,
    @Nullable String sawSecond,
    @Nullable String madeBy,
    @Nullable String circumstance,
    boolean again,
    boolean orderUnknown,
    @Nullable Boolean knownFirst) {
  static final LabelContext NONE =
      new LabelContext(null, null, null, null, null, false, false, null);

  private static final String SINCE_BREAK = "since_break";
  private static final String SAW_FIRST = "saw_first";
  private static final String SAW_SECOND = "saw_second";
  private static final String MADE_BY = "made_by";
  private static final String CIRCUMSTANCE = "circumstance";
  private static final String AGAIN = "again";
  private static final String ORDER_UNKNOWN = "order_unknown";
  private static final String KNOWN_FIRST = "known_first";

  /** Whether it answers a question whose answer is known. */
  boolean gold() {
    return knownFirst != null;
  }

  /** Whether the evaluator saw less than was there. */
  boolean partial() {
    return sawFirst != null || sawSecond != null;
  }

  void write(Map<String, Object> columns) {
    put(columns, SINCE_BREAK, sinceBreak);
    put(columns, SAW_FIRST, sawFirst);
    put(columns, SAW_SECOND, sawSecond);
    put(columns, MADE_BY, madeBy);
    put(columns, CIRCUMSTANCE, circumstance);
    put(columns, AGAIN, again ? (Boolean) true : null);
    put(columns, ORDER_UNKNOWN, orderUnknown ? (Boolean) true : null);
    put(columns, KNOWN_FIRST, knownFirst);
  }

  private static void put(Map<String, Object> columns, String name, @Nullable Object value) {
    if (value != null) {
      columns.put(name, value);
    }
  }

  static LabelContext of(JsonNode row) {
    return new LabelContext(
        row.has(SINCE_BREAK) ? (Integer) row.path(SINCE_BREAK).asInt() : null,
        text(row, SAW_FIRST),
        text(row, SAW_SECOND),
        text(row, MADE_BY),
        text(row, CIRCUMSTANCE),
        row.path(AGAIN).asBoolean(),
        row.path(ORDER_UNKNOWN).asBoolean(),
        row.has(KNOWN_FIRST) ? (Boolean) row.path(KNOWN_FIRST).asBoolean() : null);
  }

  private static @Nullable String text(JsonNode row, String name) {
    return row.has(name) ? row.path(name).asText() : null;
  }
}
