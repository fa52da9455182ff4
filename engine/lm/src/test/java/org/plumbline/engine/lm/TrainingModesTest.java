// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.optimiser.AdamW;
import org.plumbline.engine.lm.optimiser.StepResult;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.Sampler;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.lm.tensor.Precision;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.lm.tensor.TorchRuntime;

/** Adapters, 16 bits and activations that are not kept: each against the plain way. */
class TrainingModesTest {

  /** Which architecture. */
  enum Kind {
    GPT2,
    LLAMA
  }

  private final Batch batch = Batch.of(TestModels.sequences(3, 12, 11, 1));

  private static LanguageModel model(Kind kind) {
    return kind == Kind.GPT2 ? TestModels.tiny(7) : TestModels.tinyLlama(7);
  }

  private Map<String, float[]> gradients(LanguageModel model) {
    Map<String, float[]> gradients = new TreeMap<>();
    try (TensorScope scope = TensorScope.open()) {
      TestModels.backward(() -> model.meanLoss(batch));
      model
          .parameters()
          .trainable()
          .forEach((name, t) -> gradients.put(name, t.torch().gradient().toFloats()));
    }
    return gradients;
  }

  private static void close(Map<String, float[]> actual, Map<String, float[]> wanted, double rel) {
    assertThat(actual.keySet()).isEqualTo(wanted.keySet());
    double norm =
        Math.sqrt(wanted.values().stream().mapToDouble(g -> square(g, new float[g.length])).sum());
    double gap =
        Math.sqrt(
            actual.keySet().stream()
                .mapToDouble(n -> square(TestModels.get(actual, n), TestModels.get(wanted, n)))
                .sum());
    assertThat(norm).isGreaterThan(0.01);
    assertThat(gap / norm).isLessThan(rel);
  }

