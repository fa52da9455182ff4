// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.tokenizer.Tokenizer;

class ModelCommandTest {

  @TempDir Path folder;

  @BeforeEach
  void save() {
    Tokenizer tokenizer = Tokenizer.train(List.of("a plumb line"), 257);
    ModelConfig config = ModelConfig.gpt2(257, 24, new ModelConfig.Size(8, 1, 2), 0);
    try (LanguageModel model = LanguageModel.create(config, tokenizer, 1)) {
      model.save(folder.resolve("model"));
    }
  }

  @Test
  void aDirectoryIsDescribedWithoutReadingItsWeights() throws IOException {
    Said said = Said.by(folder, "model", "model", "--format", "json");

    assertThat(said.code()).as(said.err()).isZero();
    JsonNode json = said.json();
    assertThat(json.path("architecture").asText()).isEqualTo("gpt2");
    // embeddings (257 + 24) x 8; a block: 4 norms of 8, 8x24+24, 8x8+8, 8x32+32, 32x8+8; 2 norms
    assertThat(json.path("parameters").asInt()).isEqualTo(2248 + 32 + 216 + 72 + 288 + 264 + 16);
    assertThat(json.path("tokenizer").asText()).isEqualTo("257 tokens");
    assertThat(json.path("problems")).isEmpty();
  }

  @Test
  void givenTokensAreAnsweredWithLogitsAndSixteenTokens() throws IOException {
    Said said = Said.by(folder, "model", "model", "--ids", "1,2,3", "--format", "json");

    assertThat(said.code()).as(said.err()).isZero();
    assertThat(said.json().path("logits")).hasSize(3);
    assertThat(said.json().path("logits").get(0)).hasSize(257);
    assertThat(said.json().path("greedy")).hasSize(16);
    assertThat(said.json().path("dtype").asText()).isEqualTo("float32");
    assertThat(said.json().path("device").asText()).isEqualTo("cpu");
  }

  @Test
  void aTextGoesThroughTheTokenizer() throws IOException {
    Said said = Said.by(folder, "model", "model", "--prompt", "plumb", "--format", "json");

    assertThat(said.json().path("ids")).hasSize(5);
  }

  private void template(String text) throws IOException {
    Files.writeString(folder.resolve("model").resolve("chat_template.jinja"), text);
  }

  @Test
  void aTextGoesThroughTheChatTemplate() throws IOException {
    template("{% for m in messages %}{{ m.role[0] + m.content }}{% endfor %}>");
    String[] arguments = {"model", "model", "--prompt", "why", "--system", "b", "--format", "json"};

    JsonNode json = Said.by(folder, arguments).json();

    assertThat(json.path("through").asText()).isEqualTo("chat template");
    assertThat(json.path("prompt").asText()).isEqualTo("sbuwhy>");
    assertThat(json.path("ids")).hasSize(7);
    assertThat(json.path("greedy")).hasSize(16);
    assertThat(json.path("text").isTextual()).isTrue();
    assertThat(Said.by(folder, "model", "model", "--prompt", "why").out())
        .contains("through   chat template", "prompt    uwhy>");
    assertThat(Said.by(folder, "model", "model", "--prompt", "why", "--raw").out())
        .contains("through   tokenizer", "prompt    why");
  }

  @Test
  void whatIsWrongWithTheTextSideIsSaid() throws IOException {
    template("{% nonsense %}");
    Said described = Said.by(folder, "model", "model");

    assertThat(described.code()).isZero();
    assertThat(described.out())
        .contains("special tokens", "eos_token <|endoftext|>", "end tokens", "warnings")
        .contains("line 1: the tag `nonsense` is not supported");
    Said failed = Said.by(folder, "model", "model", "--prompt", "why");
    assertThat(failed.code()).isEqualTo(2);
    assertThat(failed.err()).contains("chat_template.jinja").contains("line 1");

    template("{{ raise_exception('no ' ~ messages[0].role) }}");
    assertThat(Said.by(folder, "model", "model", "--prompt", "why").err()).contains("no user");
    Said longer = Said.by(folder, "model", "model", "--raw", "--prompt", "why ".repeat(10));
    assertThat(longer.code()).isEqualTo(2);
    assertThat(longer.err()).contains("40 tokens do not fit into the model's context of 24");
    assertThat(Said.by(folder, "model", "model", "--ids", "1", "--system", "x").code())
        .isEqualTo(2);
  }

  @Test
  void mistakesAreExplained() throws IOException {
    assertThat(Said.by(folder, "model", "model", "--ids", "1,257").err()).contains("257");
    assertThat(Said.by(folder, "model", "model", "--ids", "1", "--prompt", "x").code())
        .isEqualTo(2);
    Said nowhere = Said.by(folder, "model", "nowhere");
    assertThat(nowhere.code()).isEqualTo(2);
    assertThat(nowhere.err()).contains("config.json").contains("no such file");

    Path config = folder.resolve("model").resolve("config.json");
    Files.writeString(config, Files.readString(config).replace("\"gpt2\"", "\"mamba\""));
    assertThat(Said.by(folder, "model", "model").err()).contains("mamba").contains("llama");
  }
}
