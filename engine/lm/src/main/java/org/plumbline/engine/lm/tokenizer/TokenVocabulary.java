// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The ids that a {@code tokenizer.json} gives out.
 *
 * @param size one more than the highest id
 * @param special the special tokens
 */
record TokenVocabulary(int size, Map<String, Integer> special) {

  TokenVocabulary {
    special = Collections.unmodifiableMap(new LinkedHashMap<>(special));
  }

  static TokenVocabulary of(JsonNode tokenizer) {
    JsonNode pieces = tokenizer.path("model").path("vocab");
    Map<String, Integer> ids = ids(pieces);
    int count = pieces.size();
    int last = pieces.isArray() ? count - 1 : -1; // a piece may stand there twice
    int highest = ids.values().stream().mapToInt(id -> id).max().orElse(-1);
    int highestAdded = -1;
    Map<String, Integer> special = new LinkedHashMap<>();
    for (JsonNode token : tokenizer.path("added_tokens")) {
      String content = token.path("content").asText();
      if (content.isEmpty()) {
        continue; // the library leaves it out
      }
      // as the library does, whatever `id` says: a piece keeps its own, others come after all
      int next = Math.max(count, highestAdded + 1);
      int id = ids.computeIfAbsent(content, added -> next);
      highestAdded = Math.max(highestAdded, id);
      if (token.path("special").asBoolean()) {
        special.put(content, id);
      }
    }
    return new TokenVocabulary(Math.max(Math.max(highest, last), highestAdded) + 1, special);
  }

  /** Pieces by name with their ids; in Unigram's form a list of pieces with scores, in order. */
  private static Map<String, Integer> ids(JsonNode pieces) {
    Map<String, Integer> ids = new HashMap<>();
    for (int id = 0; pieces.isArray() && id < pieces.size(); id++) {
      ids.put(pieces.get(id).path(0).asText(), id);
    }
    for (Map.Entry<String, JsonNode> piece : pieces.properties()) {
      ids.put(piece.getKey(), piece.getValue().asInt(-1));
    }
    return ids;
  }
}
