// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.optimiser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.Parameters;
import org.plumbline.engine.lm.ScalarHead;
import org.plumbline.engine.lm.TestModels;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.failure.ModelFormatException;
import org.plumbline.engine.lm.failure.NonFiniteException;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;

class AdamWTest {

  private static final AdamW.Settings PLAIN =
      new AdamW.Settings(0.9, 0.999, 1e-8, 0, Double.POSITIVE_INFINITY);

  @TempDir Path folder;

  private static Parameters one(float value, boolean decays) {
    Parameters parameters = new Parameters(List.of(), name -> decays);
    try (TensorScope scope = TensorScope.open()) {
      parameters.add("p", Tensor.of(new float[] {value}));
    }
    return parameters;
  }

  private static float value(Parameters parameters) {
    return TestModels.get(TestModels.numbers(parameters), "p")[0];
  }

  /** Takes three steps with the gradients 0.5, -0.3 and 0.2, each from a linear loss. */
  private static double[] threeSteps(AdamW.Settings settings, boolean decays, float... gradients) {
    Parameters parameters = one(1, decays);
    try (AdamW adam = new AdamW(parameters, settings)) {
      double[] path = new double[gradients.length];
      for (int i = 0; i < path.length; i++) {
        float gradient = gradients[i];
        adam.step(0.1, () -> parameters.get("p").mul(gradient).sum());
        path[i] = value(parameters);
      }
      return path;
    } finally {
      parameters.free();
    }
  }

  @Test
  void updatesFollowThePaper() {
    assertThat(threeSteps(PLAIN.withWeightDecay(0.01), true, 0.5f, -0.3f, 0.2f))
        .containsExactly(
            new double[] {0.899000002, 0.8789511989397751, 0.8433294795899422}, within(1e-6));
  }

  @Test
  void epsilonIsAddedToTheCorrectedRoot() {
    AdamW.Settings settings = new AdamW.Settings(0.9, 0.999, 1e-5, 0, Double.POSITIVE_INFINITY);

    assertThat(threeSteps(settings, true, 1e-4f, 1e-4f, 1e-4f))
        .containsExactly(
            new double[] {0.9090909090909091, 0.8181818181818188, 0.727272727272728}, within(1e-6));
  }

  @Test
  void parametersOutsideOfTheDecayGroupDoNotDecay() {
    assertThat(threeSteps(PLAIN.withWeightDecay(0.5), false, 0.5f))
        .containsExactly(threeSteps(PLAIN, true, 0.5f), within(0.0));
  }

  @Test
  void decayCoversTheMatricesOfBlocksOnly() {
    try (LanguageModel model = TestModels.tiny(1).withHead(ScalarHead.VALUE, 0, 1)) {
      List<String> decayed =
          model.parameters().names().stream().filter(model.parameters()::decays).toList();

      assertThat(decayed)
          .hasSize(8)
          .allMatch(name -> name.matches("transformer\\.h\\.\\d\\.(attn|mlp)\\.c_\\w+\\.weight"));
    }
  }

  @Test
  void gradientsAreClippedByTheirGlobalNorm() {
    Parameters parameters = new Parameters(List.of(), name -> false);
    try (TensorScope scope = TensorScope.open()) {
      parameters.add("a", Tensor.zeros(1));
      parameters.add("b", Tensor.zeros(2));
    }
    // with epsilon far above the gradient, the step is learning rate * gradient / epsilon
    AdamW.Settings settings = new AdamW.Settings(0, 0, 1e6, 0, 1);
    try (AdamW adam = new AdamW(parameters, settings)) {
      StepResult result =
          adam.step(
              1e6,
              () ->
                  parameters
                      .get("a")
                      .mul(3)
                      .sum()
                      .add(parameters.get("b").mul(Tensor.of(new float[] {4, 12})).sum()));

      assertThat(result.gradientNorm()).isCloseTo(13, within(1e-6));
      assertThat(TestModels.get(TestModels.numbers(parameters), "a")[0])
          .isCloseTo(-0.23076921301775286f, within(1e-6f));
    } finally {
      parameters.free();
    }
  }

  @Test
  void accumulatedPartsEqualTheWhole() {
    List<Sequence> rows = TestModels.sequences(6, 20, 11, 3);
    Batch whole = Batch.of(rows);
    Batch first = Batch.of(rows.subList(0, 2));
    Batch second = Batch.of(rows.subList(2, 6));
    try (LanguageModel a = TestModels.tiny(1);
        LanguageModel b = TestModels.tiny(1);
        AdamW adamA = new AdamW(a.parameters(), PLAIN);
        AdamW adamB = new AdamW(b.parameters(), PLAIN)) {
      float tokens = whole.completionTokens();

      StepResult atOnce = adamA.step(1e-3, () -> a.meanLoss(whole));
      StepResult inParts =
          adamB.step(
              1e-3,
              List.of(List.of(first), List.of(second)),
              part -> b.tokenLogProbs(part).sum().div(-tokens));

      assertThat(inParts.loss()).isCloseTo(atOnce.loss(), within(1e-6));
      assertThat(inParts.gradientNorm()).isCloseTo(atOnce.gradientNorm(), within(1e-5));
    }
  }

