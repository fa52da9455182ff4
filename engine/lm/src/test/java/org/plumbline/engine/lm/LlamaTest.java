// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.config.LlamaShape;
import org.plumbline.engine.lm.config.LlamaShape.Bias;
import org.plumbline.engine.lm.config.LlamaShape.Layer;
import org.plumbline.engine.lm.config.LlamaShape.Output;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.config.Rope;
import org.plumbline.engine.lm.internal.TorchTensor;
import org.plumbline.engine.lm.optimiser.AdamW;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.Completion;
import org.plumbline.engine.lm.sampling.Sampler;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.lm.tensor.TorchRuntime;

class LlamaTest {

  private static final int VOCABULARY = 90;
  private static final RandomStream STREAM = RandomStream.of(3, RandomPurpose.ROLLOUT_TOKENS, 1);

  private static final Rope YARN =
      new Rope("yarn", 100, Map.of("factor", 4.0, "original_max_position_embeddings", 32.0));

  /** Two query heads a key head, an output matrix of its own, no biases. */
  private static LlamaShape plain() {
    return new LlamaShape(
        2, 6, Output.OWN, Set.of(), false, Rope.plain(100), List.of(Layer.PLAIN, Layer.PLAIN));
  }

  /** Everything that a member of the family may have, at once. */
  private static LlamaShape everything() {
    List<Layer> layers = List.of(new Layer(true, 5), new Layer(false, 0));
    return new LlamaShape(2, 6, Output.TIED, EnumSet.allOf(Bias.class), true, YARN, layers);
  }

  private static LanguageModel model(LlamaShape shape) {
    return model(shape, List.of());
  }

  private static LanguageModel model(LlamaShape shape, List<Integer> otherEnds) {
    ModelConfig config =
        new ModelConfig("llama", VOCABULARY, 100, 16, 2, 4, 20, 1e-3, 0.3, 0, otherEnds, shape);
    LanguageModel model = LanguageModel.create(config, TestModels.letters(), 7);
    // biases and norms away from 0 and 1, so that leaving them out shows
    try (TensorScope scope = TensorScope.open()) {
      model
          .parameters()
          .asMap()
          .forEach(
              (name, tensor) -> {
                float[] values = tensor.toFloatArray();
                RandomStream noise = RandomStream.of(1, RandomPurpose.ENVIRONMENT, name.hashCode());
                for (int i = 0; i < values.length && tensor.shape().length == 1; i++) {
                  values[i] += (float) (0.2 * noise.normal(i));
                }
                tensor.torch().assign(TorchTensor.floats(values, tensor.shape()));
              });
    }
    return model;
  }

