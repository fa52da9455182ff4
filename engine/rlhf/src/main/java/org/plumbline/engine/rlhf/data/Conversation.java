package org.plumbline.engine.rlhf.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.plumbline.engine.rlhf.data.source.DataFailure;
import org.plumbline.engine.rlhf.data.source.Place;
import org.plumbline.engine.rlhf.data.source.Values;

/**
 * Reads lists of messages: {@code role} and {@code content}, or ShareGPT's {@code from} and {@code
 * value}. The content is a text, or a list of parts that are all texts. Calls of tools are kept as
 * text after the content, one {@code <tool_call>} with its JSON per line, as Hermes models write.
 */
final class Conversation {
  private Conversation() {}

  /** Whether a value looks like messages rather than like a list of texts. */
  static boolean is(JsonNode value) {
    return value.isArray() && (value.isEmpty() || value.get(0).isObject());
  }

  /** The messages of a list; {@code column} is what messages about it call it. */
  static List<Message> of(JsonNode list, Place place, String column) {
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      messages.add(message(list.get(i), place, "message " + (i + 1) + " of `" + column + "`"));
    }
    return messages;
  }

  private static Message message(JsonNode value, Place place, String where) {
    if (!value.isObject()) {
      throw DataFailure.badMessage(place, where, "it is " + Values.kind(value));
    }
    boolean shareGpt = !value.has("role") && value.has("from");
    JsonNode role = value.path(shareGpt ? "from" : "role");
    if (!role.isTextual()) {
      throw DataFailure.badMessage(place, where, "it has no `role`");
    }
    StringBuilder text = new StringBuilder();
    content(value.path(shareGpt ? "value" : "content"), text, place, where);
    JsonNode calls = value.path("tool_calls");
    for (JsonNode call : calls) {
      text.append(text.isEmpty() ? "" : "\n")
          .append("<tool_call>")
          .append(call.path("function").isObject() ? call.path("function") : call)
          .append("</tool_call>");
    }
    Message message = new Message(role(role.asText(), place, where), text.toString());
    String marker = Transcripts.markerIn(message.content());
    if (!marker.isEmpty()) {
      throw DataFailure.turnMarker(place, where, marker);
    }
    if (message.content().isBlank() && !message.byAssistant()) {
      throw DataFailure.emptyText(place, where);
    }
    return message;
  }

  private static void content(JsonNode content, StringBuilder text, Place place, String where) {
    if (content.isTextual()) {
      Texts.whole(content.asText(), place, where);
      text.append(content.asText());
    } else if (content.isArray()) {
      for (JsonNode part : content) {
        if (!part.path("text").isTextual()) {
          String type = part.path("type").asText("unknown");
          throw DataFailure.notAText(place, where, "a part of type `" + type + "`");
        }
        content(part.path("text"), text, place, where);
      }
    } else if (!content.isNull() && !content.isMissingNode()) {
      throw DataFailure.badMessage(
          place, where, "its content must be a text, but is " + Values.kind(content));
    }
  }

  private static String role(String role, Place place, String where) {
    return switch (role) {
      case "system", "developer" -> Message.SYSTEM;
      case "user", "human", "prompter" -> Message.USER;
      case "assistant", "gpt", "model", "chatbot", "function_call" -> Message.ASSISTANT;
      case "tool", "function", "ipython", "observation" -> Message.TOOL;
      default -> throw DataFailure.badMessage(place, where, "unknown role `" + role + "`");
    };
  }
}
