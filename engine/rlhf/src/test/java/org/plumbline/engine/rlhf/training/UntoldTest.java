// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plumbline.engine.lm.ChatTemplate;
import org.plumbline.engine.lm.Message;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.conversation.Prompt.Chat;

class UntoldTest {
  private static final String TEXTS =
      "{% for m in messages %}{{ m.role + ': ' + m.content }}{% endfor %}";
  private static final String ALL =
      "{{ tools | tojson }}{% for m in messages %}{{ m | tojson }}{% endfor %}";
  private static final String PARTS =
      "{% for m in messages %}{% if m.content is string %}{{ m.content }}{% else %}"
          + "{% for p in m.content %}{{ p.text if p.text else '[image]' }}{% endfor %}{% endif %}"
          + "{% endfor %}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{'messages': [U], 'tools': [{'name': 'f'}]} | `tools`",
        "{'messages': [U, {'role': 'assistant', 'content': '', 'tool_calls': [{'name': 'f'}]}]} | calls of tools",
        "{'messages': [U, {'role': 'assistant', 'content': '', 'function_call': {'name': 'f'}}]} | calls of tools",
        "{'messages': [U, {'role': 'assistant', 'content': 'a', 'thinking': 'hm'}]} | `reasoning_content`",
      })
  void whatATemplateDoesNotWriteIsNamed(String json, String words) throws IOException {
    Chat chat = chat(json);

    assertThat(notes(chat, TEXTS))
        .containsExactly(
            "1 conversation has "
                + words.strip()
                + ", which the model's chat template does not write");
    assertThat(notes(chat, ALL)).isEmpty();
  }

  @Test
  void partsAreNamedWhereTheyAreJoinedOrNotWritten() throws IOException {
    Chat texts =
        chat("{'messages': [{'role': 'user', 'content': [{'type': 'text', 'text': 'a'}]}]}");
    Chat image =
        chat(
            "{'messages': [{'role': 'user', 'content': [{'type': 'image'}, {'type': 'text', 'text': 'a'}]}]}");

    assertThat(notes(texts, TEXTS))
        .containsExactly(
            "1 conversation has contents in parts, which the model's chat template does not take:"
                + " their texts are joined");
    assertThat(notes(image, TEXTS))
        .contains(
            "1 conversation has parts of messages that are no texts, which the model's chat"
                + " template does not write");
    assertThat(notes(texts, PARTS)).isEmpty();
    assertThat(notes(image, PARTS)).isEmpty();
  }

  @Test
  void aTranscriptHasNoPlaceForToolsAndReasoning() throws IOException {
    Chat chat =
        chat(
            "{'messages': [U, {'role': 'assistant', 'content': '', 'tool_calls': [{'name': 'f'}],"
                + " 'reasoning_content': 'hm'}], 'tools': [{'name': 'f'}]}");
    Untold untold = new Untold();

    untold.look(chat, List.of(), null);

    assertThat(untold.notes())
        .containsExactly(
            "1 conversation has `tools`, which a transcript has no place for: the model has no chat"
                + " template",
            "1 conversation has `reasoning_content`, which a transcript has no place for: the model"
                + " has no chat template");
  }

  @Test
  void conversationsAreCountedOnceHoweverOftenTheyAreWritten() throws IOException {
    TemplateForm form = new TemplateForm(ChatTemplate.of(TEXTS, Map.of()));
    Untold untold = new Untold();
    Chat first = chat("{'messages': [U], 'tools': [{'name': 'f'}]}");
    Answer calling =
        Answer.of(json("[{'role': 'assistant', 'content': 'a', 'tool_calls': [{'name': 'f'}]}]"));

    for (int i = 0; i < 3; i++) {
      untold.look(first, List.of(), form);
      untold.look(first, ((Answer.Turns) calling).messages(), form);
    }
    untold.look(chat("{'messages': [U], 'tools': [{'name': 'f'}]}"), List.of(), form);
    untold.look(chat("{'messages': [U], 'tools': []}"), List.of(), form);
    untold.look(Prompt.of(List.of(Message.of("user", "hi"))), List.of(), form);

    assertThat(untold.notes())
        .containsExactly(
            "2 conversations have `tools`, which the model's chat template does not write",
            "1 conversation has calls of tools, which the model's chat template does not write");
  }

  private static List<String> notes(Chat chat, String template) {
    Untold untold = new Untold();
    untold.look(chat, List.of(), new TemplateForm(ChatTemplate.of(template, Map.of())));
    return untold.notes();
  }

  private static Chat chat(String text) throws IOException {
    return (Chat) Prompt.of(json(text.strip().replace("U", "{'role': 'user', 'content': 'hi'}")));
  }

  private static com.fasterxml.jackson.databind.JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }
}
