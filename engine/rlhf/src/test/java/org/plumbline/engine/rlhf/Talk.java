// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf;

import java.util.ArrayList;
import java.util.List;
import org.plumbline.engine.lm.Message;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;

/** Prompts and answers that are conversations. */
public final class Talk {
  private Talk() {}

  /** A prompt of messages: roles and what they say in turn. */
  public static Prompt.Chat prompt(String... rolesAndTexts) {
    return Prompt.of(messages(rolesAndTexts));
  }

  /** An answer of one message. */
  public static Answer answer(String text) {
    return new Answer.Turns(List.of(Message.of(Message.ASSISTANT, text)));
  }

  /** An answer of several messages: roles and what they say in turn. */
  public static Answer turns(String... rolesAndTexts) {
    return new Answer.Turns(messages(rolesAndTexts));
  }

  private static List<Message> messages(String... rolesAndTexts) {
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < rolesAndTexts.length; i += 2) {
      messages.add(Message.of(rolesAndTexts[i], rolesAndTexts[i + 1]));
    }
    return messages;
  }
}
