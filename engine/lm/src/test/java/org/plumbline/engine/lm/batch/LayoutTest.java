// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.ScalarHead;
import org.plumbline.engine.lm.TestModels;
import org.plumbline.engine.lm.TokenScores;
import org.plumbline.engine.lm.config.LlamaShape;
import org.plumbline.engine.lm.config.LlamaShape.Bias;
import org.plumbline.engine.lm.config.LlamaShape.Layer;
import org.plumbline.engine.lm.config.LlamaShape.Output;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.config.Rope;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomSequence;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;

class LayoutTest {

  private static final int VOCABULARY = 30;
  private static final int CONTEXT = 160;

  private enum Kind {
    GPT2,
    LLAMA,
    /** A window, layers without positions, biases, normalised queries. */
    WINDOWED
  }

  private static LanguageModel model(Kind kind) {
    ModelConfig config =
        switch (kind) {
          case GPT2 -> ModelConfig.gpt2(VOCABULARY, CONTEXT, new ModelConfig.Size(16, 2, 4), 0);
          case LLAMA -> llama(List.of(Layer.PLAIN, Layer.PLAIN), false);
          case WINDOWED -> llama(List.of(new Layer(true, 5), new Layer(false, 0)), true);
        };
    return LanguageModel.create(config, TestModels.letters(), 7)
        .withHead(ScalarHead.VALUE, 0.3, 1)
        .withHead(ScalarHead.REWARD, 0.3, 1);
  }

  private static ModelConfig llama(List<Layer> layers, boolean more) {
    EnumSet<Bias> biases = more ? EnumSet.allOf(Bias.class) : EnumSet.noneOf(Bias.class);
    LlamaShape shape = new LlamaShape(2, 6, Output.TIED, biases, more, Rope.plain(100), layers);
    return new ModelConfig(
        "llama", VOCABULARY, CONTEXT, 16, 2, 4, 20, 1e-3, 0.3, 0, List.of(), shape);
  }

  private static int[] tokens(int length, int seed) {
    RandomSequence draws = RandomStream.of(seed, RandomPurpose.ENVIRONMENT, 0).forItem(length);
    int[] ids = new int[length];
    for (int t = 0; t < length; t++) {
      ids[t] = draws.bounded(VOCABULARY);
    }
    return ids;
  }

  /** Groups of answers of different length to prompts of different length, not side by side. */
  private static List<Sequence> groups(int prompts, int each, int prompt, int answer) {
    List<Sequence> rows = new ArrayList<>();
    for (int i = 0; i < each; i++) {
      for (int p = 0; p < prompts; p++) {
        int length = Math.max(0, answer - 3 * ((i + p) % 4));
        rows.add(Sequence.of(tokens(prompt - p, p), tokens(length, 10 + i * prompts + p)));
      }
    }
    return rows;
  }

  @ParameterizedTest
  @CsvSource({
    "GPT2, 3, 4, 20, 9",
    "LLAMA, 3, 4, 20, 9",
    "WINDOWED, 3, 4, 20, 9",
    "GPT2, 2, 4, 70, 66",
    "LLAMA, 2, 4, 70, 66",
    "WINDOWED, 2, 4, 70, 66",
    "GPT2, 2, 6, 80, 1"
  })
  void sharedPromptsChangeNoResultAndNoGradient(
      Kind kind, int prompts, int each, int prompt, int answer) {
    List<Sequence> rows = groups(prompts, each, prompt, answer);
    try (TensorScope scope = TensorScope.open()) {
      assertThat(Layout.of(rows, 1).input().unseen().shape()).hasSize(2);
    }
    same(kind, rows);
  }

