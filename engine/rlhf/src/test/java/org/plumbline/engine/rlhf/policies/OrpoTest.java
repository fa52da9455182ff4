// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.GradientCheck;
import org.plumbline.engine.rlhf.Plain;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.rlhf.preference.PairScores;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.rlhf.training.Loss;

class OrpoTest {
  @TempDir Path folder;

  @Test
  void lossMatchesTheWorkedExamples() {
    for (String name : List.of("4.orpo", "4.orpo2")) {
      double[] means = Vectors.list(name, "avg_lp");
      try (TensorScope scope = TensorScope.open()) {
        // log-probabilities per token, of answers of four and two tokens
        PairScores pair =
            new PairScores(
                answer((float) means[0], 4), answer((float) means[1], 2), new double[] {1});
        Loss loss = Orpo.loss(pair, .1);

        assertThat((double) loss.value().item())
            .isCloseTo(Vectors.number(name, "L(lambda=.1)"), within(1e-6));
        assertThat(loss.logged().get("odds_loss"))
            .isCloseTo(Vectors.number(name, "L_or"), within(1e-6));
        assertThat(loss.logged().get("log_odds_ratio"))
            .isCloseTo(Vectors.number(name, "log_odds"), within(1e-6));
      }
    }
  }

  private static PairScores.Answers answer(float mean, int tokens) {
    Tensor sum = Tensor.of(new float[] {mean * tokens});
    return new PairScores.Answers(sum, sum, Tensor.of(new float[] {tokens}));
  }

  @Test
  void gradientMatchesFiniteDifferences() {
    try (LanguageModel model = TinyWorld.model(1)) {
      AnswerFormat format = new AnswerFormat(model);
      List<PairScores.Row> rows =
          List.of(
              row(format, "how do i fix the tea?", "please wash the tea.", "no."),
              row(format, "how do i make the bike?", "no.", "why ask me? go away."));

      GradientCheck.Slope slope =
          new GradientCheck(folder, m -> Orpo.loss(PairScores.of(m, rows), .5).value())
              .at(model, 1e-3);

      assertThat(slope.analytic()).isNotCloseTo(0, within(1e-2));
      assertThat(slope.numeric())
          .isCloseTo(slope.analytic(), within(.02 * Math.abs(slope.analytic())));
    }
  }

  private static PairScores.Row row(
      AnswerFormat format, String prompt, String chosen, String rejected) {
    return new PairScores.Row(format.pair(Plain.pair(0, prompt, chosen, rejected)), 0, 0, .9);
  }
}
