// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.ModelSummary;
import org.plumbline.engine.lm.ScalarHead;
import org.plumbline.engine.lm.TestModels;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.failure.ModelFormatException;
import org.plumbline.engine.lm.tensor.TensorScope;

class TokenVocabularyTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private static List<String> names() {
    return TokenizerFixtures.names();
  }

  private static TokenVocabulary vocabulary(String json) throws IOException {
    return TokenVocabulary.of(JSON.readTree(json.replace('\'', '"')));
  }

  private static List<ModelConfig> configs(int ids) {
    return List.of(
        ModelConfig.gpt2(ids, 32, new ModelConfig.Size(16, 2, 2), 0),
        TestModels.tinyLlamaConfig(ids));
  }

  /** A Unigram's pieces are a list with scores; it counted as no tokens at all. */
  @ParameterizedTest
  @MethodSource("names")
  void aTokenizerLargerThanTheEmbeddingsIsRefusedOfEveryKind(String name) throws IOException {
    Tokenizer tokenizer = TokenizerFixtures.tokenizer(name);
    int ids = tokenizer.vocabularySize();
    for (ModelConfig config : configs(ids)) {
      Path saved = folder.resolve(config.architecture());
      try (LanguageModel model = LanguageModel.create(config, tokenizer, 1)) {
        model.save(saved);
      }
      try (LanguageModel fitting = LanguageModel.load(saved)) {
        assertThat(fitting.tokenizer().vocabularySize()).isEqualTo(ids);
      }
    }
    for (ModelConfig config : configs(ids - 1)) {
      assertThatThrownBy(() -> LanguageModel.create(config, tokenizer, 1))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining(ids + " tokens for " + (ids - 1) + " embeddings");
      Path saved = folder.resolve("small-" + config.architecture());
      try (LanguageModel model = LanguageModel.create(config, TestModels.letters(), 1)) {
        model.save(saved);
      }
      Files.write(saved.resolve("tokenizer.json"), tokenizer.json());

      assertThatThrownBy(() -> LanguageModel.load(saved))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining(ids + " tokens, but the model has " + (ids - 1) + " embeddings");
      assertThat(ModelSummary.of(saved).problems())
          .containsExactly("the tokenizer has " + ids + " tokens for " + (ids - 1) + " embeddings");
    }
  }

  /** Every id that the tokenizer gives out, whatever the text, is below the size. */
  @ParameterizedTest
  @MethodSource("names")
  void noTextHasAnIdBeyondTheVocabulary(String name) {
    Tokenizer tokenizer = TokenizerFixtures.tokenizer(name);
    for (JsonNode pair : TokenizerFixtures.expected().path("pairs")) {
      int[] ids = tokenizer.encode(pair.get(0).asText() + pair.get(1).asText());

      assertThat(Arrays.stream(ids).max().orElse(0)).isLessThan(tokenizer.vocabularySize());
    }
  }

  @Test
  void addedTokensGetTheIdsThatTheLibraryGivesThem() throws IOException {
    // `id` is right in files that the library wrote; one that was edited does not move a token
    String json =
        "{'version': '1.0', 'added_tokens': ["
            + "{'id': 9, 'content': 'b', 'special': true, 'single_word': false, 'lstrip': false,"
            + " 'rstrip': false, 'normalized': false},"
            + "{'id': 4, 'content': '<x>', 'special': true, 'single_word': false, 'lstrip': false,"
            + " 'rstrip': false, 'normalized': false}],"
            + "'model': {'type': 'WordLevel', 'vocab': {'a': 0, 'b': 1, '?': 2}, 'unk_token': '?'}}";

    TokenVocabulary vocabulary = vocabulary(json);
    Tokenizer tokenizer = Tokenizer.of(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));

    assertThat(vocabulary.special()).containsEntry("b", 1).containsEntry("<x>", 3).hasSize(2);
    assertThat(vocabulary.size()).isEqualTo(4);
    assertThat(tokenizer.encode("b<x>")).containsExactly(1, 3);
  }

  @Test
  void gapsInTheIdsCount() throws IOException {
    assertThat(vocabulary("{'model': {'vocab': {'a': 0, 'b': 7}}}").size()).isEqualTo(8);
    assertThat(vocabulary("{'model': {'vocab': [['a', 0.5], ['b', 1], ['a', 2]]}}").size())
        .isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 11, 700})
  void idsBeyondTheEmbeddingsNeverReachLibtorch(int id) {
    try (LanguageModel gpt2 = TestModels.tiny(1);
        LanguageModel llama = TestModels.tinyLlama(1).withHead(ScalarHead.REWARD, 1, 1);
        TensorScope scope = TensorScope.open()) {
      Batch batch =
          Batch.of(List.of(new Sequence(new int[] {1, 2}, 1), new Sequence(new int[] {3, id}, 1)));

      assertThatThrownBy(() -> gpt2.logits(batch)).hasMessageContaining("id " + id);
      assertThatThrownBy(() -> gpt2.meanLoss(batch)).hasMessageContaining("id " + id);
      assertThatThrownBy(() -> llama.score(batch)).hasMessageContaining("id " + id);
    }
  }
}
