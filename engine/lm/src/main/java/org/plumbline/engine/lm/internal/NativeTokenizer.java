package org.plumbline.engine.lm.internal;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
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

  /** Reads the text of a {@code tokenizer.json}; a malformed one gives an exception. */
  public NativeTokenizer(byte[] json) throws IOException {
    tokenizer = HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), OPTIONS);
    CLEANER.register(this, tokenizer::close);
  }

  public int[] encode(String text) {
    return ids(tokenizer.encode(text, false, false));
  }

  public int[] encodeWithSpecialTokens(String text) {
    return ids(tokenizer.encode(text, true, false));
  }

  public int[][] encode(List<String> texts) {
    return Arrays.stream(tokenizer.batchEncode(texts, false, false))
        .map(NativeTokenizer::ids)
        .toArray(int[][]::new);
  }

  public String decode(int[] ids, boolean skipSpecialTokens) {
    return tokenizer.decode(Arrays.stream(ids).asLongStream().toArray(), skipSpecialTokens);
  }

  private static int[] ids(Encoding encoding) {
    return Arrays.stream(encoding.getIds()).mapToInt(Math::toIntExact).toArray();
  }
}
