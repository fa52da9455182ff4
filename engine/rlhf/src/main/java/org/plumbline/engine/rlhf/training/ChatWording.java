// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.plumbline.engine.lm.ChatTemplate;
import org.plumbline.engine.lm.Conversation;
import org.plumbline.engine.lm.Message;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.failure.ModelFormatException;
import org.plumbline.engine.lm.tokenizer.Tokenizer;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt.Chat;
import org.plumbline.engine.rlhf.conversation.Spacing;
import org.plumbline.engine.run.StageFailure;

/**
 * A conversation as a model's chat template writes it.
 *
 * <p>It is rendered with its answer, and what goes beyond the prompt is the answer's. A finished
 * one ends with the token that stops sampling: what the template writes after it (often a line
 * break) is never sampled and so is not learned. Where the template writes no such token, the
 * model's own follows.
 */
record ChatWording(TemplateForm form, Tokenizer tokenizer, ModelConfig config, Chat chat)
    implements PromptWording {

  /**
   * The day that templates are told which ask for it: the one that Llama 3's template takes where
   * there is no clock. The real one would make a run's results depend on the day.
   */
  static final LocalDateTime DAY = LocalDateTime.of(2024, 7, 26, 0, 0);

  /** An answer, to see what is written after one. */
  private static final String ANSWER = "a";

  private Conversation conversation() {
    return new Conversation(chat.turns(), chat.tools(), chat.variables(), false, DAY);
  }

  private String rendered() {
    return written(() -> form.template().render(conversation().withAnswerToFollow()));
  }

  private ChatTemplate.Frame frame() {
    return written(() -> form.template().frame(conversation()));
  }

  /** What the template writes; if it fails, {@code PLB0541} with the conversation. */
  private <T> T written(Supplier<T> writing) {
    try {
      return writing.get();
    } catch (ModelFormatException e) {
      String said = last().strip();
      String shown = said.substring(0, said.offsetByCodePoints(0, Math.min(40, length(said))));
      throw new StageFailure(
          "PLB0541",
          "%s, for a conversation of %d %s that ends with `%s`"
              .formatted(
                  e.getMessage(),
                  chat.turns().size(),
                  chat.turns().size() == 1 ? "message" : "messages",
                  shown.replace('\n', ' ')),
          null,
          "`plumb model DIR --prompt TEXT` shows what the template makes of a question");
    }
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  // ---- to tokens ----

  @Override
  public int[] prompt() {
    return tokenizer.encode(asked());
  }

  /** The text up to where an answer begins, or goes on. */
  private String asked() {
    String begun = chat.begun();
    return begun.isEmpty() ? rendered() : rendered() + frame().before() + begun;
  }

  @Override
  public Worded with(Answer answer, boolean finished) {
    String before = rendered();
    String text = written(() -> form.template().continuation(conversation(), messages(answer)));
    String begun = chat.begun();
    int border = before.length() + Math.max(0, text.indexOf(begun)) + begun.length();
    String after = frame().after();
    boolean open = !finished && text.endsWith(after);
    String whole = before + (open ? text.substring(0, text.length() - after.length()) : text);
    Tokenizer.Split split = tokenizer.split(whole, Math.min(border, whole.length()));
    int[] said = finished ? closed(split.answer(), after) : split.answer();
    return new Worded(split.prompt(), said, split.joined(), false);
  }

  /** The messages of an answer, the first of them with what is there of it already. */
  private List<Message> messages(Answer answer) {
    Answer whole = answer instanceof Answer.Turns ? form.of(answer) : chat.answer(answer.text());
    List<Message> messages = new ArrayList<>(((Answer.Turns) whole).messages());
    String begun = chat.begun();
    if (!begun.isEmpty() && !messages.isEmpty()) {
      Message first = messages.get(0);
      messages.set(0, first.withText(Spacing.joined(begun, first.text())));
    }
    return messages;
  }

  /** An answer's tokens up to the first end token among those that close it. */
  private int[] closed(int[] tokens, String after) {
    int left = (int) Arrays.stream(tokenizer.encode(after)).filter(config::endsText).count();
    for (int at = tokens.length - 1; at >= 0 && left > 0; at--) {
      left -= config.endsText(tokens[at]) ? 1 : 0;
      if (left == 0) {
        return Arrays.copyOf(tokens, at + 1);
      }
    }
    return ended(tokens);
  }

  private int[] ended(int[] tokens) {
    boolean ends = tokens.length > 0 && config.endsText(tokens[tokens.length - 1]);
    return ends ? tokens : Tokens.with(tokens, config.endOfText());
  }

  // ---- to text ----

  @Override
  public String text(Sequence row) {
    ChatTemplate.Frame frame = frame();
    String begun = chat.begun();
    int length = row.promptLength() + end(row.completion());
    Sequence said = new Sequence(Arrays.copyOf(row.ids(), length), row.promptLength());
    String text = tokenizer.textAfter(asked(), said);
    String before = begun.isEmpty() ? tokenizer.written(frame.prompt(), frame.before()) : "";
    String after = said(frame.after());
    if (text.startsWith(before)) {
      text = text.substring(before.length());
    }
    text = text.endsWith(after) ? text.substring(0, text.length() - after.length()) : text;
    return Spacing.answer(begun, text);
  }

  /** What is written after an answer, up to a token that stops sampling. */
  private String said(String after) {
    Tokenizer.Split split = tokenizer.split(ANSWER + after, ANSWER.length());
    int[] closing = Arrays.copyOf(split.answer(), end(split.answer()));
    return tokenizer.textAfter(ANSWER, Sequence.of(split.prompt(), closing));
  }

  /** The place of the first token that stops sampling; the length if none does. */
  private int end(int[] tokens) {
    int at = 0;
    while (at < tokens.length && !config.endsText(tokens[at])) {
      at++;
    }
    return at;
  }

  // ---- to fewer tokens ----

  /**
   * The earliest turns are left out, the system's message kept; then the beginning of the last
   * message. What the template itself writes is never cut.
   */
  @Override
  public PromptWording within(int most) {
    ChatWording kept = this;
    int length = prompt().length;
    Optional<Chat> shorter = shortened(chat);
    while (length > most && shorter.isPresent()) {
      kept = with(shorter.get());
      length = kept.prompt().length;
      shorter = shortened(kept.chat);
    }
    int[] words = tokenizer.encode(kept.last());
    ChatWording whole = kept;
    int left = words.length;
    while (length > most && left > 0) {
      left = Math.max(0, left - (length - most));
      int[] end = Arrays.copyOfRange(words, words.length - left, words.length);
      kept = whole.withLast(tokenizer.decode(end));
      length = kept.prompt().length;
    }
    return kept;
  }

  private ChatWording with(Chat other) {
    return new ChatWording(form, tokenizer, config, other);
  }

  /** Leaves out the earliest turns, up to the second person's; empty if there is no second. */
  private static Optional<Chat> shortened(Chat chat) {
    List<Message> messages = chat.messages();
    int system = !messages.isEmpty() && messages.get(0).bySystem() ? 1 : 0;
    for (int i = system + 1; i < messages.size(); i++) {
      if (messages.get(i).role().equals(Message.USER)) {
        List<Message> kept = new ArrayList<>(messages.subList(0, system));
        kept.addAll(messages.subList(i, messages.size()));
        return Optional.of(chat.with(kept));
      }
    }
    return Optional.empty();
  }

  /** The text of the last turn that is over. */
  private String last() {
    List<Message> turns = chat.turns();
    return turns.isEmpty() ? "" : turns.get(turns.size() - 1).text();
  }

  /** Puts another text in the place of that one. */
  private ChatWording withLast(String text) {
    List<Message> changed = new ArrayList<>(chat.messages());
    int last = chat.turns().size() - 1;
    changed.set(last, changed.get(last).withText(text));
    return with(chat.with(changed));
  }
}
