// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.internal;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.LibUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The Hugging Face tokenizers library: no truncation, no padding, no special tokens added. */
public final class NativeTokenizer {

  private static final Cleaner CLEANER = Cleaner.create();

  // The engine truncates at 512 tokens unless told otherwise.
  private static final Map<String, String> OPTIONS =
      Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");

  static {
    NativeSettings.stayLocal();
  }

  private final HuggingFaceTokenizer tokenizer;
  private final long longest;

  /** Loads the library, unless it is loaded. */
  public static void load() {
    LibUtils.checkStatus();
  }

  /**
   * Reads the text of a {@code tokenizer.json}; a malformed one gives an exception.
   *
   * @param longest the most characters that a text may have, from {@link TokenizerCheck}: one that
   *     was not checked may end the process
   */
  public NativeTokenizer(byte[] json, long longest) throws IOException {
    this.longest = longest;
    tokenizer = HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), OPTIONS);
    CLEANER.register(this, tokenizer::close);
  }

  public int[] encode(String text) {
    return ids(tokenizer.encode(whole(text), false, false));
  }

  public int[] encodeWithSpecialTokens(String text) {
    return ids(tokenizer.encode(whole(text), true, false));
  }

  /**
   * Tokens and where they end in the text, in code points. Several tokens of one character all end
   * after it; white space around a token counts where the tokenizer does not leave it out.
   */
  public record Located(int[] ids, int[] ends) {}

  public Located locate(String text) {
    Encoding encoding = tokenizer.encode(whole(text), false, false);
    int[] ends =
        Arrays.stream(encoding.getCharTokenSpans())
            .mapToInt(span -> span == null ? 0 : span.getEnd())
            .toArray();
    return new Located(ids(encoding), ends);
  }

  public int[][] encode(List<String> texts) {
    return Arrays.stream(
            tokenizer.batchEncode(texts.stream().map(this::whole).toList(), false, false))
        .map(NativeTokenizer::ids)
        .toArray(int[][]::new);
  }

  public String decode(int[] ids, boolean skipSpecialTokens) {
    return tokenizer.decode(Arrays.stream(ids).asLongStream().toArray(), skipSpecialTokens);
  }

  /**
   * The text with U+FFFD in the place of halves of surrogate pairs: the library would break all
   * other characters beyond U+FFFF along with them. One that is so long that a pattern could go
   * back in it more often than the library survives is refused.
   */
  private String whole(String text) {
    if (text.length() > longest) {
      throw new IllegalArgumentException(
          "a text has %d characters; with the tokenizer's patterns, %d are the most"
              .formatted(text.length(), longest));
    }
    StringBuilder mended = null;
    for (int i = 0; i < text.length(); i++) {
      if (!Character.isSurrogate(text.charAt(i))) {
        continue;
      }
      if (Character.isSupplementaryCodePoint(text.codePointAt(i))) {
        i++;
        continue;
      }
      mended = mended == null ? new StringBuilder(text) : mended;
      mended.setCharAt(i, '\uFFFD');
    }
    return mended == null ? text : mended.toString();
  }

  private static int[] ids(Encoding encoding) {
    return Arrays.stream(encoding.getIds()).mapToInt(Math::toIntExact).toArray();
  }
}
