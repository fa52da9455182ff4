// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import org.plumbline.engine.lm.Message;

/** What answers a {@link Prompt}: a text if that is one, or else messages. */
public sealed interface Answer {

  /** The answer as one text: of messages, as a transcript goes on with them. */
  String text();

  /** The answer as it stands in files: a text, or a list of messages. */
  JsonNode json();

  /** Reads what {@link #json} gave. */
  static Answer of(JsonNode json) {
    return json.isArray() ? new Turns(JsonValues.messages(json)) : new Text(json.asText());
  }

  /** An answer that is a text. */
  static Answer of(String text) {
    return new Text(text);
  }

  /** A text. */
  record Text(String text) implements Answer {

    @Override
    public JsonNode json() {
      return new TextNode(text);
    }
  }

  /**
   * What the assistant says, perhaps with further turns after it.
   *
   * @param messages the first is the assistant's
   */
  record Turns(List<Message> messages) implements Answer {

    /** Copies the list. */
    public Turns {
      messages = List.copyOf(messages);
    }

    @Override
    public String text() {
      return Transcripts.answer(messages);
    }

    @Override
    public JsonNode json() {
      return JsonValues.json(messages);
    }
  }
}
