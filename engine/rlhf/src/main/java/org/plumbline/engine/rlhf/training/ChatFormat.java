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
import org.plumbline.engine.lm.ModelConfig;
import org.plumbline.engine.lm.ModelFormatException;
import org.plumbline.engine.lm.Tokenizer;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt.Chat;
import org.plumbline.engine.store.StageFailure;

/** Conversations as a model's chat template writes them. */
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

  private static Conversation conversation(Chat chat) {
    return new Conversation(chat.turns(), chat.tools(), chat.variables(), false, DAY);
  }

  private ChatTemplate.Frame frame(Chat chat) {
    return written(chat, () -> template.frame(conversation(chat)));
  }

  /** What the template writes; if it fails, {@code PLB0541} with the conversation. */
  private static <T> T written(Chat chat, Supplier<T> writing) {
    try {
      return writing.get();
    } catch (ModelFormatException e) {
      String said = last(chat).strip();
      String shown = said.substring(0, said.offsetByCodePoints(0, Math.min(40, length(said))));
      throw new StageFailure(
          "PLB0541",
          "%s, for a conversation of %d messages that ends with `%s`"
              .formatted(e.getMessage(), chat.turns().size(), shown.replace('\n', ' ')),
          null,
          "`plumb model DIR --prompt TEXT` shows what the template makes of a question");
    }
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** The tokens of a prompt, however many. */
  int[] tokens(Chat chat) {
    Conversation conversation = conversation(chat).withAnswerToFollow();
    String text = written(chat, () -> template.render(conversation));
    return tokenizer.encode(text + chat.begun());
  }

  /**
   * The tokens of a prompt. If there are more than {@code most}, the earliest turns are left out,
   * the system's message kept; then the beginning of the last message. What the template itself
   * writes is never cut.
   */
  int[] prompt(Chat chat, int most) {
    Chat kept = chat;
    int[] tokens = tokens(kept);
    Optional<Chat> shorter = shortened(kept);
    while (tokens.length > most && shorter.isPresent()) {
      kept = shorter.get();
      tokens = tokens(kept);
      shorter = shortened(kept);
    }
    int[] words = tokenizer.encode(last(kept));
    int left = words.length;
    while (tokens.length > most && left > 0) {
      left = Math.max(0, left - (tokens.length - most));
      int[] end = Arrays.copyOfRange(words, words.length - left, words.length);
      tokens = tokens(withLast(kept, tokenizer.decode(end)));
    }
    return tokens;
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
  private static String last(Chat chat) {
    List<Message> turns = chat.turns();
    return turns.isEmpty() ? "" : turns.get(turns.size() - 1).text();
  }

  /** Puts another text in the place of that one. */
  private static Chat withLast(Chat chat, String text) {
    List<Message> changed = new ArrayList<>(chat.messages());
    int last = chat.turns().size() - 1;
    changed.set(last, changed.get(last).withText(text));
    return chat.with(changed);
  }

  /**
   * The tokens of an answer. A finished one ends with the token that stops sampling: what the
   * template writes after it (often a line break) is never sampled and so is not learned. Where the
   * template writes no such token, the model's own follows.
   */
  int[] answer(Chat chat, Answer answer, boolean finished) {
    Conversation conversation = conversation(chat);
    String begun = chat.begun();
    List<Message> messages = messages(chat, answer);
    String text = written(chat, () -> template.continuation(conversation, messages));
    int at = text.indexOf(begun);
    text = begun.isEmpty() || at < 0 ? text : text.substring(at + begun.length());
    String after = frame(chat).after();
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

  /** The messages of an answer, the first of them with what is there of it already. */
  private static List<Message> messages(Chat chat, Answer answer) {
    Answer whole = answer instanceof Answer.Turns ? answer : chat.answer(answer.text());
    List<Message> messages = new ArrayList<>(((Answer.Turns) whole).messages());
    String begun = chat.begun();
    if (!begun.isEmpty() && !messages.isEmpty()) {
      Message first = messages.get(0);
      messages.set(0, first.withText(begun + AnswerFormat.separator(begun) + first.text()));
    }
    return messages;
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
  String text(Chat chat, int[] completion) {
    ChatTemplate.Frame frame = frame(chat);
    String text = said(completion);
    boolean goesOn = !chat.begun().isEmpty();
    String before = goesOn ? AnswerFormat.separator(chat.begun()) : said(frame.before());
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
