// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One message of a conversation, with everything that its data say of it: {@code role} and {@code
 * content}, perhaps {@code tool_calls}, {@code reasoning_content}, {@code name} and whatever else a
 * template may read. Values are null, texts, numbers, truths, and lists and maps of them, as in
 * JSON.
 *
 * @param values by name, in the order of the data
 */
public record Message(Map<String, ? extends @Nullable Object> values) {
  public static final String SYSTEM = "system";
  public static final String USER = "user";
  public static final String ASSISTANT = "assistant";
  public static final String TOOL = "tool";

  /** The names under which a message's reasoning goes, the standard one first. */
  static final List<String> REASONING = List.of("reasoning_content", "thinking", "reasoning");

  private static final String ROLE = "role";
  private static final String CONTENT = "content";
  private static final String TEXT = "text";
  private static final List<String> CALLS = List.of("tool_calls", "function_call");

  /** Copies the values, however deep they are. */
  public Message {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    values.forEach((name, value) -> copy.put(name, frozen(value)));
    values = Collections.unmodifiableMap(copy);
  }

  /** A message that is all text. */
  public static Message of(String role, String content) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put(ROLE, role);
    values.put(CONTENT, content);
    return new Message(values);
  }

  private static @Nullable Object frozen(@Nullable Object value) {
    if (value instanceof List<?> list) {
      List<@Nullable Object> items = new ArrayList<>();
      list.forEach(item -> items.add(frozen(item)));
      return Collections.unmodifiableList(items);
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> items = new LinkedHashMap<>();
      map.forEach((name, item) -> items.put(String.valueOf(name), frozen(item)));
      return Collections.unmodifiableMap(items);
    }
    return value;
  }

  /** Who speaks: {@code system}, {@code user}, {@code assistant}, {@code tool}, or another name. */
  public String role() {
    return values.get(ROLE) instanceof String role ? role : "";
  }

  /** The same message, whose text begins with this. */
  public Message beginning(String text) {
    Map<String, @Nullable Object> others = new LinkedHashMap<>(values);
    if (values.get(CONTENT) instanceof List<?> parts) {
      List<@Nullable Object> more = new ArrayList<>();
      Map<String, Object> part = new LinkedHashMap<>();
      part.put("type", TEXT);
      part.put(TEXT, text);
      more.add(part);
      more.addAll(parts);
      others.put(CONTENT, more);
    } else {
      others.put(CONTENT, text + (values.get(CONTENT) instanceof String content ? content : ""));
    }
    return new Message(others);
  }

  /** Whether the assistant speaks. */
  public boolean byAssistant() {
    return role().equals(ASSISTANT);
  }

  /** Whether the message sets the conversation up: templates call who does so by two names. */
  public boolean bySystem() {
    return role().equals(SYSTEM) || role().equals("developer");
  }

  /** The value of a name; null if there is none. */
  public @Nullable Object value(String name) {
    return values.get(name);
  }

  /** What is said, as text: of a content in parts, the texts of those that have one. */
  public String text() {
    Object content = values.get(CONTENT);
    if (content instanceof List<?> parts) {
      StringBuilder text = new StringBuilder();
      parts.forEach(part -> text.append(textOf(part)));
      return text.toString();
    }
    return textOf(content);
  }

  private static String textOf(@Nullable Object value) {
    Object said = value instanceof Map<?, ?> part ? part.get(TEXT) : value;
    return said instanceof String text ? text : "";
  }

  /** Whether it calls tools, in today's form or in the older one. */
  public boolean hasCalls() {
    return values.get(CALLS.get(0)) instanceof List<?> calls && !calls.isEmpty()
        || values.get(CALLS.get(1)) != null;
  }

  /** Returns this without calls of tools. */
  public Message withoutCalls() {
    return without(CALLS);
  }

  /** Whether it says what the assistant thought, under one of the names that are common for it. */
  public boolean hasReasoning() {
    return REASONING.stream().anyMatch(name -> values.get(name) != null);
  }

  /** Returns this without what the assistant thought. */
  public Message withoutReasoning() {
    return without(REASONING);
  }

  private Message without(List<String> names) {
    Map<String, @Nullable Object> changed = new LinkedHashMap<>(values);
    changed.keySet().removeAll(names);
    return new Message(changed);
  }

  /** Whether its content is in parts. */
  public boolean inParts() {
    return values.get(CONTENT) instanceof List<?>;
  }

  /** Whether some part of its content is no text, but an image, for instance. */
  public boolean hasOtherParts() {
    return values.get(CONTENT) instanceof List<?> parts
        && parts.stream().anyMatch(part -> !isText(part));
  }

  /** Returns this with those parts only that are texts. */
  public Message withoutOtherParts() {
    return values.get(CONTENT) instanceof List<?> parts
        ? with(parts.stream().filter(Message::isText).toList())
        : this;
  }

  private static boolean isText(@Nullable Object part) {
    return (part instanceof Map<?, ?> map ? map.get(TEXT) : part) instanceof String;
  }

  /** Returns this with a text in the place of its content. */
  public Message withText(String text) {
    return with(text);
  }

  /** Returns this with parts in the place of its content. */
  public Message withParts(List<?> parts) {
    return with(parts);
  }

  private Message with(Object content) {
    Map<String, @Nullable Object> changed = new LinkedHashMap<>(values);
    changed.put(CONTENT, content);
    return new Message(changed);
  }
}
