// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plumbline.engine.lm.failure.ModelFormatException;

class ConfigLimitsTest {

  @TempDir private Path folder;

  private void set(String file, String key, String value) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    Path path = folder.resolve(file);
    ObjectNode json = (ObjectNode) mapper.readTree(Files.readAllBytes(path));
    json.set(key, mapper.readTree(value));
    Files.write(path, mapper.writeValueAsBytes(json));
  }

  private void refused(String message) {
    assertThatThrownBy(() -> ModelSummary.of(folder))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("config.json: " + message);
    assertThatThrownBy(() -> LanguageModel.load(folder)).isInstanceOf(ModelFormatException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "n_layer,2147483647,1000",
    "n_layer,-1,1000",
    "n_embd,2147483647,1048576",
    "n_head,2147483647,16384",
    "vocab_size,2147483647,16777216",
    "n_positions,9223372036854775807,134217728",
    "n_inner,2147483647,4194304"
  })
  void numbersOfGpt2AreLimited(String key, String value, String most) throws IOException {
    TestModels.tiny(1).save(folder);
    set("config.json", key, value);

    refused(
        "`%s` is %s, which is not between 0 and %s, the most that is read"
            .formatted(key, value, most));
  }

  @ParameterizedTest
  @CsvSource({
    "num_hidden_layers,2147483647,1000",
    "hidden_size,2147483647,1048576",
    "intermediate_size,2147483647,1048576",
    "num_attention_heads,2147483647,16384",
    "num_key_value_heads,2147483647,16384",
    "head_dim,2147483646,1048576",
    "vocab_size,2147483647,16777216",
    "max_position_embeddings,2147483647,134217728"
  })
  void numbersOfLlamasAreLimited(String key, String value, String most) throws IOException {
    TestModels.tinyLlama(1).save(folder);
    set("config.json", key, value);

    refused(
        "`%s` is %s, which is not between 0 and %s, the most that is read"
            .formatted(key, value, most));
  }

  @Test
  void anIntervalOfNoLayersIsRefused() throws IOException {
    TestModels.tinyLlama(1).save(folder);
    set("config.json", "model_type", "\"smollm3\"");
    set("config.json", "no_rope_layer_interval", "0");

    refused("`no_rope_layer_interval` is 0");
  }

  @Test
  void listsAndNumbersWithoutEndAreRefused() throws IOException {
    TestModels.tinyLlama(1).save(folder);
    set("config.json", "layer_types", "[" + "1,".repeat(20_000) + "1]");

    refused("`layer_types` has 20001 items, more than 10000");

    set("config.json", "layer_types", "null");
    set("config.json", "rms_norm_eps", "1e200");

    refused("`rms_norm_eps` is larger than the numbers that models compute with");
  }

  @Test
  void deepNestingIsRefusedInEveryFile() throws IOException {
    TestModels.tinyLlama(1).save(folder);
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    for (String file :
        new String[] {
          "config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json"
        }) {
      byte[] sound = Files.readAllBytes(folder.resolve(file));
      Files.writeString(folder.resolve(file), deep);

      assertThatThrownBy(() -> ModelSummary.of(folder))
          .as(file)
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("nesting depth");

      Files.write(folder.resolve(file), sound);
    }
    assertThat(ModelSummary.of(folder).problems()).isEmpty();
  }

  @Test
  void theRankOfAnAdapterIsLimited() throws IOException {
    TestModels.tiny(1).save(folder);
    Path adapter = folder.resolve("adapter");
    TestModels.tiny(1).withAdapter(LoraSettings.of(2, 4), 1).saveAdapter(adapter, "..");
    set("adapter/adapter_config.json", "r", "2147483647");

    try (LanguageModel model = LanguageModel.load(folder)) {
      assertThatThrownBy(() -> model.withAdapter(adapter))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("`r` is 2147483647, which is not between 0 and 65536");
    }
  }
}
