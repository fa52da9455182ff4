// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.internal;

import static org.plumbline.engine.lm.internal.TokenizerCheck.require;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/** Looks at the tokens of a tokenizer: their ids, their lengths and what they are made of. */
final class VocabularyCheck {

  private static final String ADDED = "added_tokens";
  private static final String MODEL = "model";
  private static final String VOCABULARY = "model.vocab";
  private static final String MERGES = "model.merges";

  private VocabularyCheck() {}

  static void check(JsonNode tokenizer) {
    JsonNode model = tokenizer.path(MODEL);
    vocabulary(model.path("vocab"));
    merges(model);
    added(tokenizer.path(ADDED));
    for (String name : new String[] {"continuing_subword_prefix", "end_of_word_suffix"}) {
      text(model.path(name), MODEL);
    }
    text(model.path("unk_token"), MODEL);
    require(
        model.path("max_input_chars_per_word").asLong(0) <= ModelLimits.WORD,
        MODEL,
        "`max_input_chars_per_word` is more than " + ModelLimits.WORD);
  }

  /** Returns whether a value is an id that a model can have an embedding for. */
  static boolean isId(JsonNode value) {
    return value.isIntegralNumber()
        && value.canConvertToInt()
        && value.intValue() >= 0
        && value.intValue() < ModelLimits.VOCABULARY;
  }

  private static void vocabulary(JsonNode pieces) {
    require(
        pieces.size() <= ModelLimits.VOCABULARY,
        VOCABULARY,
        "it has more than " + ModelLimits.VOCABULARY + " tokens");
    for (JsonNode piece : pieces) {
      if (pieces.isObject()) {
        require(
            isId(piece), VOCABULARY, "`" + piece + "` is no id below " + ModelLimits.VOCABULARY);
      } else {
        text(piece.path(0), VOCABULARY);
      }
    }
  }

  /** The library cuts the prefix off the second part of a merge, whatever that begins with. */
  private static void merges(JsonNode model) {
    JsonNode merges = model.path("merges");
    require(
        merges.size() <= ModelLimits.VOCABULARY,
        MERGES,
        "there are more than " + ModelLimits.VOCABULARY);
    String prefix = model.path("continuing_subword_prefix").asText("");
    if (prefix.isEmpty() || prefix.equals("null")) {
      return;
    }
    int length = prefix.getBytes(StandardCharsets.UTF_8).length;
    for (JsonNode merge : merges) {
      String text = merge.asText();
      String second =
          merge.isArray() ? merge.path(1).asText() : text.substring(text.indexOf(' ') + 1);
      byte[] bytes = second.getBytes(StandardCharsets.UTF_8);
      boolean cuts = bytes.length == length || (bytes.length > length && begins(bytes[length]));
      require(cuts, MERGES, "`" + shown(second) + "` does not begin with `" + shown(prefix) + "`");
    }
  }

  /** Returns whether a byte of UTF-8 is a character's first. */
  static boolean begins(byte first) {
    return (first & 0xC0) != 0x80;
  }

  private static void added(JsonNode tokens) {
    require(
        tokens.size() <= ModelLimits.ADDED_TOKENS,
        ADDED,
        "there are %d, more than %d".formatted(tokens.size(), ModelLimits.ADDED_TOKENS));
    for (JsonNode token : tokens) {
      text(token.path("content"), ADDED);
      require(
          isId(token.path("id")),
          ADDED,
          "`" + token.path("id") + "` is no id below " + ModelLimits.VOCABULARY);
    }
  }

  private static void text(JsonNode text, String where) {
    require(
        text.asText().length() <= ModelLimits.TOKEN,
        where,
        "a text has more than " + ModelLimits.TOKEN + " characters");
  }

  private static String shown(String text) {
    return text.length() > 20 ? text.substring(0, 20) + "..." : text;
  }
}
