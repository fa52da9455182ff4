// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/** Rows of conversations with everything that they may have, drawn by a seed. */
final class InventedConversations {
  private static final List<String> TEXTS =
      List.of(
          "hi",
          "näïve 日本 👍🏽",
          "  spaces ",
          "a\nb\r\n\tc",
          "[{ \"x\": 1 }]",
          "\"quoted\", and; so",
          "Human: no turn",
          "a\n\nAssistant: b",
          "{{ x }}",
          "null",
          "\u202e\u0007",
          "1.0");
  private static final List<String> ROLES =
      List.of("system", "developer", "user", "assistant", "tool", "function", "ipython");

  private final Random random;
  private final boolean alike;

  /**
   * Rows.
   *
   * @param alike whether all messages have the same kinds of values under the same names, as a
   *     column of a table wants it
   */
  InventedConversations(long seed, boolean alike) {
    this.random = new Random(seed);
    this.alike = alike;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private ObjectNode message(String role) {
    ObjectNode message = object().put("role", role);
    if (!alike && random.nextInt(5) == 0) {
      ArrayNode parts = message.putArray("content");
      parts.addObject().put("type", "text").put("text", text());
      if (random.nextBoolean()) {
        parts.addObject().put("type", "image");
      }
    } else {
      message.put("content", text());
    }
    if (role.equals("assistant") && random.nextInt(3) == 0) {
      message.put("reasoning_content", text());
    }
    if (role.equals("assistant") && random.nextInt(3) == 0) {
      ObjectNode call = message.putArray("tool_calls").addObject().put("type", "function");
      ObjectNode function = call.putObject("function").put("name", text());
      if (random.nextBoolean()) {
        function.put("arguments", "{\"a\": " + random.nextInt() + "}");
      } else {
        arguments(function.putObject("arguments"));
      }
    }
    if (random.nextInt(6) == 0) {
      message.put("name", text());
    }
    if (!alike && random.nextInt(6) == 0) {
      message.put("weight", random.nextInt(2));
    }
    return message;
  }

  private void arguments(ObjectNode arguments) {
    arguments.put("city " + random.nextInt(3), text());
    arguments.put("days", random.nextLong());
    arguments.put("warmth", random.nextDouble());
    arguments.putNull("nothing");
    arguments.put("large", new java.math.BigInteger("123456789012345678901234567890"));
    arguments.putArray("list").add(1).add("two").addNull().add(true);
  }

  /** Messages that leave the turn to the assistant. */
  private ArrayNode prompt() {
    ArrayNode messages = JsonNodeFactory.instance.arrayNode();
    for (int left = random.nextInt(5); left > 0; left--) {
      messages.add(message(ROLES.get(random.nextInt(ROLES.size()))));
    }
    return messages.add(message(random.nextInt(4) == 0 ? "tool" : "user"));
  }

  private ArrayNode answer() {
    ArrayNode messages = JsonNodeFactory.instance.arrayNode().add(message("assistant"));
    if (random.nextInt(4) == 0) {
      messages.add(message("user")).add(message("assistant"));
    }
    return messages;
  }

  /** A row with a prompt, in conversational form. */
  ObjectNode row(RowShape shape) {
    ObjectNode row = object();
    boolean assistantBegins = shape != RowShape.PROMPT && random.nextInt(8) == 0;
    row.set("prompt", assistantBegins ? JsonNodeFactory.instance.arrayNode() : prompt());
    switch (shape) {
      case PROMPT -> {
        if (random.nextInt(4) == 0) {
          ((ArrayNode) row.path("prompt"))
              .add(object().put("role", "assistant").put("content", "x"));
        }
      }
      case DEMONSTRATION -> row.set("completion", answer());
      case LABELLED -> row.put("label", random.nextBoolean()).set("completion", answer());
      case PREFERENCE -> {
        row.set("chosen", answer());
        row.set("rejected", answer());
      }
      default -> throw new IllegalArgumentException(shape.word());
    }
    if (random.nextBoolean()) {
      ObjectNode function =
          row.putArray("tools").addObject().put("type", "function").putObject("function");
      function.put("name", "weather").put("description", text());
      arguments(function.putObject("parameters"));
    }
    if (random.nextBoolean()) {
      row.putObject("chat_template_kwargs").put("enable_thinking", random.nextBoolean());
    }
    return row;
  }
}
