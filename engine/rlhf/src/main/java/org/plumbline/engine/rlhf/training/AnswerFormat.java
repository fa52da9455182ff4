package org.plumbline.engine.rlhf.training;

import java.util.Arrays;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.Sequence;
import org.plumbline.engine.lm.Tokenizer;
import org.plumbline.engine.store.StageContext;

/**
 * How a prompt and an answer become one row of tokens, and back. The same everywhere: in training,
 * in sampling and in scoring.
 *
 * <ul>
 *   <li>The answer follows the prompt after one space, or directly if the prompt is empty or ends
 *       in white space. The separating space is no part of the answer's text.
 *   <li>Prompt and answer are tokenised apart, so that a prompt has the same tokens with and
 *       without an answer.
 *   <li>The model's end token (of several, the first) ends an answer. An answer that was cut off
 *       has none.
 *   <li>What does not fit into the model's context is cut: first the beginning of the prompt, down
 *       to half of the context, then the end of the answer.
 * </ul>
 */
public final class AnswerFormat {
  private final Tokenizer tokenizer;
  private final int context;
  private final int end;
  private int cut;

  /** The format for a model's tokenizer and context. */
  public AnswerFormat(LanguageModel model) {
    this.tokenizer = model.tokenizer();
    this.context = model.config().contextLength();
    this.end = model.config().endOfText();
  }

  /** What stands between a prompt and its answer. */
  public static String separator(String prompt) {
    boolean apart =
        prompt.isEmpty() || Character.isWhitespace(prompt.codePointBefore(prompt.length()));
    return apart ? "" : " ";
  }

  /** The tokens of a prompt that leave room for an answer; at least one token. */
  public int[] prompt(String prompt, int room) {
    int most = context - Math.min(room, context / 2);
    int[] tokens = tokenizer.encode(prompt);
    if (tokens.length == 0) {
      return new int[] {end};
    }
    if (tokens.length <= most) {
      return tokens;
    }
    cut++;
    return Arrays.copyOfRange(tokens, tokens.length - most, tokens.length);
  }

  /**
   * A prompt with its answer.
   *
   * @param finished whether the answer ended by itself and so gets an end-of-text token
   */
  public Sequence example(String prompt, String answer, boolean finished) {
    int[] text = tokenizer.encode(separator(prompt) + answer);
    int[] completion = finished ? Arrays.copyOf(text, text.length + 1) : text;
    if (finished) {
      completion[text.length] = end;
    }
    int[] before = prompt(prompt, completion.length);
    int room = context - before.length;
    if (completion.length > room) {
      cut++;
      completion = Arrays.copyOf(completion, room);
    }
    return Sequence.of(before, completion);
  }

  /** A text on its own, with an end-of-text token; all of it is learned. */
  public Sequence document(String text) {
    int[] tokens = tokenizer.encode(text);
    int[] ended = Arrays.copyOf(tokens, tokens.length + 1);
    ended[tokens.length] = end;
    if (ended.length > context) {
      cut++;
      ended = Arrays.copyOf(ended, context);
    }
    return new Sequence(ended, 0);
  }

  /** The text of an answer's tokens. */
  public String text(String prompt, int[] completion) {
    String text = tokenizer.decode(completion);
    return text.startsWith(separator(prompt)) ? text.substring(separator(prompt).length()) : text;
  }

  /** How many prompts, answers and documents did not fit so far. */
  public int cut() {
    return cut;
  }

  /** Tells the user how many did not fit, if any. */
  public void noteCuts(StageContext notes) {
    if (cut > 0) {
      notes.note(
          cut
              + " texts are longer than the model's context of "
              + context
              + " tokens and were cut");
    }
  }
}
