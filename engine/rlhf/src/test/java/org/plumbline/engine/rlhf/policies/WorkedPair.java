// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.Slopes;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.GradientCheck;
import org.plumbline.engine.rlhf.Plain;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.preference.PairScores;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.rlhf.training.Loss;

/**
 * A pair in numbers.
 *
 * @param logProb of the chosen and of the rejected answer
 * @param reference the same under the reference
 * @param tokens of the two answers
 */
record WorkedPair(float[] logProb, float[] reference, float[] tokens) {

  /** The pair of the reference sheet's section 4.11. */
  static WorkedPair dpo() {
    return new WorkedPair(new float[] {-12, -15}, new float[] {-13, -14}, new float[] {6, 10});
  }

  /** The loss where a share of votes is for the chosen answer. */
  double loss(Function<PairScores, Loss> loss, double votes) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor chosen = Tensor.of(new float[] {logProb[0]});
      Tensor rejected = Tensor.of(new float[] {logProb[1]});
      return loss.apply(scores(chosen, rejected, votes)).value().item();
    }
  }

  /** The derivative with respect to the chosen answer's log-probability. */
  double slope(Function<PairScores, Loss> loss) {
    return Slopes.of(
        leaves -> loss.apply(scores(leaves.get(0), leaves.get(1), 1)).value(),
        new float[] {logProb[0]},
        new float[] {logProb[1]})[0][0];
  }

  private PairScores scores(Tensor chosen, Tensor rejected, double votes) {
    return new PairScores(answer(chosen, 0), answer(rejected, 1), new double[] {votes});
  }

  private PairScores.Answers answer(Tensor logProb, int which) {
    return new PairScores.Answers(
        logProb, logProb.sub(reference[which]), Tensor.of(new float[] {tokens[which]}));
  }

  /** The loss's gradient through a whole model agrees with differences, votes being divided. */
  static void assertGradient(Path folder, Function<PairScores, Loss> loss) {
    try (LanguageModel model = TinyWorld.model(1)) {
      AnswerFormat format = new AnswerFormat(model);
      List<PairScores.Row> rows =
          List.of(
              row(format, "how do i fix the tea?", "please wash the tea.", "no."),
              row(format, "how do i make the bike?", "no.", "why ask me? go away."));

      GradientCheck.Slope slope =
          new GradientCheck(folder, m -> loss.apply(PairScores.of(m, rows)).value())
              .at(model, 1e-3);

      assertThat(slope.analytic()).isNotCloseTo(0, within(1e-2));
      assertThat(slope.numeric())
          .isCloseTo(slope.analytic(), within(.02 * Math.abs(slope.analytic())));
    }
  }

  private static PairScores.Row row(
      AnswerFormat format, String prompt, String chosen, String rejected) {
    return new PairScores.Row(format.pair(Plain.pair(0, prompt, chosen, rejected)), -40, -25, .9);
  }
}
