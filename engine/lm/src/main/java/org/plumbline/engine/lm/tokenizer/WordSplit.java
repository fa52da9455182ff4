// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.tokenizer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.text.Normalizer;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a tokenizer cuts a text into words, which tokens never cross. */
enum WordSplit {
  /** GPT-2's pattern; the text stays as it is. */
  GPT2("'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+") {
    @Override
    void describe(ObjectNode tokenizer) {
      tokenizer.putNull("normalizer");
      byteLevel(tokenizer.putObject("pre_tokenizer"), true);
    }

    @Override
    String normalized(String text) {
      return text;
    }
  },

  /**
   * Qwen 2's pattern, close to Llama 3's: digits one by one, line breaks apart; the text in NFC.
   */
  QWEN2(
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}"
          + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+") {
    @Override
    void describe(ObjectNode tokenizer) {
      tokenizer.putObject("normalizer").put("type", "NFC");
      ObjectNode split = new ObjectMapper().createObjectNode();
      split.put("type", "Split").putObject("pattern").put("Regex", regex());
      split.put("behavior", "Isolated").put("invert", false);
      ObjectNode sequence = tokenizer.putObject("pre_tokenizer").put("type", "Sequence");
      byteLevel(sequence.putArray("pretokenizers").add(split).addObject(), false);
    }

    @Override
    String normalized(String text) {
      return Normalizer.normalize(text, Normalizer.Form.NFC);
    }
  };

  private final String regex;
  private final Pattern pattern;

  WordSplit(String regex) {
    this.regex = regex;
    this.pattern = Pattern.compile(regex, Pattern.UNICODE_CHARACTER_CLASS);
  }

  String regex() {
    return regex;
  }

  /** Says the same in a {@code tokenizer.json}. */
  abstract void describe(ObjectNode tokenizer);

  abstract String normalized(String text);

  private static void byteLevel(ObjectNode node, boolean splits) {
    node.put("type", "ByteLevel").put("add_prefix_space", false);
    node.put("trim_offsets", true).put("use_regex", splits);
  }

  void words(String text, Consumer<String> taker) {
    Matcher words = pattern.matcher(normalized(text));
    while (words.find()) {
      taker.accept(words.group());
    }
  }
}
