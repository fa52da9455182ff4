// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Division;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.failure.NonFiniteException;
import org.plumbline.engine.lm.optimiser.AdamW;
import org.plumbline.engine.lm.optimiser.StepResult;
import org.plumbline.engine.lm.tensor.Precision;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.lm.tensor.TorchRuntime;

class SideBySideTest {

  /** In which way a model is trained. */
  enum Mode {
    GPT2(() -> TestModels.tiny(7)),
    LLAMA(() -> TestModels.tinyLlama(7)),
    CHECKPOINTED(() -> TestModels.tiny(7).withActivationCheckpointing()),
    HALF(() -> TestModels.tinyLlama(7).withPrecision(Precision.BFLOAT16)),
    ADAPTED(
        () ->
            TestModels.tinyLlama(7)
                .withAdapter(
                    LoraSettings.of(2, 4)
                        .withDropout(.3)
                        .withTargets(List.of(LoraSettings.ALL_LINEAR)),
                    3)),
    ADAPTED_AND_CHECKPOINTED(
        () ->
            TestModels.tiny(7)
                .withAdapter(LoraSettings.of(2, 4).withDropout(.3), 3)
                .withActivationCheckpointing());

    private final Supplier<LanguageModel> model;

    Mode(Supplier<LanguageModel> model) {
      this.model = model;
    }
  }

  private final List<Sequence> rows = interleaved();

  /** Answers to four prompts in turn, of several lengths. */
  private static List<Sequence> interleaved() {
    List<Sequence> rows = new ArrayList<>();
    List<Sequence> some = TestModels.sequences(16, 12, 11, 5);
    for (int i = 0; i < some.size(); i++) {
      rows.add(Sequence.of(new int[] {1 + i % 4, 3, 2 + i % 4}, some.get(i).ids()));
    }
    return rows;
  }

  @BeforeEach
  void divideFinely() {
    System.setProperty(Division.FINELY, "24");
  }

  @AfterEach
  void divideAsUsual() {
    System.clearProperty(Division.FINELY);
    use(1);
  }

  private static void use(int threads) {
    TorchRuntime.start(new TorchRuntime.Settings("cpu", threads));
  }

  @Test
  void passesInPartsSayWhatOnePassSaysOfEveryRow() {
    try (LanguageModel model = TestModels.tiny(7).withHead(ScalarHead.VALUE, .1, 1);
        TensorScope scope = TensorScope.open()) {
      model.withRewards(2, .1, 1);
      Batch batch = Batch.of(rows);
      Map<String, Supplier<Tensor>> passes = new LinkedHashMap<>();
      passes.put("log-probabilities", () -> model.tokenLogProbs(batch));
      passes.put("at a temperature", () -> model.tokenLogProbs(batch, .7));
      passes.put("entropies", () -> model.tokenScores(batch).entropy());
      passes.put("values", () -> model.values(batch));
      passes.put("scores", () -> model.score(batch));
      passes.forEach(
          (name, pass) -> {
            Tensor inParts = pass.get();
            System.setProperty(Division.FINELY, "1000000");
            Tensor atOnce = pass.get();
            System.setProperty(Division.FINELY, "24");
            assertThat(inParts.shape()).as(name).isEqualTo(atOnce.shape());
            float[] expected = atOnce.toFloatArray();
            float[] actual = inParts.toFloatArray();
            for (int i = 0; i < expected.length; i++) {
              assertThat(actual[i]).as(name).isCloseTo(expected[i], within(1e-5f));
            }
          });
    }
  }

  @ParameterizedTest
  @EnumSource
  void threeThreadsGiveTheBytesOfOne(Mode mode) {
    Map<String, float[]> one = trained(mode, 1);
    Map<String, float[]> three = trained(mode, 3);

    assertThat(three).usingRecursiveComparison().isEqualTo(one);
  }

  private Map<String, float[]> trained(Mode mode, int threads) {
    use(threads);
    Map<String, float[]> numbers = new LinkedHashMap<>();
    Set<String> names = ConcurrentHashMap.newKeySet();
    try (LanguageModel model = mode.model.get();
        AdamW adam = new AdamW(model.parameters(), AdamW.Settings.DEFAULT)) {
      for (int step = 0; step < 4; step++) {
        List<List<Sequence>> parts = model.sideBySide().divide(rows, Sequence::length);
        assertThat(parts).hasSizeGreaterThan(3);
        StepResult result =
            adam.step(
                1e-2,
                List.of(parts),
                part -> {
                  names.add(Thread.currentThread().getName());
                  awaitAnother(names, threads);
                  return model.meanLoss(Batch.of(part)).mul(part.size() / (float) rows.size());
                });
        numbers.put("step " + step, new float[] {(float) result.loss()});
        numbers.put("norm " + step, new float[] {(float) result.gradientNorm()});
      }
      numbers.putAll(TestModels.numbers(model.parameters()));
      try (TensorScope scope = TensorScope.open()) {
        numbers.put("said", model.tokenLogProbs(Batch.of(rows)).toFloatArray());
      }
    }
    assertThat(names.size() > 1).isEqualTo(threads > 1);
    return numbers;
  }

  /** Gives another thread the time to take a part, if there is to be one. */
  private static void awaitAnother(Set<String> names, int threads) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (threads > 1 && names.size() < 2 && System.nanoTime() < until) {
      Thread.onSpinWait();
    }
  }

  @Test
  void theFirstPartThatFailsIsTold() {
    use(3);
    int before = TorchRuntime.start().liveTensors();
    try (LanguageModel model = TestModels.tiny(7);
        AdamW adam = new AdamW(model.parameters(), AdamW.Settings.DEFAULT)) {
      Map<String, float[]> numbers = TestModels.numbers(model.parameters());
      List<List<Sequence>> parts = model.sideBySide().divide(rows, Sequence::length);

      assertThatThrownBy(
              () ->
                  adam.step(
                      1e-2,
                      List.of(parts),
                      part -> model.meanLoss(Batch.of(part)).mul(Float.POSITIVE_INFINITY)))
          .isInstanceOf(NonFiniteException.class)
          .hasMessageContaining("Infinity");

      assertThat(TestModels.numbers(model.parameters()))
          .usingRecursiveComparison()
          .isEqualTo(numbers);
    }
    assertThat(TorchRuntime.start().liveTensors()).isEqualTo(before);
  }
}
