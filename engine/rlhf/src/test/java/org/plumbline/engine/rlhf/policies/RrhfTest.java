// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.policy.PreferencePolicySpec;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.GradientCheck;
import org.plumbline.engine.rlhf.Plain;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.preference.RankedScores;
import org.plumbline.engine.rlhf.training.AnswerFormat;

class RrhfTest {
  @TempDir Path folder;

  @Test
  void lossMatchesTheWorkedExample() {
    // log-probabilities per token -1, -0.4 and -0.7; the first is best, the second worst
    double[] lengths = {7, 5, 3};
    RankedScores.Row row =
        new RankedScores.Row(List.of(answer(7), answer(5), answer(3)), new double[] {.9, .2, .5});
    double likelihood = Vectors.number("4.rrhf", "sft") / 7; // that is of 7 tokens, this per token
    try (TensorScope scope = TensorScope.open()) {
      Tensor logProb = Tensor.of(new float[] {-7, -2, -2.1f});
      RankedScores scores = new RankedScores(logProb, lengths, List.of(row));

      assertThat((double) Rrhf.loss(scores, settings(1, 0)).value().item())
          .isCloseTo(Vectors.number("4.rrhf", "rank"), within(1e-6));
      assertThat((double) Rrhf.loss(scores, settings(1, .5)).value().item())
          .isCloseTo(Vectors.number("4.rrhf", "rank") + .5 * likelihood, within(1e-6));
      assertThat((double) Rrhf.loss(scores, settings(0, 0)).value().item())
          .isCloseTo(5 + 4.9 + .1, within(1e-5)); // sums in place of means
    }
  }

  private static Sequence answer(int tokens) {
    return Sequence.of(new int[] {1}, new int[tokens]);
  }

  @Test
  void gradientMatchesFiniteDifferences() {
    try (LanguageModel model = TinyWorld.model(1)) {
      AnswerFormat format = new AnswerFormat(model);
      List<RankedScores.Row> rows =
          List.of(
              row(format, "how do i fix the tea?", 1, 3, 2),
              row(format, "how do i make the bike?", 2, 1, 2));

      GradientCheck.Slope slope =
          new GradientCheck(
                  folder, m -> Rrhf.loss(RankedScores.of(m, rows), settings(.5, .3)).value())
              .at(model, 1e-3);

      assertThat(slope.analytic()).isNotCloseTo(0, within(1e-2));
      assertThat(slope.numeric())
          .isCloseTo(slope.analytic(), within(.02 * Math.abs(slope.analytic())));
    }
  }

  private static RankedScores.Row row(AnswerFormat format, String text, double... scores) {
    Prompt prompt = Plain.prompt(text);
    List<Exchange> answers =
        List.of(
            Exchange.of(prompt, Plain.answer("please wash the tea.")),
            Exchange.of(prompt, Plain.answer("no.")),
            Exchange.of(prompt, Plain.answer("why ask me? go away.")));
    return new RankedScores.Row(format.alternatives(prompt, answers), scores);
  }

  private static PreferencePolicySpec.Rrhf settings(double exponent, double sftWeight) {
    return new PreferencePolicySpec.Rrhf("base", "prefs", exponent, sftWeight, 1, 1, 1, null);
  }
}
