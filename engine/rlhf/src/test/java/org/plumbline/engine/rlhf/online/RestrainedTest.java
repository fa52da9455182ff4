// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.policy.Regularizers;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.GradientCheck;
import org.plumbline.engine.rlhf.Plain;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.rewards.RewardFunction;
import org.plumbline.engine.rlhf.training.AnswerPenalties;
import org.plumbline.engine.rlhf.training.Loss;

/** What keeps policies in check that learn from comparisons of their own answers. */
class RestrainedTest {
  private static final Batch TWO =
      Batch.of(
          List.of(
              new Sequence(new int[] {4, 5, 6, 7}, 2), new Sequence(new int[] {4, 8, 9, 10}, 1)));

  @TempDir Path folder;

  /** Means .3 and .5 of two and of three tokens: each answer counts the same. */
  @Test
  void theBonusIsTheMeanOverAnswersOfTheMeanOverTheirTokens() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor entropies = Tensor.of(new float[] {0, .2f, .4f, .3f, .5f, .7f}, 2, 3);

      Loss loss = new EntropyBonus(.5, 1).with(Loss.of(Tensor.scalar(1)), entropies, TWO);

      assertThat(loss.value().item()).isCloseTo(.8f, within(1e-6f));
      assertThat(loss.logged())
          .hasEntrySatisfying(
              "answer_entropy", entropy -> assertThat(entropy).isCloseTo(.4, within(1e-6)));
    }
  }

  @Test
  void itsGradientMatchesFiniteDifferences() {
    try (LanguageModel model = TinyWorld.model(1)) {
      for (double temperature : new double[] {1, .7}) {
        EntropyBonus bonus = new EntropyBonus(2, temperature);
        GradientCheck.Slope slope =
            new GradientCheck(folder, m -> bonus.on(Loss.of(Tensor.scalar(0)), m, TWO).value())
                .at(model, 1e-3);

        assertThat(slope.analytic()).isNotCloseTo(0, within(1e-4));
        assertThat(slope.analytic())
            .isCloseTo(slope.numeric(), within(.03 * Math.abs(slope.numeric())));
      }
    }
  }

  @Test
  void penaltiesChangeWhichAnswerIsBetter() throws IOException {
    FreshAnswer brief = answer("yes", true, 4, 5);
    FreshAnswer full = answer("yes please", true, 4, 5, 6, 7, 8);
    FreshAnswer again = answer("yes yes yes", true, 4, 4, 4, 4);
    FreshAnswer cut = answer("yes an", false, 4, 5, 6);
    RewardFunction letters =
        answers ->
            new RewardFunction.Scores(
                answers.stream().mapToDouble(e -> e.answer().text().length()).toArray(),
                new double[answers.size()]);

    assertThat(best(letters, new AnswerPenalties(0, null, null), brief, full)).isEqualTo(1);
    assertThat(
            best(
                letters,
                new AnswerPenalties(0, new Regularizers.LengthPenalty(3, 0), null),
                brief,
                full))
        .isZero();
    assertThat(
            best(
                letters,
                new AnswerPenalties(0, new Regularizers.LengthPenalty(3, 5), null),
                brief,
                full))
        .isEqualTo(1);
    assertThat(
            best(
                letters,
                new AnswerPenalties(0, null, new Regularizers.RepetitionPenalty(20, 2)),
                brief,
                again))
        .isZero();
    assertThat(best(letters, new AnswerPenalties(4, null, null), brief, cut)).isZero();
  }

  private static int best(RewardFunction reward, AnswerPenalties penalties, FreshAnswer... answers)
      throws IOException {
    try (RewardPreferences preferences =
        new RewardPreferences(reward, penalties, RewardPreferences::certain)) {
      return preferences.among(List.of(List.of(answers))).get(0).better();
    }
  }

  private static FreshAnswer answer(String text, boolean finished, int... tokens) {
    Exchange given = new Exchange(Plain.prompt("tea?"), Plain.answer(text), finished);
    return new FreshAnswer(given, Sequence.of(new int[] {1}, tokens));
  }
}
