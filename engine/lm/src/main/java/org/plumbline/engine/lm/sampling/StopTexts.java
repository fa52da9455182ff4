// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.sampling;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.plumbline.engine.lm.tokenizer.Tokenizer;

/** Finds out whether the last token completed a stop text. */
final class StopTexts {

  private final List<String> texts;
  private final Tokenizer tokenizer;

  /** Every token holds a byte or more; one more, as decoders may drop a first space. */
  private final int window;

  StopTexts(List<String> texts, Tokenizer tokenizer) {
    this.texts = texts;
    this.tokenizer = tokenizer;
    int longest = 0;
    for (String text : texts) {
      longest = Math.max(longest, text.getBytes(StandardCharsets.UTF_8).length);
    }
    this.window = longest + 1;
  }

  /** Looks at the end of the first {@code count} ids. */
  boolean completed(int[] ids, int count) {
    String end = tokenizer.decode(Arrays.copyOfRange(ids, Math.max(0, count - window), count));
    return texts.stream().anyMatch(end::contains);
  }
}
