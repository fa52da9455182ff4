package org.plumbline.engine.rlhf.training;

import java.util.Arrays;
import java.util.Optional;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.ModelConfig;
import org.plumbline.engine.lm.ModelFormatException;
import org.plumbline.engine.lm.Sequence;
import org.plumbline.engine.lm.Tokenizer;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.conversation.Prompt.Chat;
import org.plumbline.engine.store.StageContext;
import org.plumbline.engine.store.StageFailure;

/**
 * How a prompt and an answer become one row of tokens, and back. The same everywhere: in training,
 * in sampling and in scoring.
 *
 * <p>A prompt that is a conversation goes through the model's chat template if the model came with
 * one: the template's words, and nothing else, stand before the answer, and its end of turn after
 * it.
 *
 * <p>A prompt that is a text, and the transcript of a conversation where the model has no template,
 * is taken as it is:
 *
 * <ul>
 *   <li>The answer follows the prompt after one space, or directly if the prompt is empty or ends
 *       in white space. The separating space is no part of the answer's text.
 *   <li>What the tokenizer's makers put before every text, a beginning-of-text token, goes before
 *       the prompt.
 *   <li>The model's end token (of several, the first) ends an answer. An answer that was cut off
 *       has none.
 * </ul>
 *
 * <p>Prompt and answer are tokenised apart, so that a prompt has the same tokens with and without
 * an answer. What does not fit into the model's context is cut: first the beginning of the prompt,
 * down to half of the context (of a conversation, whole turns as long as there are several), then
 * the end of the answer.
 */
public final class AnswerFormat {
  private final LanguageModel model;
  private final Tokenizer tokenizer;
  private final ModelConfig config;
  private final int context;
  private final int[] beginning;
  private int cut;

  /** The format for a model's tokenizer, chat template and context. */
  public AnswerFormat(LanguageModel model) {
    this.tokenizer = model.tokenizer();
    this.config = model.config();
    this.context = config.contextLength();
    this.beginning = tokenizer.beginning();
    this.model = model;
  }

  /** What stands between a prompt and its answer, where no chat template says it. */
  public static String separator(String prompt) {
    boolean apart =
        prompt.isEmpty() || Character.isWhitespace(prompt.codePointBefore(prompt.length()));
    return apart ? "" : " ";
  }

  /** A conversation with the template that writes it. */
  private record Templated(ChatFormat format, Chat chat) {

    int[] tokens() {
      return format.tokens(chat);
    }
  }

  /**
   * The template is asked for only where it is needed: one that is broken harms no other prompt.
   */
  private Optional<Templated> templated(Prompt prompt) {
    return prompt instanceof Chat chat
        ? template().map(format -> new Templated(format, chat))
        : Optional.empty();
  }

  private Optional<ChatFormat> template() {
    try {
      return model.chatTemplate().map(template -> new ChatFormat(template, tokenizer, config));
    } catch (ModelFormatException e) {
      throw new StageFailure(
          "PLB0541",
          String.valueOf(e.getMessage()),
          null,
          "mend the template, or leave it out of the model's folder");
    }
  }

  /** The tokens of a prompt that leave room for an answer; at least one token. */
  public int[] prompt(Prompt prompt, int room) {
    int most = context - Math.min(room, context / 2);
    Optional<Templated> templated = templated(prompt);
    int[] tokens = templated.map(Templated::tokens).orElseGet(() -> plain(prompt.text()));
    if (tokens.length <= most) {
      return tokens;
    }
    cut++;
    if (templated.isPresent()) {
      tokens = templated.get().format().prompt(templated.get().chat(), most);
    }
    return end(tokens, most);
  }

  private int[] plain(String prompt) {
    int[] text = tokenizer.encode(prompt);
    if (text.length == 0 && beginning.length == 0) {
      return new int[] {config.endOfText()};
    }
    return joined(beginning, text);
  }

  /** The last tokens, after what every text begins with. */
  private int[] end(int[] tokens, int most) {
    if (tokens.length <= most) {
      return tokens;
    }
    boolean begins =
        beginning.length > 0
            && beginning.length < most
            && Arrays.equals(tokens, 0, beginning.length, beginning, 0, beginning.length);
    int[] first = begins ? beginning : new int[0];
    return joined(
        first, Arrays.copyOfRange(tokens, tokens.length - most + first.length, tokens.length));
  }

  private static int[] joined(int[] a, int[] b) {
    int[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  /**
   * A prompt with its answer.
   *
   * @param finished whether the answer ended by itself and so gets an end token
   */
  public Sequence example(Prompt prompt, Answer answer, boolean finished) {
    int[] completion =
        templated(prompt)
            .map(with -> with.format().answer(with.chat(), answer, finished))
            .orElseGet(
                () -> ended(tokenizer.encode(separator(prompt.text()) + answer.text()), finished));
    int[] before = prompt(prompt, completion.length);
    int room = context - before.length;
    if (completion.length > room) {
      cut++;
      completion = Arrays.copyOf(completion, room);
    }
    return Sequence.of(before, completion);
  }

  private int[] ended(int[] tokens, boolean finished) {
    return finished ? joined(tokens, new int[] {config.endOfText()}) : tokens;
  }

  /** A text on its own, with an end token; all of it is learned. */
  public Sequence document(String text) {
    int[] tokens = joined(beginning, ended(tokenizer.encode(text), true));
    if (tokens.length > context) {
      cut++;
      tokens = Arrays.copyOf(tokens, context);
    }
    return new Sequence(tokens, 0);
  }

  /** The text of an answer's tokens. */
  public String text(Prompt prompt, int[] completion) {
    return templated(prompt)
        .map(with -> with.format().text(with.chat(), completion))
        .orElseGet(
            () -> {
              String text = tokenizer.decode(completion);
              String separator = separator(prompt.text());
              return text.startsWith(separator) ? text.substring(separator.length()) : text;
            });
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
