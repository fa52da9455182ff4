package org.plumbline.engine.rlhf.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.plumbline.engine.rlhf.data.source.DataFailure;

/** Prompts and answers that are texts or conversations. */
final class Answers {
  private Answers() {}

  /** The prompt of a row as text: of a conversation, the transcript up to the answer's turn. */
  static String prompt(Fields fields) {
    JsonNode value = fields.value("prompt");
    return Conversation.is(value)
        ? Transcripts.prompt(messagesOfPrompt(fields))
        : fields.text("prompt");
  }

  /** The messages of a prompt, which must leave the turn to the assistant. */
  static List<Message> messagesOfPrompt(Fields fields) {
    List<Message> messages = Conversation.of(fields.value("prompt"), fields.place(), "prompt");
    if (messages.isEmpty()) {
      throw DataFailure.emptyText(fields.place(), "prompt");
    }
    if (messages.get(messages.size() - 1).byAssistant()) {
      throw DataFailure.badTurns(
          fields.place(),
          "prompt",
          "ends with a message of the assistant, so that nothing answers");
    }
    return messages;
  }

  /** A prompt and its completion. */
  static ObjectNode answer(Fields fields) {
    JsonNode completion = fields.value("completion");
    if (!Conversation.is(completion)) {
      boolean unpaired = fields.names().contains("label");
      return Rows.row()
          .put("prompt", prompt(fields))
          .put("completion", unpaired ? fields.anyText("completion") : fields.text("completion"));
    }
    List<Message> messages = Conversation.of(completion, fields.place(), "completion");
    requireAnswer(messages, fields, "completion");
    return Rows.row()
        .put("prompt", wrapped(fields))
        .put("completion", Transcripts.answer(messages));
  }

  /** The prompt of answers that are conversations: a text is one message of the user. */
  static String wrapped(Fields fields) {
    return Conversation.is(fields.value("prompt"))
        ? prompt(fields)
        : Transcripts.prompt(List.of(new Message(Message.USER, fields.text("prompt"))));
  }

  /** Fails if a conversation does not begin with what the assistant says. */
  static void requireAnswer(List<Message> messages, Fields fields, String column) {
    if (messages.isEmpty() || !messages.get(0).byAssistant()) {
      throw DataFailure.badTurns(
          fields.place(), column, "does not begin with a message of the assistant");
    }
  }

  /** A whole conversation: its last message is the answer. */
  static ObjectNode conversation(Fields fields, Oddities oddities) {
    List<Message> messages = Conversation.of(fields.list("messages"), fields.place(), "messages");
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
    String answer = messages.get(last).content();
    if (answer.isBlank()) {
      throw DataFailure.emptyText(fields.place(), "message " + (last + 1) + " of messages");
    }
    return Rows.row().put("prompt", Transcripts.prompt(before)).put("completion", answer);
  }
}