  @Test
  void aLossThatIsNotFiniteChangesNothing() {
    try (LanguageModel model = TestModels.tiny(1);
        AdamW adam = new AdamW(model.parameters(), AdamW.Settings.DEFAULT)) {
      Batch batch = Batch.of(TestModels.sequences(4, 12, 11, 1));
      adam.step(1e-3, () -> model.meanLoss(batch));
      Map<String, float[]> before = TestModels.numbers(model.parameters());

      assertThatThrownBy(() -> adam.step(1e-3, () -> model.meanLoss(batch).mul(Float.NaN)))
          .isInstanceOf(NonFiniteException.class)
          .hasMessageContaining("NaN");

      assertThat(TestModels.numbers(model.parameters()))
          .usingRecursiveComparison()
          .isEqualTo(before);
    }
  }

  @Test
  void aGradientThatIsNotFiniteChangesNothing() {
    Parameters parameters = one(0, false);
    try (AdamW adam = new AdamW(parameters, AdamW.Settings.DEFAULT)) {
      // the root of zero has loss zero and an infinite slope
      assertThatThrownBy(() -> adam.step(1e-3, () -> parameters.get("p").sqrt().sum()))
          .isInstanceOf(NonFiniteException.class)
          .hasMessageContaining("gradient");

      assertThat(value(parameters)).isZero();
      adam.step(0.1, () -> parameters.get("p").sum());
      assertThat(value(parameters)).isCloseTo(-0.1f, within(1e-6f));
    } finally {
      parameters.free();
    }
  }

  @Test
  void aParameterThatTheLossLeavesOutIsTreatedTheSameBeforeAndAfterItsFirstGradient() {
    Batch batch = Batch.of(TestModels.sequences(4, 12, 11, 1));
    try (LanguageModel model = TestModels.tiny(1).withHead(ScalarHead.VALUE, 0.1, 1);
        AdamW adam = new AdamW(model.parameters(), AdamW.Settings.DEFAULT)) {
      float[] before = head(model);

      adam.step(1e-2, () -> model.meanLoss(batch));
      assertThat(head(model)).isEqualTo(before);

      adam.step(1e-2, () -> model.values(batch).square().sum());
      assertThat(head(model)).isNotEqualTo(before);
    }
  }

  private static float[] head(LanguageModel model) {
    return TestModels.get(TestModels.numbers(model.parameters()), ScalarHead.VALUE.weight());
  }

  @Test
  void savedStateContinuesBitForBit() {
    Batch batch = Batch.of(TestModels.sequences(8, 16, 11, 2));
    Map<String, float[]> straight;
    try (LanguageModel model = TestModels.tiny(5);
        AdamW adam = new AdamW(model.parameters(), AdamW.Settings.DEFAULT)) {
      train(model, adam, batch, 10);
      straight = TestModels.numbers(model.parameters());
    }

    Path state = folder.resolve("optimizer.safetensors");
    try (LanguageModel model = TestModels.tiny(5);
        AdamW adam = new AdamW(model.parameters(), AdamW.Settings.DEFAULT)) {
      train(model, adam, batch, 5);
      model.save(folder);
      adam.save(state);
    }
    try (LanguageModel model = LanguageModel.load(folder);
        AdamW adam = new AdamW(model.parameters(), AdamW.Settings.DEFAULT)) {
      adam.load(state);
      train(model, adam, batch, 5);

      assertThat(TestModels.numbers(model.parameters()))
          .usingRecursiveComparison()
          .isEqualTo(straight);
    }
  }

  private static void train(LanguageModel model, AdamW adam, Batch batch, int steps) {
    for (int i = 0; i < steps; i++) {
      adam.step(1e-2, () -> model.meanLoss(batch));
    }
  }

  @Test
  void stateOfOtherParametersIsRefused() {
    Path state = folder.resolve("optimizer.safetensors");
    Parameters parameters = one(1, false);
    try (AdamW adam = new AdamW(parameters, PLAIN);
        LanguageModel model = TestModels.tiny(1);
        AdamW other = new AdamW(model.parameters(), PLAIN)) {
      adam.save(state);

      assertThatThrownBy(() -> other.load(state))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("exp_avg.transformer.wte.weight");
    } finally {
      parameters.free();
    }
  }
}
