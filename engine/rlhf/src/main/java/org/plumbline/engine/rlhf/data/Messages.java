// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.plumbline.engine.lm.Message;
import org.plumbline.engine.rlhf.conversation.JsonValues;
import org.plumbline.engine.rlhf.conversation.Transcripts;
import org.plumbline.engine.rlhf.data.source.DataFailure;
import org.plumbline.engine.rlhf.data.source.RowPlace;
import org.plumbline.engine.rlhf.data.source.RowValues;

/**
 * Reads lists of messages: {@code role} and {@code content}, or ShareGPT's {@code from} and {@code
 * value}. Whatever else a message has stays in it; only what is null is left out, as transformers
 * does. Calls of tools may be JSON in a text, as columns without a type of their own have them.
 */
final class Messages {
  private static final String ROLE = "role";
  private static final String CONTENT = "content";
  private static final String TOOL_CALLS = "tool_calls";
  private static final String FUNCTION_CALL = "function_call";

  /** Other words for those who speak. Names that templates know themselves stay as they are. */
  private static final Map<String, String> ROLES =
      Map.ofEntries(
          Map.entry("system", Message.SYSTEM),
          Map.entry("developer", "developer"),
          Map.entry("user", Message.USER),
          Map.entry("human", Message.USER),
          Map.entry("prompter", Message.USER),
          Map.entry("assistant", Message.ASSISTANT),
          Map.entry("gpt", Message.ASSISTANT),
          Map.entry("model", Message.ASSISTANT),
          Map.entry("chatbot", Message.ASSISTANT),
          Map.entry(FUNCTION_CALL, Message.ASSISTANT),
          Map.entry("tool", Message.TOOL),
          Map.entry("observation", Message.TOOL),
          Map.entry("function", "function"),
          Map.entry("ipython", "ipython"));

  private final RowPlace place;
  private final Oddities oddities;

  Messages(RowPlace place, Oddities oddities) {
    this.place = place;
    this.oddities = oddities;
  }

  /** Whether a value looks like messages rather than like a list of texts. */
  static boolean are(JsonNode value) {
    return value.isArray() && (value.isEmpty() || value.get(0).isObject());
  }

  /** The messages of a list; {@code column} is what messages about it call it. */
  List<Message> of(JsonNode list, String column) {
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      messages.add(message(list.get(i), "message " + (i + 1) + " of `" + column + "`"));
    }
    return messages;
  }

  private Message message(JsonNode value, String where) {
    if (!value.isObject()) {
      throw DataFailure.badMessage(place, where, "it is " + RowValues.kind(value));
    }
    boolean shareGpt = !value.has(ROLE) && value.has("from");
    JsonNode role = value.path(shareGpt ? "from" : ROLE);
    if (!role.isTextual()) {
      throw DataFailure.badMessage(place, where, "it has no `role`");
    }
    String speaker = ROLES.get(role.asText());
    if (speaker == null) {
      throw DataFailure.badMessage(place, where, "unknown role `" + role.asText() + "`");
    }
    Texts.whole(value, place, where);
    ObjectNode kept = RowShaping.row();
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      String name = entry.getKey();
      if (name.equals(shareGpt ? "from" : ROLE)) {
        kept.put(ROLE, speaker);
      } else if (name.equals(shareGpt ? "value" : CONTENT)) {
        content(entry.getValue(), kept, where);
      } else if (name.equals(TOOL_CALLS)) {
        calls(entry.getValue(), kept, where);
      } else if (!entry.getValue().isNull()) {
        kept.set(name, name.equals(FUNCTION_CALL) ? object(entry.getValue()) : entry.getValue());
      }
    }
    if (role.asText().equals(FUNCTION_CALL)) {
      call(kept);
    }
    Message message = new Message(JsonValues.map(kept));
    look(message, where);
    return message;
  }

  private void content(JsonNode content, ObjectNode kept, String where) {
    if (content.isTextual()) {
      kept.set(CONTENT, content);
    } else if (content.isArray()) {
      for (JsonNode part : content) {
        if (!part.isTextual() && !part.isObject()) {
          throw DataFailure.badMessage(
              place, where, "a part of its content is " + RowValues.kind(part));
        }
        if (part.isObject() && !part.path("text").isTextual()) {
          oddities.once(Oddity.OTHER_PARTS, place);
        }
      }
      kept.set(CONTENT, content);
    } else if (!content.isNull()) {
      throw DataFailure.badMessage(
          place,
          where,
          "its content must be a text or a list of parts, but is " + RowValues.kind(content));
    }
  }

  /** Calls of tools: a list, perhaps as JSON, perhaps of JSON. */
  private void calls(JsonNode value, ObjectNode kept, String where) {
    if (value.isNull()) {
      return;
    }
    JsonNode list = decoded(value);
    if (!list.isArray()) {
      throw DataFailure.badMessage(
          place, where, "its `tool_calls` must be a list, but is " + RowValues.kind(list));
    }
    for (JsonNode call : list) {
      JsonNode one = decoded(call);
      if (!one.isObject()) {
        throw DataFailure.badMessage(
            place,
            where,
            "a call of its `tool_calls` must be an object, but is " + RowValues.kind(one));
      }
      kept.withArray(TOOL_CALLS).add(one);
    }
    if (list.isEmpty()) {
      kept.putArray(TOOL_CALLS);
    }
  }

  /** What stands in a text as JSON; other values, and texts that are no JSON, as they are. */
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

  /** An object that stands in a text as JSON; other values as they are. */
  private static JsonNode object(JsonNode value) {
    JsonNode object = decoded(value);
    return object.isObject() ? object : value;
  }

  /** ShareGPT's turn of its own for a call: its text is the call, or several of them, in JSON. */
  private void call(ObjectNode kept) {
    JsonNode said = decoded(kept.path(CONTENT));
    List<JsonNode> calls = new ArrayList<>();
    (said.isArray() ? said : List.of(said)).forEach(calls::add);
    if (calls.isEmpty() || !calls.stream().allMatch(c -> c.isObject() && c.has("name"))) {
      oddities.once(Oddity.UNREAD_CALL, place);
      return;
    }
    kept.put(CONTENT, "");
    for (JsonNode call : calls) {
      kept.withArray(TOOL_CALLS).addObject().put("type", "function").set("function", call);
    }
  }

  private void look(Message message, String where) {
    if (!Transcripts.markerIn(message.text()).isEmpty()) {
      oddities.once(Oddity.TURN_MARKER, place);
    }
    if (message.byAssistant() || !isEmpty(message)) {
      return;
    }
    if (message.role().equals(Message.USER)) {
      throw DataFailure.emptyMessage(place, where);
    }
    oddities.once(Oddity.EMPTY_MESSAGE, place);
  }

  /** Whether a message has nothing: no text, no other part, no call and no reasoning. */
  static boolean isEmpty(Message message) {
    return message.text().isBlank()
        && !message.hasCalls()
        && !message.hasReasoning()
        && !message.hasOtherParts();
  }
}
