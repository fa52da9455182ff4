// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.Message;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.JsonValues;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.conversation.Prompt.Chat;
import org.plumbline.engine.rlhf.data.source.DataFailure;
import org.plumbline.engine.rlhf.data.source.RowValues;

/** Prompts and answers of one row, which are texts or conversations. */
final class Answers {
  /** Where one of these says something of an answer, that may be empty. */
  private static final List<String> JUDGED =
      List.of("label", "rating", "class", "feedback", "spans", "finished");

  private final Fields fields;
  private final Oddities oddities;

  Answers(Fields fields, Oddities oddities) {
    this.fields = fields;
    this.oddities = oddities;
  }

  /** The prompt of a row. */
  Prompt prompt() {
    if (!Messages.are(fields.value("prompt"))) {
      return Prompt.of(fields.text("prompt"));
    }
    List<Message> messages = messagesOfPrompt();
    if (messages.isEmpty()) {
      throw DataFailure.emptyText(fields.place(), "prompt");
    }
    return chat(messages);
  }

  /**
   * The prompt of a row without answers: one that ends with the assistant is to be gone on with.
   */
  Prompt promptAlone() {
    Prompt prompt = prompt();
    return prompt instanceof Chat chat && !fields.has(Chat.GOES_ON) ? goingOn(chat) : prompt;
  }

  private Chat goingOn(Chat chat) {
    Chat goingOn = chat.goingOn();
    if (goingOn.goesOn()) {
      oddities.once(Oddity.BEGUN, fields.place());
    }
    return goingOn;
  }

  List<Message> messagesOfPrompt() {
    return messages(fields.value("prompt"), "prompt");
  }

  /** The messages of a list. */
  List<Message> messages(JsonNode list, String column) {
    return new Messages(fields.place(), oddities).of(list, column);
  }

  /** A conversation of these messages, with what the row says of its tools and its template. */
  Chat chat(List<Message> messages) {
    Chat chat = new Chat(messages, tools(), variables(), false);
    return fields.has(Chat.GOES_ON) && fields.truth(Chat.GOES_ON) ? goingOn(chat) : chat;
  }

  private @Nullable List<?> tools() {
    if (!fields.has(Chat.TOOLS)) {
      return null;
    }
    JsonNode list = decoded(fields.value(Chat.TOOLS));
    if (!list.isArray()) {
      throw notTools(list);
    }
    ArrayNode tools = RowShaping.row().arrayNode();
    for (JsonNode tool : list) {
      JsonNode one = decoded(tool);
      if (!one.isObject()) {
        throw notTools(list);
      }
      tools.add(one);
    }
    Texts.whole(tools, fields.place(), Chat.TOOLS);
    return JsonValues.list(tools);
  }

  private RuntimeException notTools(JsonNode found) {
    String kind = RowValues.kind(found) + (found.isArray() ? " of others" : "");
    return DataFailure.notKind(fields.place(), Chat.TOOLS, "a list of objects", kind);
  }

  private Map<String, ? extends @Nullable Object> variables() {
    if (!fields.has(Chat.VARIABLES)) {
      return Map.of();
    }
    JsonNode value = decoded(fields.value(Chat.VARIABLES));
    if (!value.isObject()) {
      throw DataFailure.notKind(fields.place(), Chat.VARIABLES, "an object", RowValues.kind(value));
    }
    Texts.whole(value, fields.place(), Chat.VARIABLES);
    return JsonValues.map(value);
  }

  /** What stands in a text as JSON: columns without a type of their own have it so. */
  private static JsonNode decoded(JsonNode value) {
    if (!value.isTextual()) {
      return value;
    }
    try {
      return RowValues.parse(value.asText());
    } catch (IOException e) {
      return value;
    }
  }

  /** A prompt and its completion. */
  ObjectNode answer() {
    JsonNode completion = fields.value("completion");
    if (Messages.are(completion)) {
      Prompt prompt = wrapped();
      return row(prompt, "completion", new Answer.Turns(turns("completion")));
    }
    boolean judged = JUDGED.stream().anyMatch(fields.names()::contains);
    Prompt prompt = prompt();
    String said = judged ? fields.anyText("completion") : fields.text("completion");
    return row(prompt, "completion", prompt.answer(said));
  }

  private static ObjectNode row(Prompt prompt, String column, Answer answer) {
    ObjectNode row = RowShaping.row();
    row.set("prompt", prompt.json());
    row.set(column, answer.json());
    return row;
  }

  /** A prompt and two answers of which the first is better. */
  static ObjectNode row(Prompt prompt, Answer chosen, Answer rejected) {
    ObjectNode row = row(prompt, "chosen", chosen);
    row.set("rejected", rejected.json());
    return row;
  }

  /** The prompt of answers that are conversations: a text is one message of the user. */
  Chat wrapped() {
    return chat(
        Messages.are(fields.value("prompt"))
            ? messagesOfPrompt()
            : List.of(Message.of(Message.USER, fields.text("prompt"))));
  }

  /** An answer's messages, which must begin with what the assistant says. */
  List<Message> turns(String column) {
    List<Message> messages = messages(fields.value(column), column);
    if (messages.isEmpty() || !messages.get(0).byAssistant()) {
      throw DataFailure.badTurns(
          fields.place(), column, "does not begin with a message of the assistant");
    }
    return messages;
  }

  /** A whole conversation: its last message is the answer. */
  ObjectNode conversation() {
    List<Message> messages = messages(fields.list("messages"), "messages");
    int last = messages.size() - 1;
    if (last < 0 || !messages.get(last).byAssistant()) {
      throw DataFailure.badTurns(
          fields.place(),
          "messages",
          "does not end with a message of the assistant, so that there is no answer");
    }
    List<Message> before = messages.subList(0, last);
    if (before.stream().anyMatch(Message::byAssistant)) {
      oddities.at(Oddity.EARLIER_TURNS, fields.place());
    }
    if (Messages.isEmpty(messages.get(last))) {
      throw DataFailure.emptyMessage(fields.place(), "message " + (last + 1) + " of `messages`");
    }
    Answer answer = new Answer.Turns(messages.subList(last, last + 1));
    return row(chat(before), "completion", answer);
  }
}
