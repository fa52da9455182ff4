// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.Slopes;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.GradientCheck;
import org.plumbline.engine.rlhf.Plain;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.ToyLanguage;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.rlhf.training.Loss;

class NashMdTest {
  private static final double[][] CIRCLE = {{.5, .8, .3}, {.2, .5, .9}, {.7, .1, .5}};
  private static final double[] UNIFORM = {1 / 3.0, 1 / 3.0, 1 / 3.0};

  @TempDir Path folder;

  /** log pi -2 and -3, log ref -2.5 and -2, P .8 and .3, tau .2. */
  @Test
  void lossMatchesHandComputedNumbers() {
    try (TensorScope scope = TensorScope.open()) {
      Loss loss =
          NashMd.loss(
              Tensor.of(new float[] {-2, -3}),
              Tensor.of(new float[] {-2.5f, -2}),
              Tensor.of(new float[] {.8f, .3f}),
              .2);

      // gains: .3 - .2 * .5 = .2 and -.2 - .2 * -1 = 0
      assertThat(loss.value().item()).isCloseTo(.2f, within(1e-6f));
      assertThat(loss.logged().get("gain")).isCloseTo(.1, within(1e-6));
      assertThat(loss.logged().get("log_ratio")).isCloseTo(-.25, within(1e-6));
      assertThat(loss.logged().get("preference")).isCloseTo(.55, within(1e-6));
    }
  }

  /** The paper's gradient: minus the gain over the number of answers, and nothing through it. */
  @Test
  void theGainHasNoGradient() {
    float[][] slopes =
        Slopes.of(
            leaves ->
                NashMd.loss(
                        leaves.get(0),
                        Tensor.of(new float[] {-2.5f, -2}),
                        Tensor.of(new float[] {.8f, .2f}),
                        .2)
                    .value(),
            new float[] {-2, -3});

    assertThat(slopes[0]).containsExactly(new float[] {-.1f, .05f}, within(1e-6f));
  }

  /** Against differences of the answers' log-probabilities, weighted with gains that stay. */
  @Test
  void gradientMatchesFiniteDifferences() {
    try (LanguageModel model = TinyWorld.model(1)) {
      AnswerFormat format = new AnswerFormat(model);
      Batch batch =
          Batch.of(
              format.examples(
                  List.of(
                      exchange("how do i fix the tea?", "please wash the tea."),
                      exchange("how do i make the bike?", "no."))));
      float[] fixed = new float[2];
      try (TensorScope scope = TensorScope.open()) {
        float[] now = model.tokenLogProbs(batch).sum(1).toFloatArray();
        for (int i = 0; i < 2; i++) {
          fixed[i] = .3f + .1f * i - .1f * (now[i] + 5);
        }
      }

      GradientCheck.Slope frozen =
          new GradientCheck(
                  folder, m -> m.tokenLogProbs(batch).sum(1).mul(Tensor.of(fixed)).mean().neg())
              .at(model, 1e-3);
      GradientCheck.Slope own =
          new GradientCheck(
                  folder,
                  m ->
                      NashMd.loss(
                              m.tokenLogProbs(batch).sum(1),
                              Tensor.of(new float[] {-5, -5}),
                              Tensor.of(new float[] {.8f, .9f}),
                              .1)
                          .value())
              .at(model, 1e-3);

      assertThat(own.analytic()).isNotCloseTo(0, within(1e-2));
      assertThat(own.analytic())
          .isCloseTo(frozen.numeric(), within(.02 * Math.abs(frozen.numeric())));
    }
  }

  private static Exchange exchange(String prompt, String answer) {
    return Exchange.of(Plain.prompt(prompt), Plain.answer(answer));
  }

  @Test
  void theEquilibriumThatItIsMeasuredAgainstMatchesTheWorkedExample() {
    for (double tau : new double[] {.5, .1}) {
      String name = tau == .5 ? "tau.5" : "tau.1";
      assertThat(ToyLanguage.equilibrium(UNIFORM, CIRCLE, 0, tau))
          .containsExactly(Vectors.list("4.nash_reg", name), within(1e-9));
    }
    assertThat(Arrays.stream(ToyLanguage.equilibrium(UNIFORM, CIRCLE, 1, .1)).sum())
        .isCloseTo(1, within(1e-12));
  }
}
