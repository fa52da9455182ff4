// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.GradientCheck;
import org.plumbline.engine.rlhf.Plain;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.losses.PairLosses;
import org.plumbline.engine.rlhf.preference.PairScores;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.rlhf.training.Loss;
import org.plumbline.engine.rlhf.training.TokenPair;

class DpoTest {
  private static final Prompt TEA = Plain.prompt("how do i fix the tea?");

  @TempDir Path folder;

  @Test
  void lossMatchesTheWorkedExample() {
    // log-probabilities -12 and -15 under the policy, -13 and -14 under the reference: h = 2
    assertThat(loss(.1f * 2, 1)).isCloseTo(Vectors.number("4.dpo", "loss"), within(1e-6));
    assertThat(loss(.1f * 2, .9f)).isCloseTo(Vectors.number("4.dpo", "cdpo.1"), within(1e-6));
  }

  @Test
  void slopeMatchesTheWorkedExample() {
    double h = 1e-2;

    double plain = .1 * (loss((float) (.2 + h), 1) - loss((float) (.2 - h), 1)) / (2 * h);
    double smoothed = .1 * (loss((float) (.2 + h), .9f) - loss((float) (.2 - h), .9f)) / (2 * h);

    assertThat(plain).isCloseTo(Vectors.number("9.grads", "dpo"), within(1e-5));
    assertThat(smoothed).isCloseTo(Vectors.number("9.grads", "cdpo.1"), within(1e-5));
  }

  @Test
  void lossAtTheReferenceIsLogTwoAndRewardsAreZero() {
    try (LanguageModel model = TinyWorld.model(1);
        TensorScope scope = TensorScope.open()) {
      Loss loss = loss(model, rows(model));

      assertThat((double) loss.value().item()).isCloseTo(StrictMath.log(2), within(1e-5));
      assertThat(loss.logged().get("chosen_reward")).isCloseTo(0, within(1e-5));
      assertThat(loss.logged().get("rejected_reward")).isCloseTo(0, within(1e-5));
    }
  }

  @Test
  void paddingNeverChangesTheLoss() {
    try (LanguageModel reference = TinyWorld.model(1);
        LanguageModel policy = TinyWorld.model(2);
        TensorScope scope = TensorScope.open()) {
      List<PairScores.Row> rows = rows(reference);
      double together = loss(policy, rows).value().item();

      double apart = 0;
      for (PairScores.Row row : rows) {
        apart += loss(policy, List.of(row)).value().item() / rows.size();
      }

      assertThat(together).isCloseTo(apart, within(1e-5));
    }
  }

  @Test
  void gradientMatchesFiniteDifferences() {
    try (LanguageModel reference = TinyWorld.model(1);
        LanguageModel policy = TinyWorld.model(2)) {
      List<PairScores.Row> rows = rows(reference);

      GradientCheck.Slope slope =
          new GradientCheck(folder, model -> loss(model, rows).value()).at(policy, 1e-3);

      assertThat(slope.analytic()).isNotCloseTo(0, within(1e-2));
      assertThat(slope.numeric())
          .isCloseTo(slope.analytic(), within(.02 * Math.abs(slope.analytic())));
    }
  }

  private static double loss(float gap, float target) {
    try (TensorScope scope = TensorScope.open()) {
      return PairLosses.logistic(Tensor.of(new float[] {gap}), Tensor.of(new float[] {target}))
          .item();
    }
  }

  private static Loss loss(LanguageModel policy, List<PairScores.Row> rows) {
    return Dpo.loss(PairScores.of(policy, rows), .1, 0);
  }

  /** Pairs of different lengths, with the model's own log-probabilities as the reference's. */
  private static List<PairScores.Row> rows(LanguageModel model) {
    AnswerFormat format = new AnswerFormat(model);
    List<PairScores.Row> rows = new ArrayList<>();
    String[][] pairs = {{"please wash the tea.", "no."}, {"no.", "why ask me? go away."}};
    for (String[] pair : pairs) {
      TokenPair tokens =
          format.pair(new Pair(0, TEA, Plain.answer(pair[0]), Plain.answer(pair[1]), 1, 1, 1));
      try (TensorScope scope = TensorScope.open()) {
        float[] sums =
            model.tokenLogProbs(Batch.of(TokenPair.rows(List.of(tokens)))).sum(1).toFloatArray();
        rows.add(new PairScores.Row(tokens, sums[0], sums[1], 1));
      }
    }
    return rows;
  }
}
