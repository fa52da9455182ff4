// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.tokenizer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.plumbline.engine.lm.ChatTemplate;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.failure.LibraryUnavailableException;
import org.plumbline.engine.lm.failure.ModelFormatException;
import org.plumbline.engine.lm.file.ModelFile;
import org.plumbline.engine.lm.internal.ModelLimits;
import org.plumbline.engine.lm.internal.NativeTokenizer;
import org.plumbline.engine.lm.internal.TokenizerCheck;

/**
 * Text to token ids and back, by the Hugging Face tokenizers library from a {@code tokenizer.json}.
 *
 * <p>Nothing is truncated, padded or added. Text that spells a special token becomes that token.
 * Immutable and thread-safe; native memory is freed with the object.
 */
public final class Tokenizer {

  /** The text of the special token that ends a text in tokenizers trained here. */
  public static final String END_OF_TEXT = "<|endoftext|>";

  /** A letter that no tokenizer joins with what stands before it but in a word. */
  private static final String PROBE = "a";

  private final byte[] json;
  private final NativeTokenizer tokenizer;
  private final TokenVocabulary vocabulary;
  private final int[] beginning;

  private Tokenizer(byte[] json) {
    this.json = json.clone();
    loadLibrary();
    try {
      TokenizerCheck.Checked checked = TokenizerCheck.check(json);
      this.tokenizer = new NativeTokenizer(json, checked.longestText());
      this.vocabulary = TokenVocabulary.of(checked.tree());
      this.beginning = readBeginning(tokenizer);
    } catch (IOException | RuntimeException e) {
      throw ModelFormatException.tokenizer(String.valueOf(e.getMessage()));
    }
  }

  /** Apart from the reading: that the library cannot be loaded is no fault of the tokenizer. */
  private static void loadLibrary() {
    try {
      NativeTokenizer.load();
    } catch (RuntimeException | LinkageError e) {
      throw new LibraryUnavailableException("the library of tokenizers", e);
    }
  }

  /**
   * Reads the content of a {@code tokenizer.json}.
   *
   * @throws ModelFormatException if it is none
   * @throws LibraryUnavailableException if the native library cannot be loaded
   */
  public static Tokenizer of(byte[] json) {
    return new Tokenizer(json);
  }

  /** Reads a {@code tokenizer.json}. */
  public static Tokenizer read(Path file) {
    return new Tokenizer(ModelFile.read(file, ModelLimits.TOKENIZER_FILE));
  }

  /**
   * Learns a byte-level BPE tokenizer with the special token {@link #END_OF_TEXT} (id 0).
   *
   * @param texts the corpus; pairs never cross words or texts
   * @param vocabularySize ids wanted, at least 257; fewer come out if the corpus has no more pairs
   */
  public static Tokenizer train(Iterable<String> texts, int vocabularySize) {
    BytePairTrainer trainer = new BytePairTrainer(BytePairTrainer.Settings.gpt2(END_OF_TEXT));
    texts.forEach(trainer::add);
    return new Tokenizer(trainer.train(vocabularySize).toJson());
  }

  public int[] encode(String text) {
    return tried(() -> tokenizer.encode(text));
  }

