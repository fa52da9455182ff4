// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.tokenizer.Tokenizer;

/**
 * Texts of made-up words, one token each, so that every row has the length that is wanted and
 * tokenising costs next to nothing.
 */
final class MadeUpWords {
  private final RandomStream stream = RandomStream.of(0, RandomPurpose.ENVIRONMENT, 0);
  private final int vocabulary;
  private long drawn;

  MadeUpWords(int vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** Returns the tokenizer of {@code w1}, {@code w2}…, whose token 0 is the end of text. */
  Tokenizer tokenizer() {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode().put("version", "1.0");
    root.putArray("added_tokens")
        .addObject()
        .put("id", 0)
        .put("content", Tokenizer.END_OF_TEXT)
        .put("single_word", false)
        .put("lstrip", false)
        .put("rstrip", false)
        .put("normalized", false)
        .put("special", true);
    root.putObject("pre_tokenizer").put("type", "WhitespaceSplit");
    ObjectNode model = root.putObject("model").put("type", "WordLevel").put("unk_token", "w1");
    ObjectNode vocab = model.putObject("vocab").put(Tokenizer.END_OF_TEXT, 0);
    for (int id = 1; id < vocabulary; id++) {
      vocab.put("w" + id, id);
    }
    try {
      return Tokenizer.of(mapper.writeValueAsBytes(root));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns so many random words. */
  String text(int count) {
    StringBuilder text = new StringBuilder();
    for (int id : ids(count)) {
      text.append(text.isEmpty() ? "w" : " w").append(id);
    }
    return text.toString();
  }

  /** Returns so many random tokens other than the end of text. */
  int[] ids(int count) {
    int[] ids = new int[count];
    for (int i = 0; i < count; i++) {
      ids[i] = 1 + (int) (stream.uniform(drawn++) * (vocabulary - 1));
    }
    return ids;
  }
}