  @ParameterizedTest
  @CsvSource({"GPT2", "LLAMA", "WINDOWED"})
  void blocksOfSimilarLengthChangeNoResultAndNoGradient(Kind kind) {
    List<Sequence> rows = new ArrayList<>();
    for (int length : new int[] {90, 3, 80, 4, 5, 70, 2, 1}) {
      rows.add(new Sequence(tokens(length, 1), length / 3));
    }
    try (TensorScope scope = TensorScope.open()) {
      assertThat(Layout.of(rows, 1).input().rows()).hasSizeGreaterThan(1);
    }
    same(kind, rows);
  }

  /** Compares rows computed together with the same rows one by one. */
  private static void same(Kind kind, List<Sequence> rows) {
    Batch all = Batch.of(rows);
    try (LanguageModel together = model(kind);
        LanguageModel apart = model(kind);
        TensorScope scope = TensorScope.open()) {
      float loss = TestModels.backward(() -> everything(together, all));
      float sum = 0;
      float[] logits = together.logits(all).toFloatArray();
      for (int row = 0; row < rows.size(); row++) {
        Batch one = Batch.of(List.of(rows.get(row)));
        float[] alone = apart.logits(one).toFloatArray();
        for (int i = 0; i < alone.length; i++) {
          assertThat(logits[row * all.width() * VOCABULARY + i]).isCloseTo(alone[i], within(2e-5f));
        }
        if (rows.get(row).length() > 1) {
          sum += TestModels.backward(() -> everything(apart, one));
        } else {
          sum += TestModels.backward(() -> apart.score(one).sum());
        }
      }

      assertThat(loss / rows.size()).isCloseTo(sum / rows.size(), within(1e-4f));
      Map<String, float[]> one = gradients(together);
      gradients(apart)
          .forEach(
              (name, gradient) ->
                  assertThat(TestModels.get(one, name))
                      .as(name)
                      .containsExactly(gradient, within(2e-3f)));
    }
  }

  /** A sum over rows in which every parameter and every output takes part. */
  private static Tensor everything(LanguageModel model, Batch batch) {
    TokenScores scores = model.tokenScores(batch);
    Tensor perToken = scores.entropy().sub(scores.logProbs()).add(scores.values().square());
    Tensor again = model.tokenLogProbs(batch).square().add(model.values(batch));
    return perToken.add(again).mul(batch.mask()).sum().mul(0.1f).add(model.score(batch).sum());
  }

  private static Map<String, float[]> gradients(LanguageModel model) {
    Map<String, float[]> gradients = new TreeMap<>();
    model
        .parameters()
        .asMap()
        .forEach((name, tensor) -> gradients.put(name, tensor.torch().gradient().toFloats()));
    return gradients;
  }

  @Test
  void everyTokenHasItsPlaceAndPromptsAreThereOnce() {
    List<Sequence> rows = groups(3, 4, 20, 9);
    Layout layout = Layout.of(rows, 0);
    try (TensorScope scope = TensorScope.open()) {
      Layout.Input input = layout.input();
      long[] places = input.places().toLongs();
      int size = places.length / 2;
      for (int row = 0; row < rows.size(); row++) {
        for (int t = 0; t < rows.get(row).length(); t++) {
          int at = layout.at(row, t);
          assertThat(places[at]).isEqualTo(rows.get(row).id(t));
          assertThat(places[size + at]).isEqualTo(t);
        }
      }
      assertThat(size).isEqualTo(176); // 3 * 20 + 12 * 9 = 168, in steps of 16
      assertThat(input.rows()).containsExactly(3, 12);
      assertThat(input.sizes()).containsExactly(60, 108, 8);
    }
  }

  @Test
  void rowsOfOneLengthAreOneBlock() {
    List<Sequence> rows = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      rows.add(new Sequence(tokens(13, i), 0));
    }
    try (TensorScope scope = TensorScope.open()) {
      Layout.Input input = Layout.of(rows, 1).input();

      assertThat(input.rows()).containsExactly(4);
      assertThat(input.sizes()).containsExactly(48);
      assertThat(input.unseen().shape()).containsExactly(0);
    }
  }
}
