// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.plumbline.engine.lm.Message;

/**
 * Conversations as one text each, in which turns begin with {@code "\n\nHuman:"}, {@code
 * "\n\nAssistant:"}, {@code "\n\nSystem:"} and {@code "\n\nTool:"}: the form of hh-rlhf (Bai et al.
 * 2022a, arXiv 2204.05862).
 *
 * <p>It is what people and judges are shown, and what a model without a chat template reads. Calls
 * of tools stand in it after what is said, one {@code <tool_call>} with its JSON per line, as
 * Hermes models write. Tools and reasoning have no place in it.
 */
public final class Transcripts {
  /** What begins a turn of the person. */
  public static final String HUMAN = "\n\nHuman:";

  /** What begins a turn of the assistant. */
  public static final String ASSISTANT = "\n\nAssistant:";

  static final String SYSTEM = "\n\nSystem:";
  static final String TOOL = "\n\nTool:";

  private static final Map<String, String> ROLES =
      Map.of(
          HUMAN, Message.USER,
          ASSISTANT, Message.ASSISTANT,
          SYSTEM, Message.SYSTEM,
          TOOL, Message.TOOL);
  private static final Pattern MARKER =
      Pattern.compile(String.join("|", HUMAN, ASSISTANT, SYSTEM, TOOL));

  private Transcripts() {}

  /** The messages as one text, each after its marker and a space. */
  public static String of(List<Message> messages) {
    StringBuilder text = new StringBuilder();
    for (Message message : messages) {
      text.append(marker(message.role())).append(' ').append(said(message));
    }
    return text.toString();
  }

  /** The prompt to which an answer follows: the messages, then {@code Assistant:}. */
  static String prompt(List<Message> messages) {
    return of(messages) + ASSISTANT;
  }

  /** The answer that begins with an assistant's message and may go on for several turns. */
  static String answer(List<Message> messages) {
    return messages.isEmpty()
        ? ""
        : said(messages.get(0)) + of(messages.subList(1, messages.size()));
  }

  private static String marker(String role) {
    return switch (role) {
      case Message.SYSTEM, "developer" -> SYSTEM;
      case Message.USER -> HUMAN;
      case Message.ASSISTANT -> ASSISTANT;
      case Message.TOOL, "function", "ipython" -> TOOL;
      default -> throw new AssertionError(role);
    };
  }

  /** What stands of a message in a transcript: what it says and what it calls. */
  public static String said(Message message) {
    StringBuilder text = new StringBuilder(message.text());
    for (Object call : calls(message)) {
      Object function = call instanceof Map<?, ?> map ? map.get("function") : null;
      JsonNode json = JsonValues.json(function instanceof Map<?, ?> ? function : call);
      text.append(text.isEmpty() ? "" : "\n")
          .append("<tool_call>")
          .append(json)
          .append("</tool_call>");
    }
    return text.toString();
  }

  private static List<?> calls(Message message) {
    if (message.value("tool_calls") instanceof List<?> calls && !calls.isEmpty()) {
      return calls;
    }
    return message.value("function_call") instanceof Map<?, ?> call ? List.of(call) : List.of();
  }

  /**
   * The messages of a text that begins with a marker; a space after a marker belongs to it. Empty
   * if the text begins with something else.
   */
  private static List<Message> messages(String text) {
    Matcher marker = MARKER.matcher(text);
    boolean more = marker.find();
    if (!more || marker.start() > 0) {
      return List.of();
    }
    List<Message> messages = new ArrayList<>();
    while (more) {
      String role = Objects.requireNonNull(ROLES.get(marker.group()));
      int from = text.startsWith(" ", marker.end()) ? marker.end() + 1 : marker.end();
      more = marker.find();
      messages.add(Message.of(role, text.substring(from, more ? marker.start() : text.length())));
    }
    return messages;
  }

  /** The first marker in a text, which would make several turns of it; or empty. */
  public static String markerIn(String text) {
    Matcher marker = MARKER.matcher(text);
    return marker.find() ? marker.group() : "";
  }

  /** The turns of a transcript, an empty one at its end included; none if it is no transcript. */
  public static List<Message> turns(String text) {
    // the blank lines before the first turn are lost where a data set was trimmed
    return messages("\n\n" + text.stripLeading());
  }

  /** The messages of an answer; it may go on for several turns. */
  public static Answer answer(String text) {
    return new Answer.Turns(messages(ASSISTANT + " " + text));
  }

  /**
   * A prompt that is a transcript as a conversation; empty if it does not begin with a turn. What
   * stands in an assistant's turn at its end is what the answer goes on with.
   */
  public static Optional<Prompt.Chat> prompt(String text) {
    List<Message> messages = turns(text);
    if (messages.isEmpty()) {
      return Optional.empty();
    }
    int last = messages.size() - 1;
    boolean open = messages.get(last).byAssistant() && messages.get(last).text().isEmpty();
    return Optional.of(Prompt.of(open ? messages.subList(0, last) : messages).goingOn());
  }
}
