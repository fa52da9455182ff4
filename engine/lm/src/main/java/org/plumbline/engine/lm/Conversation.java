// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ChatTemplate} makes a text of. Values are null, texts, numbers, truths, and lists
 * and maps of them, as in JSON.
 *
 * @param messages what was said; values that are null are left out, as transformers 5 does
 * @param tools what the model may call, in the form of the template; null for none
 * @param variables further variables, which go before the tokenizer's special tokens
 * @param answerFollows whether the text ends with the beginning of the assistant's next message
 * @param now what the template's {@code strftime_now} tells
 */
public record Conversation(
    List<Message> messages,
    @Nullable List<?> tools,
    Map<String, ? extends @Nullable Object> variables,
    boolean answerFollows,
    LocalDateTime now) {

  public Conversation {
    messages = List.copyOf(messages);
  }

  /** A conversation without tools, now. */
  public static Conversation of(List<Message> messages) {
    return new Conversation(
        messages, null, Map.of(), false, LocalDateTime.now(ZoneId.systemDefault()));
  }

  /** Returns this with further messages, after which no answer follows. */
  public Conversation followedBy(List<Message> further) {
    List<Message> all = new ArrayList<>(messages);
    all.addAll(further);
    return new Conversation(all, tools, variables, false, now);
  }

  /** Returns this with other messages. */
  public Conversation withMessages(List<Message> others) {
    return new Conversation(others, tools, variables, answerFollows, now);
  }

  /** Returns this without tools. */
  public Conversation withoutTools() {
    return new Conversation(messages, null, variables, answerFollows, now);
  }

  /** Returns this with the beginning of the assistant's next message at its end. */
  public Conversation withAnswerToFollow() {
    return new Conversation(messages, tools, variables, true, now);
  }

  /** Returns this at another time. */
  public Conversation at(LocalDateTime time) {
    return new Conversation(messages, tools, variables, answerFollows, time);
  }
}
