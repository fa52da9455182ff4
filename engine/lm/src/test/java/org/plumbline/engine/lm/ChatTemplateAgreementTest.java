// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plumbline.engine.lm.failure.ModelFormatException;

/** Compares chat templates with what transformers renders. */
class ChatTemplateAgreementTest {

  private static final String FOLDER = "src/test/fixtures/transformers";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(strings = {"chatml", "features", "llama2", "llama3", "no-system"})
  void conversationsBecomeTheSameText(String name) throws IOException {
    Path folder = Path.of(FOLDER, "chat-templates");
    JsonNode expected = MAPPER.readTree(Files.readAllBytes(folder.resolve("expected.json")));
    JsonNode given = expected.path("variables");
    ChatTemplate template =
        ChatTemplate.of(
            Files.readString(folder.resolve(name + ".jinja")),
            Map.of(
                "bos_token", given.path("bos_token").asText(),
                "eos_token", given.path("eos_token").asText()));
    LocalDateTime now = LocalDateTime.parse(given.path("clock for strftime_now").asText());
    JsonNode cases = expected.path("templates").path(name);
    assertThat(cases.size()).isGreaterThan(7);
    for (JsonNode one : cases) {
      check(template, conversation(one, now), one.path("plain"), one.path("name").asText());
      check(
          template,
          conversation(one, now).withAnswerToFollow(),
          one.path("prompted"),
          one.path("name").asText() + ", prompted");
    }
  }

  private static Conversation conversation(JsonNode one, LocalDateTime now) {
    List<Map<String, Object>> messages =
        MAPPER.convertValue(one.path("messages"), new TypeReference<>() {});
    Map<String, Object> variables = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> variable : one.path("variables").properties()) {
      variables.put(variable.getKey(), MAPPER.convertValue(variable.getValue(), Object.class));
    }
    List<Map<String, Object>> tools = null;
    if (one.has("tools")) {
      tools = MAPPER.convertValue(one.path("tools"), new TypeReference<>() {});
    }
    return new Conversation(
        messages.stream().map(Message::new).toList(), tools, variables, false, now);
  }

  private static void check(
      ChatTemplate template, Conversation conversation, JsonNode expected, String name) {
    if (expected.has("error")) {
      assertThatThrownBy(() -> template.render(conversation))
          .as(name)
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining(expected.path("error").asText());
    } else {
      assertThat(template.render(conversation)).as(name).isEqualTo(expected.path("text").asText());
    }
  }
}
