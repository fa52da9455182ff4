// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessageTest {
  private static final Map<String, String> TEXT = Map.of("type", "text", "text", "a");
  private static final Map<String, String> IMAGE = Map.of("type", "image");

  @Test
  void nobodyCanChangeWhatIsInAMessage() {
    List<Object> calls = new ArrayList<>(List.of(new LinkedHashMap<>(Map.of("name", "f"))));
    Message message = new Message(Map.of("role", "assistant", "tool_calls", calls));

    calls.clear();

    assertThat(message.hasCalls()).isTrue();
    assertThat(message.value("tool_calls"))
        .isInstanceOfSatisfying(
            List.class,
            kept ->
                assertThatThrownBy(kept::clear).isInstanceOf(UnsupportedOperationException.class));
    assertThat(message)
        .isEqualTo(
            new Message(Map.of("tool_calls", List.of(Map.of("name", "f")), "role", "assistant")));
  }

  @Test
  void theTextOfPartsIsThatOfThoseThatHaveOne() {
    Message parts = Message.of("user", "").withParts(List.of(TEXT, IMAGE, "b"));

    assertThat(parts.text()).isEqualTo("ab");
    assertThat(parts.inParts()).isTrue();
    assertThat(parts.hasOtherParts()).isTrue();
    assertThat(parts.withoutOtherParts()).isEqualTo(parts.withParts(List.of(TEXT, "b")));
    assertThat(parts.withText("c")).isEqualTo(Message.of("user", "c"));
    assertThat(new Message(Map.of("role", "assistant")).text()).isEmpty();
  }

  @Test
  void callsAndReasoningAreKnownUnderAllTheirNames() {
    for (String name : List.of("reasoning_content", "thinking", "reasoning")) {
      Message message = new Message(Map.of("role", "assistant", name, ""));
      assertThat(message.hasReasoning()).isTrue();
      assertThat(message.withoutReasoning()).isEqualTo(new Message(Map.of("role", "assistant")));
    }
    Message old = new Message(Map.of("role", "assistant", "function_call", Map.of("name", "f")));
    assertThat(old.hasCalls()).isTrue();
    assertThat(old.withoutCalls().hasCalls()).isFalse();
    assertThat(new Message(Map.of("tool_calls", List.of())).hasCalls()).isFalse();
  }

  @Test
  void theSystemHasTwoNames() {
    assertThat(Message.of("system", "").bySystem()).isTrue();
    assertThat(Message.of("developer", "").bySystem()).isTrue();
    assertThat(Message.of("user", "").bySystem()).isFalse();
  }
}
