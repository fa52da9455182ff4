// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import java.util.Arrays;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.tokenizer.Tokenizer;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Spacing;

/**
 * A prompt that is taken as it is.
 *
 * <p>A text that was rendered beforehand may begin with the token that begins every text, and its
 * answer may end with an end token, perhaps with white space after it, which is not learned: no
 * second one is added.
 */
record PlainWording(Tokenizer tokenizer, ModelConfig config, String text) implements PromptWording {

  @Override
  public int[] prompt() {
    return begun(tokenizer.encodeFromBeginning(text));
  }

  /** A model cannot be asked nothing: where nothing begins a text, the end of another does. */
  private int[] begun(int[] prompt) {
    return prompt.length == 0 ? new int[] {config.endOfText()} : prompt;
  }

  @Override
  public Worded with(Answer answer, boolean finished) {
    String whole = Spacing.joined(text, answer.text());
    Tokenizer.Split split = tokenizer.split(whole, text.length());
    int[] prompt = tokenizer.fromBeginning(split.prompt());
    boolean begins = prompt.length > 0 && prompt.length == split.prompt().length;
    int end = finished ? end(split.answer()) : 0;
    int[] said = finished ? ended(split.answer(), end) : split.answer();
    boolean spelled = end > 0 || (begins && tokenizer.beginning().length > 0);
    return new Worded(begun(prompt), said, split.joined(), spelled);
  }

  /**
   * How many tokens there are up to and with an end token after which nothing but white space
   * comes, as templates write a line break after it; 0 if there is none.
   */
  private int end(int[] ids) {
    int end = ids.length;
    while (end > 0 && !config.endsText(ids[end - 1])) {
      end--;
    }
    if (end == 0) {
      return 0;
    }
    int[] rest = Arrays.copyOfRange(ids, end, ids.length);
    return tokenizer.decodeWithSpecialTokens(rest).isBlank() ? end : 0;
  }

  /** The tokens with one end token at their end. */
  private int[] ended(int[] ids, int end) {
    return end > 0 ? Arrays.copyOf(ids, end) : Tokens.with(ids, config.endOfText());
  }

  /** A text on its own. */
  Worded document() {
    int[] ids = tokenizer.encode(text);
    int[] begun = tokenizer.fromBeginning(ids);
    boolean begins = begun.length == ids.length && tokenizer.beginning().length > 0;
    int end = end(ids);
    int added = begun.length - ids.length;
    return new Worded(
        new int[0], ended(begun, end == 0 ? 0 : end + added), false, begins || end > 0);
  }

  @Override
  public PromptWording within(int most) {
    return this; // a text has no parts
  }

  @Override
  public String text(Sequence row) {
    return Spacing.answer(text, tokenizer.textAfter(text, row));
  }
}
