// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plumbline.dsl.model.DataSpec;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.DataSet;
import org.plumbline.engine.rlhf.data.LoadData;
import org.plumbline.engine.rlhf.data.Preference;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;

/**
 * Conversations on their way from a file to a model's text, which is the one that transformers
 * makes of them; {@code make.py} beside the expectations made these.
 */
class ChatTemplateFixturesTest {
  private static final Path FIXTURES = Path.of("src/test/fixtures/conversations/expected.json");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"calls", "headers", "texts", "turns"})
  void conversationsBecomeTheTextsThatTransformersMakes(String template) throws IOException {
    JsonNode expected = JSON.readTree(FIXTURES.toFile());
    assertThat(expected.path("rows").size()).isGreaterThan(30);
    try (LanguageModel model = model(expected.path("templates").path(template).asText())) {
      for (JsonNode one : expected.path("rows")) {
        JsonNode texts = one.path("texts").path(template);
        Row row = read(one.path("row"));
        AnswerFormat format = new AnswerFormat(model);
        if (texts.has("error")) {
          assertThatThrownBy(() -> rendered(model, format, row))
              .as(one.path("name").asText())
              .isInstanceOfSatisfying(
                  StageFailure.class, failure -> assertThat(failure.code()).isEqualTo("PLB0541"));
        } else {
          assertThat(rendered(model, format, row))
              .as(one.path("name").asText())
              .isEqualTo(texts(texts, expected.path("end").asText()));
        }
      }
    }
  }

  /** What a template writes after the end of an answer is not learned. */
  private static List<String> texts(JsonNode texts, String end) {
    List<String> all = new ArrayList<>(List.of(texts.path("prompt").asText()));
    for (JsonNode whole : texts.path("whole")) {
      String text = whole.asText();
      all.add(text.substring(0, text.lastIndexOf(end) + end.length()));
    }
    return all;
  }

  private static List<String> rendered(LanguageModel model, AnswerFormat format, Row row) {
    List<String> all = new ArrayList<>();
    all.add(spelled(model, format.prompt(row.prompt, 8)));
    for (Answer answer : row.answers) {
      all.add(spelled(model, format.example(Exchange.of(row.prompt, answer)).ids()));
    }
    assertThat(format.cut()).isZero();
    return all;
  }

  private static String spelled(LanguageModel model, int[] ids) {
    return model.tokenizer().decodeWithSpecialTokens(ids);
  }

  /** A row of a file as stages get it. */
  private record Row(Prompt prompt, List<Answer> answers) {}

  private Row read(JsonNode row) throws IOException {
    Path root = Files.createTempDirectory(folder, "load");
    Artifact artifact =
        FolderContext.in(root, new DataSpec("data.jsonl", null, 0, null), 1)
            .file("jsonl", Files.writeString(root.resolve("in"), row.toString()))
            .run(new LoadData());
    DataSet data = DataSet.read(artifact, "", "data");
    Prompt prompt = data.prompts().get(0);
    return new Row(
        prompt,
        switch (data.shape()) {
          case PROMPT -> List.of();
          case DEMONSTRATION -> List.of(data.demonstrations().get(0).completion());
          case PREFERENCE -> {
            Preference pair = data.preferences().get(0);
            yield List.of(pair.chosen(), pair.rejected());
          }
          default -> throw new AssertionError(data.shape());
        });
  }

  private LanguageModel model(String template) throws IOException {
    Path saved = Files.createTempDirectory(folder, "model");
    try (LanguageModel tiny = TinyWorld.model(1);
        LanguageModel longer =
            LanguageModel.create(tiny.config().withContextLength(4096), tiny.tokenizer(), 1)) {
      longer.save(saved);
    }
    Files.writeString(saved.resolve("chat_template.jinja"), template);
    Files.writeString(
        saved.resolve("tokenizer_config.json"),
        "{\"bos_token\": \"<s>\", \"eos_token\": \"<|endoftext|>\"}");
    return LanguageModel.load(saved);
  }
}
