package org.plumbline.engine.rlhf.training;

import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.plumbline.engine.lm.ChatTemplate;
import org.plumbline.engine.lm.Conversation;
import org.plumbline.engine.lm.Conversation.Message;
import org.plumbline.engine.lm.ModelConfig;
import org.plumbline.engine.lm.ModelFormatException;
import org.plumbline.engine.lm.Tokenizer;
import org.plumbline.engine.store.StageFailure;

/** Transcripts as a model's chat template writes them. */
final class ChatFormat {

  /**
   * The day that templates are told which ask for it: the one that Llama 3's template takes where
   * there is no clock. The real one would make a run's results depend on the day.
   */
  static final LocalDateTime DAY = LocalDateTime.of(2024, 7, 26, 0, 0);

  private final ChatTemplate template;
  private final Tokenizer tokenizer;
  private final ModelConfig config;

  ChatFormat(ChatTemplate template, Tokenizer tokenizer, ModelConfig config) {
    this.template = template;
    this.tokenizer = tokenizer;
    this.config = config;
  }

  private static Conversation conversation(Transcript transcript) {
    return Conversation.of(transcript.messages()).at(DAY);
  }

  private ChatTemplate.Frame frame(Transcript transcript) {
    return written(transcript, () -> template.frame(conversation(transcript)));
  }

  /** What the template writes; if it fails, {@code PLB0541} with the conversation. */
  private static <T> T written(Transcript transcript, Supplier<T> writing) {
    try {
      return writing.get();
    } catch (ModelFormatException e) {
      String said = transcript.last().strip();
      String shown = said.substring(0, said.offsetByCodePoints(0, Math.min(40, length(said))));
      throw new StageFailure(
          "PLB0541",
          "%s, for a conversation of %d messages that ends with `%s`"
              .formatted(e.getMessage(), transcript.messages().size(), shown.replace('\n', ' ')),
          null,
          "`plumb model DIR --prompt TEXT` shows what the template makes of a question");
    }
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** The tokens of a prompt, however many. */
  int[] tokens(Transcript transcript) {
    Conversation conversation = conversation(transcript).withAnswerToFollow();
    String text = written(transcript, () -> template.render(conversation));
    return tokenizer.encode(text + transcript.begun());
  }

  /**
   * The tokens of a prompt. If there are more than {@code most}, the earliest turns are left out,
   * the system's message kept; then the beginning of the last message. What the template itself
   * writes is never cut.
   */
  int[] prompt(Transcript transcript, int most) {
    Transcript kept = transcript;
    int[] tokens = tokens(kept);
    Optional<Transcript> shorter = kept.shortened();
    while (tokens.length > most && shorter.isPresent()) {
      kept = shorter.get();
      tokens = tokens(kept);
      shorter = kept.shortened();
    }
    int[] words = tokenizer.encode(kept.last());
    int left = words.length;
    while (tokens.length > most && left > 0) {
      left = Math.max(0, left - (tokens.length - most));
      int[] end = Arrays.copyOfRange(words, words.length - left, words.length);
      tokens = tokens(kept.withLast(tokenizer.decode(end)));
    }
    return tokens;
  }

  /**
   * The tokens of an answer. A finished one ends with the token that stops sampling: what the
   * template writes after it (often a line break) is never sampled and so is not learned. Where the
   * template writes no such token, the model's own follows.
   */
  int[] answer(Transcript transcript, String answer, boolean finished) {
    Conversation conversation = conversation(transcript);
    String begun = transcript.begun();
    List<Message> messages = Transcript.answer(begun + AnswerFormat.separator(begun) + answer);
    String text = written(transcript, () -> template.continuation(conversation, messages));
    int at = text.indexOf(begun);
    text = begun.isEmpty() || at < 0 ? text : text.substring(at + begun.length());
    String after = frame(transcript).after();
    if (!finished) {
      boolean closed = text.endsWith(after);
      return tokenizer.encode(closed ? text.substring(0, text.length() - after.length()) : text);
    }
    int[] tokens = tokenizer.encode(text);
    int[] closing = tokenizer.encode(after);
    int unlearned = closing.length - end(closing) - 1;
    if (unlearned >= 0) {
      return Arrays.copyOf(tokens, tokens.length - unlearned);
    }
    int[] ended = Arrays.copyOf(tokens, tokens.length + 1);
    ended[tokens.length] = config.endOfText();
    return ended;
  }

  /** The place of the first token that stops sampling; the length if none does. */
  private int end(int[] tokens) {
    int at = 0;
    while (at < tokens.length && !config.endsText(tokens[at])) {
      at++;
    }
    return at;
  }

  /** The text of an answer's tokens, without what the template puts around it. */
  String text(Transcript transcript, int[] completion) {
    ChatTemplate.Frame frame = frame(transcript);
    String text = said(completion);
    boolean goesOn = !transcript.begun().isEmpty();
    String before = goesOn ? AnswerFormat.separator(transcript.begun()) : said(frame.before());
    String after = said(frame.after());
    if (text.startsWith(before)) {
      text = text.substring(before.length());
    }
    return text.endsWith(after) ? text.substring(0, text.length() - after.length()) : text;
  }

  private String said(String text) {
    return said(tokenizer.encode(text));
  }

  /** The text of tokens up to one that stops sampling, without special ones. */
  private String said(int[] tokens) {
    return tokenizer.decode(Arrays.copyOf(tokens, end(tokens)));
  }
}
