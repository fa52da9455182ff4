// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.internal;

import static org.plumbline.engine.lm.internal.TokenizerCheck.require;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Looks at the part of a tokenizer that puts tokens around a text. */
record TemplateCheck(JsonNode special, String where) {

  /** Checks a post-processor of the kinds that put tokens around a text. */
  static void check(JsonNode part, String where) {
    TemplateCheck check = new TemplateCheck(part.path("special_tokens"), where);
    for (String name : List.of("sep", "cls")) {
      if (part.has(name)) {
        check.id(part.path(name).path(1));
      }
    }
    check.special.forEach(token -> token.path("ids").forEach(check::id));
    check.pieces(part.path("single"));
    check.pieces(part.path("pair"));
    int texts = 0;
    for (JsonNode piece : part.path("single")) {
      String text = piece.path("Sequence").path("id").asText();
      texts += text.isEmpty() ? 0 : 1;
      require(!text.equals("B"), where, "`single` names a second text");
    }
    require(texts <= 1, where, "`single` has the text more than once");
  }

  private void id(JsonNode id) {
    require(
        VocabularyCheck.isId(id), where, "`" + id + "` is no id below " + ModelLimits.VOCABULARY);
  }

  private void pieces(JsonNode pieces) {
    long tokens = 0;
    for (JsonNode piece : pieces) {
      if (!piece.has("Sequence")) {
        String name = piece.path("SpecialToken").path("id").asText();
        require(special.has(name), where, "`" + name + "` is not among its special tokens");
        tokens += special.path(name).path("ids").size();
      }
    }
    require(
        Math.max(tokens, pieces.size()) <= ModelLimits.AROUND,
        where,
        "it puts more than " + ModelLimits.AROUND + " tokens around a text");
  }
}
