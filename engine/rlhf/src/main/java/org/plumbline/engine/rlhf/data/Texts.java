// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import com.fasterxml.jackson.databind.JsonNode;
import org.plumbline.engine.rlhf.data.source.DataFailure;
import org.plumbline.engine.rlhf.data.source.RowPlace;

/** What every text of a row must be. */
final class Texts {
  private Texts() {}

  /** Fails if a text anywhere in a value holds half of a surrogate pair. */
  static void whole(JsonNode value, RowPlace place, String column) {
    if (value.isTextual()) {
      whole(value.asText(), place, column);
    }
    value.forEach(item -> whole(item, place, column));
    value.fieldNames().forEachRemaining(name -> whole(name, place, column));
  }

  /** Fails if a text holds half of a surrogate pair, which JSON can say and UTF-8 cannot. */
  static void whole(String text, RowPlace place, String column) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (Character.isHighSurrogate(unit)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(unit)) {
        throw DataFailure.halfCharacter(place, column);
      }
    }
  }
}
