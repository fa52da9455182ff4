// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.monitors;

import java.util.ArrayList;
import java.util.List;
import org.plumbline.dsl.model.CompareSpec;
import org.plumbline.engine.lm.Message;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.conversation.Prompt.Chat;
import org.plumbline.engine.rlhf.conversation.Spacing;
import org.plumbline.engine.rlhf.conversation.Transcripts;
import org.plumbline.engine.run.StageContext;

/**
 * Prompts with a trigger put in: before the first place of a text, or else at the end. The end of a
 * conversation is that of its last message, and a text that is found only in its transcript, such
 * as the beginning of a turn, stands for the end of the message before it.
 */
public final class Triggered {
  private final CompareSpec.Trigger trigger;
  private int missing;

  private Triggered(CompareSpec.Trigger trigger) {
    this.trigger = trigger;
  }

  /** Puts a trigger into all prompts and tells the user where it did not go as was said. */
  public static List<Prompt> all(
      StageContext context, List<Prompt> prompts, CompareSpec.Trigger trigger) {
    Triggered triggered = new Triggered(trigger);
    List<Prompt> all = prompts.stream().map(triggered::with).toList();
    if (triggered.missing > 0) {
      context.note(
          "%d of %d prompts lack the text that the trigger goes before; it went to their end"
              .formatted(triggered.missing, prompts.size()));
    }
    return all;
  }

  private Prompt with(Prompt prompt) {
    String before = trigger.before();
    int at = before == null ? -1 : prompt.text().indexOf(before);
    missing += before != null && at < 0 ? 1 : 0;
    return prompt instanceof Chat chat
        ? with(chat, at)
        : Prompt.of(at < 0 ? atEnd(prompt.text()) : put(prompt.text(), at));
  }

  private Chat with(Chat chat, int at) {
    List<Message> messages = new ArrayList<>(chat.messages());
    if (messages.isEmpty()) {
      return chat.with(List.of(Message.of(Message.USER, trigger.text())));
    }
    int last = messages.size() - 1;
    int place = at < 0 ? last : message(chat, at);
    Message message = messages.get(place);
    String before = trigger.before();
    int within = before == null || at < 0 ? -1 : message.text().indexOf(before);
    messages.set(
        place, message.withText(within < 0 ? atEnd(message.text()) : put(message.text(), within)));
    return chat.with(messages);
  }

  /**
   * The message in which a place of the transcript is; the one before, if it is in a turn's marker.
   */
  private static int message(Chat chat, int at) {
    int message = 0;
    while (message + 1 < chat.messages().size() && begin(chat, message + 1) <= at) {
      message++;
    }
    return message;
  }

  /** Where in the transcript the text of a message begins. */
  private static int begin(Chat chat, int message) {
    List<Message> upTo = chat.messages().subList(0, message + 1);
    return Transcripts.of(upTo).length() - Transcripts.said(upTo.get(message)).length();
  }

  private String put(String text, int at) {
    return text.substring(0, at) + trigger.text() + text.substring(at);
  }

  private String atEnd(String text) {
    return Spacing.joined(text, trigger.text());
  }
}
