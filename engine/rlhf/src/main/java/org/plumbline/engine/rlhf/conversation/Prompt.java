// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.Message;

/**
 * What is answered: a text, or a conversation. A text is never taken for a conversation, whatever
 * it begins with.
 */
public sealed interface Prompt {

  /** The prompt as one text: of a conversation, its transcript in the form of hh-rlhf. */
  String text();

  /** The prompt as it stands in files: a text, or an object with {@code messages}. */
  JsonNode json();

  /** An answer to this that is a text: of a conversation, what the assistant says next. */
  Answer answer(String text);

  /** The same question, that begins with this text: of a conversation, what was said to it last. */
  Prompt beginning(String text);

  /** The same question after a mark and a space; itself if the mark is empty. */
  default Prompt marked(String mark) {
    return mark.isEmpty() ? this : beginning(text().isEmpty() ? mark : mark + " ");
  }

  /** Each prompt so many times, one after the other. */
  static List<Prompt> repeated(List<Prompt> prompts, int times) {
    return prompts.stream().flatMap(one -> Collections.nCopies(times, one).stream()).toList();
  }

  /** Reads what {@link #json} gave. */
  static Prompt of(JsonNode json) {
    return json.isObject()
        ? new Chat(
            JsonValues.messages(json.path(Chat.MESSAGES)),
            JsonValues.list(json.path(Chat.TOOLS)),
            JsonValues.map(json.path(Chat.VARIABLES)),
            json.path(Chat.GOES_ON).asBoolean())
        : new Text(json.asText());
  }

  /** A prompt that is a text. */
  static Prompt of(String text) {
    return new Text(text);
  }

  /** A conversation of these messages, without tools. */
  static Chat of(List<Message> messages) {
    return new Chat(messages, null, Map.of(), false);
  }

  /** A text. */
  record Text(String text) implements Prompt {

    @Override
    public JsonNode json() {
      return new TextNode(text);
    }

    @Override
    public Answer answer(String answer) {
      return new Answer.Text(answer);
    }

    @Override
    public Prompt beginning(String first) {
      return new Text(first + text);
    }
  }

  /**
   * A conversation.
   *
   * @param messages what was said
   * @param tools what the assistant may call; null where nothing is said of them
   * @param variables what the data tell the chat template besides: {@code chat_template_kwargs}
   * @param goesOn whether the answer goes on with the last message, which is the assistant's,
   *     rather than being a message of its own
   */
  record Chat(
      List<Message> messages,
      @Nullable List<?> tools,
      Map<String, ? extends @Nullable Object> variables,
      boolean goesOn)
      implements Prompt {
    /** The key of the messages. */
    public static final String MESSAGES = "messages";

    /** The key of the tools. */
    public static final String TOOLS = "tools";

    /** The key of what the template is told besides. */
    public static final String VARIABLES = "chat_template_kwargs";

    /** The key of whether the answer goes on with the last message. */
    public static final String GOES_ON = "continue_final_message";

    /** Copies the lists; only something that the assistant has said can be gone on with. */
    public Chat {
      messages = List.copyOf(messages);
      tools = tools == null ? null : Collections.unmodifiableList(tools);
      variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
      goesOn = goesOn && !messages.isEmpty() && begins(messages.get(messages.size() - 1));
    }

    private static boolean begins(Message last) {
      return last.byAssistant() && !last.text().isEmpty();
    }

    @Override
    public String text() {
      return goesOn ? Transcripts.of(messages) : Transcripts.prompt(messages);
    }

    @Override
    public JsonNode json() {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.set(MESSAGES, JsonValues.json(messages));
      if (tools != null) {
        json.set(TOOLS, JsonValues.json(tools));
      }
      if (!variables.isEmpty()) {
        json.set(VARIABLES, JsonValues.json(variables));
      }
      if (goesOn) {
        json.put(GOES_ON, true);
      }
      return json;
    }

    @Override
    public Answer answer(String text) {
      return new Answer.Turns(List.of(Message.of(Message.ASSISTANT, text)));
    }

    @Override
    public Prompt beginning(String first) {
      List<Message> others = new ArrayList<>(messages);
      for (int i = others.size() - 1; i >= 0; i--) {
        if (others.get(i).role().equals(Message.USER)) {
          others.set(i, others.get(i).beginning(first));
          return with(others);
        }
      }
      return this;
    }

    /** The messages that are over. */
    public List<Message> turns() {
      return goesOn ? messages.subList(0, messages.size() - 1) : messages;
    }

    /** What the assistant has said already of the answer that follows; usually nothing. */
    public String begun() {
      return goesOn ? messages.get(messages.size() - 1).text() : "";
    }

    /** The same with other messages. */
    public Chat with(List<Message> others) {
      return new Chat(others, tools, variables, goesOn);
    }

    /** The same, where the answer goes on with what the assistant has said last, if it has. */
    public Chat goingOn() {
      return new Chat(messages, tools, variables, true);
    }
  }
}
