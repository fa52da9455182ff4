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
 */
record LabelContext(@Nullable Integer sinceBreak) {
  static final LabelContext NONE = new LabelContext(null);

  private static final String SINCE_BREAK = "since_break";

  void write(Map<String, Object> columns) {
    if (sinceBreak != null) {
      columns.put(SINCE_BREAK, sinceBreak);
    }
  }

  static LabelContext of(JsonNode row) {
    return row.has(SINCE_BREAK) ? new LabelContext(row.path(SINCE_BREAK).asInt()) : NONE;
  }
}
