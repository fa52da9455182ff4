// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.ChatTemplate;
import org.plumbline.engine.lm.Conversation;
import org.plumbline.engine.lm.Message;
import org.plumbline.engine.lm.failure.ModelFormatException;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt.Chat;

/** Conversations as a chat template can take them. */
final class TemplateForm {
  /** What no template writes of itself; letters only, so that none strips or escapes it. */
  private static final String PROBE = "PlumblinePart";

  private final ChatTemplate template;
  private @Nullable Boolean takesParts;

  TemplateForm(ChatTemplate template) {
    this.template = template;
  }

  ChatTemplate template() {
    return template;
  }

  /**
   * A conversation as the template takes it: the texts of contents in parts are joined where it
   * takes no parts, and an empty list of tools is none, as for TRL, since some templates write of
   * tools as soon as there is a list.
   */
  Chat of(Chat chat) {
    List<?> tools = chat.tools();
    return new Chat(
        of(chat.messages()),
        tools == null || tools.isEmpty() ? null : tools,
        chat.variables(),
        chat.goesOn());
  }

  /** An answer as the template takes it. */
  Answer of(Answer answer) {
    return answer instanceof Answer.Turns turns ? new Answer.Turns(of(turns.messages())) : answer;
  }

  /** Messages as the template takes them. */
  List<Message> of(List<Message> messages) {
    return joins(messages) ? messages.stream().map(TemplateForm::joined).toList() : messages;
  }

  /** Whether parts of these messages have to be joined. */
  boolean joins(List<Message> messages) {
    return messages.stream().anyMatch(Message::inParts) && !takesParts();
  }

  private static Message joined(Message message) {
    return message.inParts() ? message.withText(message.text()) : message;
  }

  /** Whether the template writes a part that is a text as it writes the text. */
  private boolean takesParts() {
    Boolean known = takesParts;
    if (known == null) {
      Message text = Message.of(Message.USER, PROBE);
      Message part = text.withParts(List.of(Map.of("type", "text", "text", PROBE)));
      known = writesAlike(conversation(text), conversation(part));
      takesParts = known;
    }
    return known;
  }

  private static Conversation conversation(Message message) {
    return new Conversation(List.of(message), null, Map.of(), true, ChatWording.DAY);
  }

  /** Whether the template makes the same text of both; false if it refuses one. */
  boolean writesAlike(Conversation one, Conversation other) {
    try {
      return template.render(one).equals(template.render(other));
    } catch (ModelFormatException e) {
      return false;
    }
  }
}
