// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.lm.failure.ModelFormatException;

class ChatTemplateTest {

  private static final String TURNS =
      "{{ bos_token }}{% for m in messages %}<{{ m.role }}>{{ m.content }}{{ eos_token }}"
          + "{% endfor %}{% if add_generation_prompt %}<assistant>{% endif %}";
  private static final Conversation HELLO =
      Conversation.of(List.of(Message.of("user", "hello"))).withAnswerToFollow();

  @TempDir Path folder;

  private void write(String file, String text) throws IOException {
    Path target = folder.resolve(file);
    Files.createDirectories(target.getParent());
    Files.writeString(target, text);
  }

  private LanguageModel model() {
    try (LanguageModel made = TestModels.tiny(1)) {
      made.save(folder);
    }
    return LanguageModel.load(folder);
  }

  private ChatTemplate read() throws IOException {
    write("config.json", "{}");
    ChatTemplate template = ChatTemplate.of(SourceFiles.read(folder));
    assertThat(template).isNotNull();
    return java.util.Objects.requireNonNull(template);
  }

  @Test
  void conversationsAreRenderedWithTheTokenizersSpecialTokens() throws IOException {
    write("chat_template.jinja", TURNS);
    write(
        "tokenizer_config.json",
        "{\"bos_token\": \"<s>\", \"eos_token\": {\"content\": \"</s>\"}, \"pad_token\": null}");

    assertThat(read().render(HELLO)).isEqualTo("<s><user>hello</s><assistant>");
  }

  @Test
  void templatesMayStandInTheTokenizersConfiguration() throws IOException {
    write("tokenizer_config.json", "{\"chat_template\": \"{{ messages[0].content }}!\"}");

    assertThat(read().render(HELLO)).isEqualTo("hello!");
  }

  @Test
  void filesGoBeforeTheConfiguration() throws IOException {
    write("tokenizer_config.json", "{\"chat_template\": \"old\"}");
    write("chat_template.jinja", "new");

    assertThat(read().render(HELLO)).isEqualTo("new");
  }

  @Test
  void conversationsWithToolsHaveTheirOwnTemplateIfThereIsOne() throws IOException {
    write("chat_template.jinja", "plain");
    write("additional_chat_templates/tool_use.jinja", "{{ tools[0].name }}");
    Conversation tools =
        new Conversation(
            HELLO.messages(), List.of(Map.of("name", "clock")), Map.of(), false, HELLO.now());

    assertThat(read().names()).containsExactlyInAnyOrder("default", "tool_use");
    assertThat(read().render(HELLO)).isEqualTo("plain");
    assertThat(read().render(tools)).isEqualTo("clock");
  }

  @Test
  void namedTemplatesMayStandInTheConfigurationToo() throws IOException {
    write(
        "tokenizer_config.json", "{\"chat_template\": [{\"name\": \"rag\", \"template\": \"r\"}]}");

    assertThatThrownBy(() -> read().render(HELLO))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("no template is called `default`, but rag");
  }

  @Test
  void keysWithoutAValueAreLeftOut() {
    ChatTemplate template =
        ChatTemplate.of("{{ messages[0].content is defined }}{{ documents is none }}", Map.of());
    Map<String, @Nullable Object> message = new HashMap<>();
    message.put("role", "assistant");
    message.put("content", null);

    String text =
        template.render(
            new Conversation(List.of(new Message(message)), null, Map.of(), false, HELLO.now()));

    assertThat(text).isEqualTo("FalseTrue");
  }

  @Test
  void aFailureNamesTheFileTheLineAndTheReason() throws IOException {
    write("chat_template.jinja", "\n{{ raise_exception('no ' ~ messages[0].role) }}");

    assertThatThrownBy(() -> read().render(HELLO))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage("the chat template of chat_template.jinja fails: line 2: no user");
  }

  @Test
  void aModelKeepsItsTemplatesWhenItIsSaved() throws IOException {
    try (LanguageModel model = model()) {
      assertThat(model.chatTemplate()).isEmpty();
    }
    write("chat_template.jinja", TURNS);
    write("additional_chat_templates/tool_use.jinja", "t");
    Path saved = folder.resolve("saved");
    try (LanguageModel model = LanguageModel.load(folder)) {
      model.save(saved);
      try (LanguageModel again = LanguageModel.load(saved)) {
        assertThat(again.chatTemplate().orElseThrow().render(HELLO))
            .isEqualTo(model.chatTemplate().orElseThrow().render(HELLO))
            .contains("<user>hello");
        assertThat(again.chatTemplate().orElseThrow().names()).hasSize(2);
      }
    }
  }

  @Test
  void aTemplateThatCannotBeReadDoesNotKeepAModelFromLoading() throws IOException {
    model().close();
    write("chat_template.jinja", "{% nonsense %}");
    try (LanguageModel model = LanguageModel.load(folder)) {
      assertThatThrownBy(model::chatTemplate)
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("line 1: the tag `nonsense` is not supported");
    }
  }
}