  private static LanguageModel named(String name) {
    return model(name.equals("plain") ? plain() : everything());
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "everything"})
  void logitsMatchThePlainLoops(String name) {
    int[] ids = RandomStream.of(1, RandomPurpose.ENVIRONMENT, 0).permutation(VOCABULARY);
    try (LanguageModel model = named(name);
        TensorScope scope = TensorScope.open()) {
      // short sequences and long ones take different kernels
      for (int length : new int[] {1, 11, 64, 65, 90}) {
        int[] row = Arrays.copyOf(ids, length);
        float[] logits = model.logits(Batch.of(List.of(new Sequence(row, 0)))).toFloatArray();

        double[][] expected = new ReferenceLlama(model).logits(row);
        for (int i = 0; i < logits.length; i++) {
          assertThat((double) logits[i])
              .isCloseTo(expected[i / VOCABULARY][i % VOCABULARY], within(5e-5));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "everything"})
  void paddingNeverChangesAValue(String name) {
    List<Sequence> rows = TestModels.sequences(5, 80, VOCABULARY, 1);
    Batch together = Batch.of(rows);
    try (LanguageModel model = named(name).withHead(ScalarHead.REWARD, 0.1, 1);
        TensorScope scope = TensorScope.open()) {
      float[] scores = model.score(together).toFloatArray();
      float[] logProbs = model.tokenLogProbs(together).toFloatArray();

      for (int r = 0; r < rows.size(); r++) {
        Batch alone = Batch.of(rows.subList(r, r + 1));
        int width = rows.get(r).length() - 1;
        int at = r * (together.width() - 1);
        assertThat(scores[r]).isCloseTo(model.score(alone).item(), within(2e-5f));
        assertThat(Arrays.copyOfRange(logProbs, at, at + width))
            .containsExactly(model.tokenLogProbs(alone).toFloatArray(), within(2e-5f));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "everything"})
  void gradientsMatchFiniteDifferences(String name) {
    Batch batch = Batch.of(TestModels.sequences(3, 10, VOCABULARY, 1));
    try (LanguageModel model = named(name);
        TensorScope scope = TensorScope.open()) {
      TestModels.backward(() -> model.meanLoss(batch));

      for (String parameter : model.parameters().names()) {
        Tensor tensor = model.parameters().get(parameter);
        float[] gradient = tensor.torch().gradient().toFloats();
        float[] at = tensor.toFloatArray();
        RandomStream random = RandomStream.of(2, RandomPurpose.ENVIRONMENT, parameter.hashCode());
        double slope = 0;
        float[] up = at.clone();
        float[] down = at.clone();
        for (int i = 0; i < at.length; i++) {
          double direction = random.normal(i) / Math.sqrt(at.length);
          slope += gradient[i] * direction;
          up[i] += (float) (5e-3 * direction);
          down[i] -= (float) (5e-3 * direction);
        }
        tensor.torch().assign(TorchTensor.floats(up, tensor.shape()));
        double higher = model.meanLoss(batch).item();
        tensor.torch().assign(TorchTensor.floats(down, tensor.shape()));
        double lower = model.meanLoss(batch).item();
        tensor.torch().assign(TorchTensor.floats(at, tensor.shape()));
        assertThat((higher - lower) / 1e-2).as(parameter).isCloseTo(slope, within(1e-3));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "everything"})
  void cachedSamplingAgreesWithTheFullPassAndIsTheSameForEveryBatch(String name) {
    List<int[]> prompts =
        TestModels.sequences(20, 40, VOCABULARY, 9).stream().map(Sequence::ids).toList();
    SamplingSettings settings = SamplingSettings.of(30);
    try (LanguageModel model = named(name);
        TensorScope scope = TensorScope.open()) {
      Sampler sampler = new Sampler(model);
      List<Completion> samples = sampler.sample(prompts, settings, STREAM, 0);

      List<Sequence> rows = new ArrayList<>();
      for (int i = 0; i < samples.size(); i++) {
        rows.add(samples.get(i).after(prompts.get(i)));
        Completion alone = sampler.sample(prompts.subList(i, i + 1), settings, STREAM, i).get(0);
        assertThat(alone.ids()).isEqualTo(samples.get(i).ids());
        assertThat(alone.logProbs()).isEqualTo(samples.get(i).logProbs());
      }
      Batch batch = Batch.of(rows);
      Tensor sampled = batch.aligned(samples.stream().map(Completion::logProbs).toList());
      assertThat(sampled.toFloatArray())
          .containsExactly(model.tokenLogProbs(batch).toFloatArray(), within(5e-5f));
    }
  }

  @Test
  void samplingStopsAtAnyOfTheEndTokens() {
    List<int[]> prompt = List.of(new int[] {1, 2, 3});
    SamplingSettings greedy = SamplingSettings.greedy(8);
    int[] whole;
    try (LanguageModel model = model(plain())) {
      whole = new Sampler(model).sample(prompt, greedy, STREAM, 0).get(0).ids();
    }

    try (LanguageModel model = model(plain(), List.of(whole[0]))) {
      Completion sample = new Sampler(model).sample(prompt, greedy, STREAM, 0).get(0);
      assertThat(whole).hasSize(8);
      assertThat(sample.ids()).containsExactly(whole[0]);
      assertThat(sample.finished()).isTrue();
    }
  }

  @Test
  void aClassifierHasNoLogits() {
    try (LanguageModel model = model(plain().withOutput(Output.NONE));
        TensorScope scope = TensorScope.open()) {
      assertThat(model.parameters().contains("lm_head.weight")).isFalse();
      assertThatThrownBy(() -> model.logits(Batch.of(List.of(new Sequence(new int[] {1}, 0)))))
          .hasMessageContaining("lm_head.weight");
    }
  }

  @Test
  void trainingLearnsASequenceAndLeaksNothing() {
    Batch batch = Batch.of(List.of(new Sequence(new int[] {1, 2, 3, 4, 5, 6, 7, 8}, 0)));
    try (LanguageModel model = model(everything());
        AdamW adam = new AdamW(model.parameters(), AdamW.Settings.DEFAULT)) {
      adam.step(1e-2, () -> model.meanLoss(batch));
      int before = TorchRuntime.start().liveTensors();
      double loss = 1;
      for (int i = 0; i < 60; i++) {
        loss = adam.step(1e-2, () -> model.meanLoss(batch)).loss();
      }

      assertThat(loss).isLessThan(0.05);
      assertThat(TorchRuntime.start().liveTensors()).isEqualTo(before);
    }
  }

  @Test
  void headsThatDoNotDivideAreRefused() {
    LlamaShape three =
        new LlamaShape(
            3, 6, Output.OWN, Set.of(), false, Rope.plain(1e4), List.of(Layer.PLAIN, Layer.PLAIN));

    assertThatThrownBy(() -> model(three)).hasMessageContaining("3 key-value heads");
  }
}