  private static double square(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (double) (a[i] - b[i]);
    }
    return sum;
  }

  @ParameterizedTest
  @EnumSource
  void gradientsAreTheSameWhenActivationsAreNotKept(Kind kind) {
    try (LanguageModel plain = model(kind);
        LanguageModel checkpointed = model(kind).withActivationCheckpointing()) {
      close(gradients(checkpointed), gradients(plain), 1e-6);
    }
  }

  @ParameterizedTest
  @EnumSource
  void gradientsIn16BitsAreRoughlyTheSame(Kind kind) {
    try (LanguageModel plain = model(kind);
        LanguageModel half = model(kind).withPrecision(Precision.BFLOAT16);
        LanguageModel checkpointed = model(kind).withPrecision(Precision.BFLOAT16)) {
      Map<String, float[]> wanted = gradients(plain);
      Map<String, float[]> actual = gradients(half);
      close(actual, wanted, 0.05);
      assertThat(actual).usingRecursiveComparison().isNotEqualTo(wanted);
      close(gradients(checkpointed.withActivationCheckpointing()), wanted, 0.05);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aNewAdapterChangesNothingAndIsAllThatIsTrained(Kind kind) {
    LoraSettings settings = LoraSettings.of(2, 4).withTargets(List.of(LoraSettings.ALL_LINEAR));
    try (LanguageModel plain = model(kind);
        LanguageModel adapted = model(kind).withAdapter(settings, 3);
        AdamW adam = new AdamW(adapted.parameters(), AdamW.Settings.DEFAULT)) {
      Map<String, float[]> before = TestModels.numbers(adapted.parameters());
      try (TensorScope scope = TensorScope.open()) {
        assertThat(adapted.logits(batch).toFloatArray())
            .isEqualTo(plain.logits(batch).toFloatArray());
      }
      double loss = adam.step(0.01, () -> adapted.meanLoss(batch)).loss();
      for (int i = 0; i < 20; i++) {
        assertThat(adam.step(0.01, () -> adapted.meanLoss(batch)).loss()).isLessThan(loss + 1e-6);
      }
      TestModels.numbers(adapted.parameters())
          .forEach(
              (name, values) -> {
                if (LoraAdapter.isAdapter(name)) {
                  assertThat(values).as(name).isNotEqualTo(TestModels.get(before, name));
                } else {
                  assertThat(values).as(name).isEqualTo(TestModels.get(before, name));
                }
              });
      try (TensorScope scope = TensorScope.open()) {
        float merged = adapted.meanLoss(batch).item();
        double beside = adam.step(0, () -> adapted.meanLoss(batch)).loss();
        assertThat((double) merged).isCloseTo(beside, within(1e-5)).isLessThan(loss - 0.1);
        try (LanguageModel whole = adapted.merged()) {
          assertThat(whole.meanLoss(batch).item()).isEqualTo(merged);
          assertThat(whole.parameters().names()).isEqualTo(plain.parameters().names());
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void dropoutIsTheSameAgainForTheSameStepAndOffOutsideOfTraining(Kind kind) {
    LoraSettings settings =
        LoraSettings.of(2, 40).withDropout(0.5).withTargets(List.of(LoraSettings.ALL_LINEAR));
    Map<String, Double> losses = new LinkedHashMap<>();
    for (String mode : List.of("first", "again", "checkpointed")) {
      try (LanguageModel model = model(kind).withAdapter(settings, 3);
          AdamW adam = new AdamW(model.parameters(), AdamW.Settings.DEFAULT)) {
        if (mode.equals("checkpointed")) {
          model.withActivationCheckpointing();
        }
        adam.step(0.01, () -> model.meanLoss(batch));
        adam.step(0.01, () -> model.meanLoss(batch));
        List<Double> parts = new ArrayList<>();
        try (TensorScope scope = TensorScope.open()) {
          double outside = model.meanLoss(batch).item();
          adam.step(
              0,
              List.of(List.of(1), List.of(2)),
              part -> {
                Tensor loss = model.meanLoss(batch);
                parts.add((double) loss.item());
                return loss;
              });
          losses.put(mode, parts.get(0));
          double other = parts.get(1);
          assertThat(other).isNotEqualTo(losses.get(mode)).isNotEqualTo(outside);
        }
      }
    }
    assertThat(losses.get("again")).isEqualTo(losses.get("first"));
    assertThat(losses.get("checkpointed")).isCloseTo(losses.get("first"), within(1e-5));
  }

  @ParameterizedTest
  @EnumSource
  void aTargetThatIsNoLinearMapIsRefused(Kind kind) {
    try (LanguageModel model = model(kind)) {
      assertThatThrownBy(
              () -> model.withAdapter(LoraSettings.of(2, 4).withTargets(List.of("q")), 3))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("named q")
          .hasMessageContaining(kind == Kind.GPT2 ? "c_attn" : "q_proj");
    }
  }

  @ParameterizedTest
  @EnumSource
  void trainingIn16BitsGoesOnBitForBitAndSamplesOnTheWay(Kind kind, @TempDir Path folder) {
    Path file = folder.resolve("adam.safetensors");
    try (LanguageModel model = model(kind).withPrecision(Precision.BFLOAT16);
        AdamW adam = new AdamW(model.parameters(), AdamW.Settings.DEFAULT)) {
      double first = adam.step(0.01, () -> model.meanLoss(batch)).loss();
      adam.step(0.01, () -> model.meanLoss(batch));
      model.save(folder);
      adam.save(file);
      try (LanguageModel again = LanguageModel.load(folder).withPrecision(Precision.BFLOAT16);
          AdamW continued = new AdamW(again.parameters(), AdamW.Settings.DEFAULT)) {
        continued.load(file);
        StepResult there = continued.step(0.01, () -> again.meanLoss(batch));
        StepResult here = adam.step(0.01, () -> model.meanLoss(batch));
        assertThat(there).isEqualTo(here);
        assertThat(here.loss()).isLessThan(first - 0.01);
        assertThat(TestModels.numbers(again.parameters()))
            .usingRecursiveComparison()
            .isEqualTo(TestModels.numbers(model.parameters()));
        RandomStream stream = RandomStream.of(1, RandomPurpose.ROLLOUT_TOKENS, 1);
        SamplingSettings greedy = SamplingSettings.greedy(5);
        List<int[]> prompts = List.of(new int[] {1, 2, 3});
        assertThat(new Sampler(again).sample(prompts, greedy, stream, 0).get(0).ids())
            .isEqualTo(new Sampler(model).sample(prompts, greedy, stream, 0).get(0).ids());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void partsOfABatchGiveTheGradientOfTheWhole(Kind kind) {
    List<Sequence> rows = TestModels.sequences(7, 12, 11, 5);
    Batch whole = Batch.of(rows);
    try (LanguageModel one = model(kind);
        LanguageModel two = model(kind);
        AdamW once = new AdamW(one.parameters(), AdamW.Settings.DEFAULT);
        AdamW parts = new AdamW(two.parameters(), AdamW.Settings.DEFAULT)) {
      StepResult wanted = once.step(0.01, () -> one.meanLoss(whole));

      List<Batch> split =
          Stream.of(rows.subList(0, 3), rows.subList(3, 6), rows.subList(6, 7))
              .map(Batch::of)
              .toList();
      float tokens = whole.completionTokens();
      StepResult actual =
          parts.step(
              0.01,
              split.stream().map(List::of).toList(),
              part -> two.meanLoss(part).mul(part.completionTokens() / tokens));

      assertThat(actual.loss()).isCloseTo(wanted.loss(), within(1e-5));
      assertThat(actual.gradientNorm()).isCloseTo(wanted.gradientNorm(), within(1e-5));
      Map<String, float[]> expected = TestModels.numbers(one.parameters());
      TestModels.numbers(two.parameters())
          .forEach(
              (name, values) -> {
                // AdamW turns gradients of nothing but rounding into steps
                if (!name.contains("c_attn.bias") && !name.contains("k_proj.bias")) {
                  assertThat(values)
                      .as(name)
                      .containsExactly(TestModels.get(expected, name), within(1e-3f));
                }
              });
    }
  }

  @ParameterizedTest
  @EnumSource
  void anAdapterInTrainingGoesOnBitForBit(Kind kind, @TempDir Path folder) {
    LoraSettings settings = LoraSettings.of(2, 4).withDropout(0.3);
    Path file = folder.resolve("adam.safetensors");
    try (LanguageModel model = model(kind).withAdapter(settings, 3);
        AdamW adam = new AdamW(model.parameters(), AdamW.Settings.DEFAULT)) {
      adam.step(0.01, () -> model.meanLoss(batch));
      adam.step(0.01, () -> model.meanLoss(batch));
      model.save(folder);
      adam.save(file);
      try (LanguageModel again = LanguageModel.load(folder);
          AdamW continued = new AdamW(again.parameters(), AdamW.Settings.DEFAULT)) {
        continued.load(file);
        assertThat(continued.step(0.01, () -> again.meanLoss(batch)))
            .isEqualTo(adam.step(0.01, () -> model.meanLoss(batch)));
        assertThat(TestModels.numbers(again.parameters()))
            .usingRecursiveComparison()
            .isEqualTo(TestModels.numbers(model.parameters()));
      }
    }
  }

  /** As tuned, copied, and read again from where a checkpoint would be. */
  @ParameterizedTest
  @EnumSource
  void parametersHaveOneOrderHoweverTheModelCameToThem(Kind kind, @TempDir Path folder) {
    LoraSettings settings = LoraSettings.of(2, 4).withTargets(List.of(LoraSettings.ALL_LINEAR));
    try (LanguageModel headLast = model(kind).withAdapter(settings, 3);
        LanguageModel headFirst = model(kind).withHead(ScalarHead.VALUE, 1, 5);
        LanguageModel copy = headFirst.copy()) {
      headLast.withHead(ScalarHead.VALUE, 1, 5).withHead(ScalarHead.REWARD, 1, 5);
      headFirst.withHead(ScalarHead.REWARD, 1, 5).withAdapter(settings, 3);
      copy.withAdapter(settings, 3).withHead(ScalarHead.REWARD, 1, 5);
      headLast.save(folder);
      try (LanguageModel loaded = LanguageModel.load(folder);
          LanguageModel again = headLast.copy()) {
        List<String> order = headLast.parameters().names();

        assertThat(order).hasSize(model(kind).parameters().names().size() + 3 + adapters(kind));
        for (LanguageModel other : List.of(headFirst, copy, loaded, again)) {
          assertThat(other.parameters().names()).isEqualTo(order);
          assertThat(List.copyOf(other.parameters().trainable().keySet()))
              .isEqualTo(List.copyOf(headLast.parameters().trainable().keySet()));
        }
      }
    }
  }

  /** Two matrices for each linear map of both layers. */
  private static int adapters(Kind kind) {
    return 2 * 2 * (kind == Kind.GPT2 ? 4 : 7);
  }

  @ParameterizedTest
  @EnumSource
  void anAdapterOfAllLinearMapsGoesOnBitForBitWhereItsGradientIsClipped(
      Kind kind, @TempDir Path folder) {
    LoraSettings settings =
        LoraSettings.of(3, 4).withDropout(0.1).withTargets(List.of(LoraSettings.ALL_LINEAR));
    AdamW.Settings clipped = AdamW.Settings.DEFAULT.withMaxGradientNorm(1e-3);
    try (LanguageModel model = model(kind).withAdapter(settings, 3);
        AdamW adam = new AdamW(model.parameters(), clipped)) {
      List<StepResult> steps = new ArrayList<>();
      for (int step = 0; step < 12; step++) {
        steps.add(adam.step(0.01, () -> model.meanLoss(batch)));
        Path saved = folder.resolve(String.valueOf(step));
        model.save(saved);
        adam.save(saved.resolve("adam.safetensors"));
      }
      for (int step = 0; step < 11; step++) {
        try (LanguageModel again = LanguageModel.load(folder.resolve(String.valueOf(step)));
            AdamW continued = new AdamW(again.parameters(), clipped)) {
          continued.load(folder.resolve(step + "/adam.safetensors"));
          for (int next = step + 1; next < 12; next++) {
            assertThat(continued.step(0.01, () -> again.meanLoss(batch)))
                .isEqualTo(steps.get(next));
          }
          assertThat(TestModels.numbers(again.parameters()))
              .as("from step " + step)
              .usingRecursiveComparison()
              .isEqualTo(TestModels.numbers(model.parameters()));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void noTensorIsLeftOverFromStepToStep(Kind kind) {
    LoraSettings settings =
        LoraSettings.of(2, 4).withDropout(0.3).withTargets(List.of(LoraSettings.ALL_LINEAR));
    try (LanguageModel model = model(kind).withPrecision(Precision.BFLOAT16);
        LanguageModel adapted = model(kind).withAdapter(settings, 3).withActivationCheckpointing();
        AdamW adam = new AdamW(model.parameters(), AdamW.Settings.DEFAULT);
        AdamW other = new AdamW(adapted.parameters(), AdamW.Settings.DEFAULT)) {
      List<Integer> alive = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        adam.step(0.01, () -> model.meanLoss(batch));
        other.step(0.01, () -> adapted.meanLoss(batch));
        try (TensorScope scope = TensorScope.open()) {
          assertThat(model.meanLoss(batch).item()).isPositive();
          assertThat(adapted.meanLoss(batch).item()).isPositive();
        }
        alive.add(TorchRuntime.start().liveTensors());
      }
      assertThat(alive.subList(1, alive.size())).containsOnly(alive.get(1));
    }
  }
}