  /** Some tokenizers fail only at texts that they have no tokens for. */
  private static <T> T tried(Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      throw ModelFormatException.tokenizer(String.valueOf(e.getMessage()));
    }
  }

  /**
   * The tokens of a text that a model goes on with, taken apart where it does.
   *
   * @param prompt those before
   * @param answer those after
   * @param joined whether the prompt alone has other tokens than {@code prompt}, so that a model
   *     that is asked reads others than one that is shown the whole
   */
  public record Split(int[] prompt, int[] answer, boolean joined) {}

  /**
   * Tokenises a prompt with its answer in one piece, as the model itself would have come to read
   * them, and takes the tokens apart. Tokenised for itself, an answer can begin with other tokens:
   * tokenizers of Llama 2's kind put a space before every text.
   *
   * <p>Most often the whole begins with the tokens of the prompt alone, and these are the prompt.
   * Where it does not, as the tokenizer joins the end of the prompt with the beginning of the
   * answer (a prompt that ends in a space, say), the prompt has the tokens that end within it, and
   * a token that reaches across belongs to the answer. Asked for an answer, the model then reads
   * the tokens of the prompt alone, which are others: {@link Split#joined} says so.
   *
   * @param whole the prompt and the answer
   * @param at where the answer begins
   * @return tokens that make up {@code encode(whole)}
   */
  public Split split(String whole, int at) {
    int[] alone = at == 0 ? new int[0] : encode(whole.substring(0, at));
    NativeTokenizer.Located tokens = tried(() -> tokenizer.locate(whole));
    int[] ids = tokens.ids();
    boolean joined = !begins(ids, alone);
    int border = joined ? within(tokens, whole.codePointCount(0, at)) : alone.length;
    return new Split(
        Arrays.copyOf(ids, border), Arrays.copyOfRange(ids, border, ids.length), joined);
  }

  private static int within(NativeTokenizer.Located tokens, int at) {
    int border = 0;
    while (border < tokens.ends().length && tokens.ends()[border] <= at) {
      border++;
    }
    return border;
  }

  private static boolean begins(int[] ids, int[] beginning) {
    return ids.length >= beginning.length
        && Arrays.equals(ids, 0, beginning.length, beginning, 0, beginning.length);
  }

  /**
   * Returns the tokens of a text from its beginning on: with the special tokens that go before
   * every text, unless the text itself begins with them spelled out.
   */
  public int[] encodeFromBeginning(String text) {
    return fromBeginning(encode(text));
  }

  /** Puts {@link #beginning} before the tokens of a text, unless they are there. */
  public int[] fromBeginning(int[] ids) {
    int[] before = beginning();
    if (begins(ids, before)) {
      return ids;
    }
    int[] all = Arrays.copyOf(before, before.length + ids.length);
    System.arraycopy(ids, 0, all, before.length, ids.length);
    return all;
  }

  /**
   * Returns what an answer's tokens say after a prompt, special tokens left out. Decoded apart, the
   * first could lose its space, or a character its first bytes.
   *
   * @param prompt the whole text before the answer
   * @param row the prompt's tokens, which may lack some at the beginning, and the answer's
   */
  public String textAfter(String prompt, Sequence row) {
    String whole = decode(row.ids());
    String before = textBefore(prompt);
    if (whole.startsWith(before)) {
      return whole.substring(before.length());
    }
    String rest = after(decode(Arrays.copyOf(row.ids(), row.promptLength())), whole);
    String between = after(decode(encode(prompt)), before);
    return rest.startsWith(between) ? rest.substring(between.length()) : rest;
  }

  /**
   * Returns what decoding writes for a text that follows a prompt, special tokens left out; for
   * some tokenizers a space stands for a special token at its end.
   */
  public String written(String prompt, String further) {
    return after(textBefore(prompt), textBefore(prompt + further));
  }

  /**
   * What decoding writes before an answer: the prompt, and for some tokenizers a space after a
   * special token at its end.
   */
  private String textBefore(String prompt) {
    String probed = decode(encode(prompt + PROBE));
    return probed.endsWith(PROBE)
        ? probed.substring(0, probed.length() - PROBE.length())
        : decode(encode(prompt));
  }

  private static String after(String beginning, String text) {
    return text.startsWith(beginning) ? text.substring(beginning.length()) : text;
  }

  /**
   * Returns the special tokens that the tokenizer's makers put before a text, such as the beginning
   * of text for Llama; usually none or one. A text made by a {@link ChatTemplate} has them already.
   */
  public int[] beginning() {
    return beginning.clone();
  }

  private static int[] readBeginning(NativeTokenizer tokenizer) {
    int[] with = tokenizer.encodeWithSpecialTokens(PROBE);
    int[] without = tokenizer.encode(PROBE);
    for (int from = 0; without.length > 0 && from + without.length <= with.length; from++) {
      if (Arrays.equals(with, from, from + without.length, without, 0, without.length)) {
        return Arrays.copyOf(with, from);
      }
    }
    return new int[0];
  }

  public List<int[]> encodeAll(List<String> texts) {
    return List.of(tried(() -> tokenizer.encode(texts)));
  }

  /** Returns the text of tokens, without special ones. */
  public String decode(int[] ids) {
    return tried(() -> tokenizer.decode(ids, true));
  }

  /** Returns the text of tokens, special ones spelled out. */
  public String decodeWithSpecialTokens(int[] ids) {
    return tried(() -> tokenizer.decode(ids, false));
  }

  /** Whether this divides every text into the same tokens as another, because they are the same. */
  public boolean sameAs(Tokenizer other) {
    return Arrays.equals(json, other.json);
  }

  /** Returns how many embeddings a model for this tokenizer needs. */
  public int vocabularySize() {
    return vocabulary.size();
  }

  /** Returns the id of {@link #END_OF_TEXT}. */
  public int endOfText() {
    return specialToken(END_OF_TEXT);
  }

  /** Returns the id of a special token. */
  public int specialToken(String content) {
    Integer id = vocabulary.special().get(content);
    if (id == null) {
      throw ModelFormatException.tokenizer("it has no special token `" + content + "`");
    }
    return id;
  }

  /** Returns the text of a special token, or the empty text for other ids. */
  public String specialTokenText(int id) {
    return vocabulary.special().entrySet().stream()
        .filter(e -> e.getValue() == id)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("");
  }

  /** Returns the {@code tokenizer.json}. */
  public byte[] json() {
    return json.clone();
  }
}
