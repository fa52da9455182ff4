// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.internal.TorchTensor;
import org.plumbline.engine.lm.optimiser.AdamW;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;

class LanguageModelTest {

  private static final int VOCABULARY = 11;

  @Test
  void logitsMatchThePlainLoops() {
    int[] ids = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5};
    try (LanguageModel model = TestModels.tiny(7);
        TensorScope scope = TensorScope.open()) {
      float[] logits = model.logits(Batch.of(List.of(new Sequence(ids, 0)))).toFloatArray();

      double[][] expected = new ReferenceGpt2(model).logits(ids);
      for (int i = 0; i < logits.length; i++) {
        assertThat((double) logits[i])
            .isCloseTo(expected[i / VOCABULARY][i % VOCABULARY], within(2e-5));
      }
    }
  }

  @Test
  void longSequencesMatchThePlainLoopsToo() {
    int[] ids = RandomStream.of(1, RandomPurpose.ENVIRONMENT, 0).permutation(90);
    ModelConfig config = ModelConfig.gpt2(90, 90, new ModelConfig.Size(16, 2, 2), 0);
    try (LanguageModel model = LanguageModel.create(config, TestModels.letters(), 7);
        TensorScope scope = TensorScope.open()) {
      float[] logits = model.logits(Batch.of(List.of(new Sequence(ids, 0)))).toFloatArray();

      double[][] expected = new ReferenceGpt2(model).logits(ids);
      for (int i = 0; i < logits.length; i++) {
        assertThat((double) logits[i]).isCloseTo(expected[i / 90][i % 90], within(2e-5));
      }
    }
  }

  @Test
  void logProbsEntropyAndLossFollowFromTheLogits() {
    Sequence row = new Sequence(new int[] {3, 1, 4, 1, 5}, 2);
    Batch batch = Batch.of(List.of(row));
    try (LanguageModel model = TestModels.tiny(7);
        TensorScope scope = TensorScope.open()) {
      float[] log = model.logits(batch).logSoftmax(-1).toFloatArray();

      TokenScores scores = model.tokenScores(batch);

      float[] logProbs = scores.logProbs().toFloatArray();
      float[] entropy = scores.entropy().toFloatArray();
      assertThat(logProbs[0]).isZero();
      assertThat(entropy[0]).isZero();
      double loss = 0;
      for (int t = 1; t < 4; t++) {
        double h = 0;
        for (int v = 0; v < VOCABULARY; v++) {
          h -= Math.exp(log[t * VOCABULARY + v]) * log[t * VOCABULARY + v];
        }
        assertThat(logProbs[t]).isCloseTo(log[t * VOCABULARY + row.id(t + 1)], within(1e-5f));
        assertThat(entropy[t]).isCloseTo((float) h, within(1e-5f));
        loss -= logProbs[t] / 3;
      }
      assertThat(model.tokenLogProbs(batch).toFloatArray())
          .containsExactly(logProbs, within(1e-6f));
      assertThat(model.meanLoss(batch).item()).isCloseTo((float) loss, within(1e-5f));
      assertThat(batch.mask().toFloatArray()).containsExactly(0, 1, 1, 1);
      assertThat(batch.completionTokens()).isEqualTo(3);
    }
  }

  @Test
  void paddingNeverChangesAValue() {
    List<Sequence> rows = TestModels.sequences(5, 30, VOCABULARY, 1);
    Batch together = Batch.of(rows);
    try (LanguageModel model = withBothHeads(TestModels.tiny(7));
        TensorScope scope = TensorScope.open()) {
      float[] scores = model.score(together).toFloatArray();
      float[] logProbs = model.tokenLogProbs(together).toFloatArray();
      float[] values = model.values(together).toFloatArray();

      for (int r = 0; r < rows.size(); r++) {
        Batch alone = Batch.of(rows.subList(r, r + 1));
        int width = rows.get(r).length() - 1;
        int at = r * (together.width() - 1);
        assertThat(scores[r]).isCloseTo(model.score(alone).item(), within(2e-5f));
        assertThat(Arrays.copyOfRange(logProbs, at, at + width))
            .containsExactly(model.tokenLogProbs(alone).toFloatArray(), within(2e-5f));
        assertThat(Arrays.copyOfRange(values, at, at + width))
            .containsExactly(model.values(alone).toFloatArray(), within(2e-5f));
        for (int t = at + width; t < at + together.width() - 1; t++) {
          assertThat(logProbs[t]).isZero();
          assertThat(values[t]).isZero();
        }
      }
    }
  }

  @Test
  void aNewHeadOfZeroDeviationSaysZero() {
    Batch batch = Batch.of(TestModels.sequences(3, 12, VOCABULARY, 1));
    try (LanguageModel model =
            TestModels.tiny(7).withHead(ScalarHead.VALUE, 0, 1).withHead(ScalarHead.REWARD, 0, 1);
        TensorScope scope = TensorScope.open()) {
      assertThat(model.score(batch).toFloatArray()).containsOnly(0f);
      assertThat(model.tokenScores(batch).values().toFloatArray()).containsOnly(0f);
    }
  }

  @Test
  void valuesInOnePassEqualValuesAlone() {
    Batch batch = Batch.of(TestModels.sequences(3, 12, VOCABULARY, 1));
    try (LanguageModel model = withBothHeads(TestModels.tiny(7));
        TensorScope scope = TensorScope.open()) {
      assertThat(model.tokenScores(batch).values().toFloatArray())
          .containsExactly(model.values(batch).toFloatArray(), within(1e-6f));
    }
  }

  /** The last token's number is that of the whole sequence; a head may say several of each. */
  @Test
  void theRewardHeadSaysItsNumbersAtAnyToken(@TempDir Path folder) {
    Batch batch = Batch.of(TestModels.sequences(3, 12, VOCABULARY, 1));
    int[] last = new int[3];
    for (int row = 0; row < 3; row++) {
      last[row] = row * batch.width() + batch.rows().get(row).length() - 1;
    }
    try (LanguageModel one = TestModels.tiny(7).withHead(ScalarHead.REWARD, 0.1, 1);
        LanguageModel three = TestModels.tiny(7).withRewards(3, 0.1, 1);
        TensorScope scope = TensorScope.open()) {
      assertThat(one.scores(batch, last).toFloatArray())
          .containsExactly(one.score(batch).toFloatArray());
      assertThat(three.rewardOutputs()).isEqualTo(3);
      assertThat(three.scores(batch, last).shape()).containsExactly(3, 3);

      three.save(folder);
      try (LanguageModel loaded = LanguageModel.load(folder)) {
        assertThat(loaded.scores(batch, new int[] {2, 5}).toFloatArray())
            .containsExactly(three.scores(batch, new int[] {2, 5}).toFloatArray());
      }
    }
  }

  @Test
  void aMissingHeadIsNamed() {
    Batch batch = Batch.of(TestModels.sequences(1, 12, VOCABULARY, 1));
    try (LanguageModel model = TestModels.tiny(7);
        TensorScope scope = TensorScope.open()) {
      assertThatThrownBy(() -> model.score(batch)).hasMessageContaining("REWARD");
      assertThatThrownBy(() -> model.values(batch)).hasMessageContaining("VALUE");
    }
  }

  @Test
  void sequencesLongerThanTheContextAreRefused() {
    try (LanguageModel model = TestModels.tiny(7);
        TensorScope scope = TensorScope.open()) {
      Batch batch = Batch.of(List.of(new Sequence(new int[34], 0)));

      assertThatThrownBy(() -> model.tokenLogProbs(batch))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("34");
    }
  }

  @Test
  void gradientsOfTheWholeModelMatchFiniteDifferences() {
    Batch batch = Batch.of(TestModels.sequences(4, 10, VOCABULARY, 1));
    try (LanguageModel model = withBothHeads(TestModels.tiny(7));
        TensorScope scope = TensorScope.open()) {
      TestModels.backward(() -> everything(model, batch));

      for (String name : model.parameters().names()) {
        Tensor parameter = model.parameters().get(name);
        float[] gradient = parameter.torch().gradient().toFloats();
        float[] at = parameter.toFloatArray();
        float[] direction = direction(at.length, name);
        double slope = 0;
        for (int i = 0; i < at.length; i++) {
          slope += gradient[i] * direction[i];
        }
        float h = 1e-2f;
        double up = moved(model, batch, parameter, at, direction, h);
        double down = moved(model, batch, parameter, at, direction, -h);
        parameter.torch().assign(TorchTensor.floats(at, parameter.shape()));
        assertThat((up - down) / (2 * h)).as(name).isCloseTo(slope, within(1e-3));
      }
    }
  }

  /** A loss in which every parameter and every output takes part. */
  private static Tensor everything(LanguageModel model, Batch batch) {
    TokenScores scores = model.tokenScores(batch);
    Tensor perToken = scores.entropy().sub(scores.logProbs()).add(scores.values().square());
    return perToken.maskedMean(batch.mask()).add(model.score(batch).mean());
  }

  private static float[] direction(int length, String name) {
    float[] direction = new float[length];
    RandomStream stream = RandomStream.of(1, RandomPurpose.ENVIRONMENT, name.hashCode());
    for (int i = 0; i < length; i++) {
      direction[i] = (float) (stream.normal(i) / Math.sqrt(length));
    }
    return direction;
  }

  private static double moved(
      LanguageModel model, Batch batch, Tensor parameter, float[] at, float[] by, float h) {
    float[] values = at.clone();
    for (int i = 0; i < values.length; i++) {
      values[i] += h * by[i];
    }
    parameter.torch().assign(TorchTensor.floats(values, parameter.shape()));
    return everything(model, batch).item();
  }

  @Test
  void initialParametersDependOnSeedAndNameOnly() {
    try (LanguageModel a = TestModels.tiny(7);
        LanguageModel b = TestModels.tiny(7);
        LanguageModel c = TestModels.tiny(8)) {
      Map<String, float[]> numbers = TestModels.numbers(a.parameters());

      assertThat(TestModels.numbers(b.parameters())).usingRecursiveComparison().isEqualTo(numbers);
      assertThat(TestModels.numbers(c.parameters()).get("transformer.wte.weight"))
          .isNotEqualTo(numbers.get("transformer.wte.weight"));
      assertThat(numbers.get("transformer.h.0.attn.c_attn.weight"))
          .isNotEqualTo(numbers.get("transformer.h.1.attn.c_attn.weight"));
    }
  }

  @Test
  void copiesAreIndependent() {
    Batch batch = Batch.of(TestModels.sequences(4, 12, VOCABULARY, 1));
    try (LanguageModel model = TestModels.tiny(7).withHead(ScalarHead.VALUE, 0.1, 1);
        LanguageModel copy = model.copy();
        AdamW adam = new AdamW(copy.parameters(), AdamW.Settings.DEFAULT)) {
      Map<String, float[]> before = TestModels.numbers(model.parameters());
      assertThat(TestModels.numbers(copy.parameters()))
          .usingRecursiveComparison()
          .isEqualTo(before);

      adam.step(1e-2, () -> copy.meanLoss(batch));

      assertThat(TestModels.numbers(model.parameters()))
          .usingRecursiveComparison()
          .isEqualTo(before);
      assertThat(TestModels.numbers(copy.parameters()).get("transformer.wte.weight"))
          .isNotEqualTo(before.get("transformer.wte.weight"));
    }
  }

  @Test
  void trunksAreTheSameUntilANumberIsAnother() {
    try (LanguageModel model = TestModels.tiny(7);
        LanguageModel copy = withBothHeads(model.copy())) {
      assertThat(copy.parameters().sameTrunk(model.parameters())).isTrue();
      assertThat(model.parameters().sameTrunk(copy.parameters())).isTrue();
      try (TensorScope scope = TensorScope.open()) {
        TorchTensor bias = copy.parameters().get("transformer.ln_f.bias").torch();
        bias.assign(bias.add(TorchTensor.full(1e-6f)));
      }
      assertThat(copy.parameters().sameTrunk(model.parameters())).isFalse();
    }
  }

  @Test
  void trainingLearnsASequence() {
    Batch batch = Batch.of(List.of(new Sequence(new int[] {1, 2, 3, 4, 5, 6, 7, 8}, 0)));
    try (LanguageModel model = TestModels.tiny(7);
        AdamW adam = new AdamW(model.parameters(), AdamW.Settings.DEFAULT)) {
      double loss = 1;
      for (int i = 0; i < 100; i++) {
        loss = adam.step(1e-2, () -> model.meanLoss(batch)).loss();
      }

      assertThat(loss).isLessThan(0.05);
    }
  }

  private static LanguageModel withBothHeads(LanguageModel model) {
    return model.withHead(ScalarHead.VALUE, 0.1, 1).withHead(ScalarHead.REWARD, 0.1, 1);
  }
}
