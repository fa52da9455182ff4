// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plumbline.dsl.model.policy.Regularizers;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.rlhf.training.AnswerPenalties;

class ScoreShapingTest {
  private static final int[] TOKENS = {4, 5, 4, 5, 4};

  @ParameterizedTest
  @CsvSource({"80", "90", "100", "101"})
  void theSoftOverlongPenaltyMatchesTheWorkedExample(int length) {
    assertThat(-ScoreShaping.overlong(length, 100, 20))
        .isCloseTo(Vectors.number("4.overlong", String.valueOf(length)), within(1e-12));
  }

  @Test
  void repetitionIsTheShareOfWhatWasThereBefore() {
    assertThat(AnswerPenalties.repeated(TOKENS, 2)).isEqualTo(.5); // 45, 54, 45, 54
    assertThat(AnswerPenalties.repeated(TOKENS, 3)).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(AnswerPenalties.repeated(TOKENS, 5)).isZero();
    assertThat(AnswerPenalties.repeated(TOKENS, 6)).isZero();
  }

  @Test
  void penaltiesAreTakenOffAfterTheCut() {
    Regularizers all =
        new Regularizers(
            new Regularizers.Kl(0, null, 10_000, null),
            0,
            2.0,
            null,
            null,
            null,
            new Regularizers.LengthPenalty(.1, 2),
            new Regularizers.RepetitionPenalty(1, 2),
            null,
            null);

    assertThat(shaping(all).of(7, TOKENS, true)).isCloseTo(2 - .3 - .5, within(1e-12));
    assertThat(shaping(all).of(-1, new int[] {4}, true)).isEqualTo(-1);
  }

  @Test
  void scalingDividesByTheDeviationOfAllScoresSoFar() {
    ScoreShaping shaping = shaping(scaled(true));

    assertThat(shaping.of(3, TOKENS, true)).isEqualTo(3);
    shaping.see(new double[] {5, 5});
    assertThat(shaping.of(3, TOKENS, true)).as("all equal so far").isEqualTo(3);
    shaping.see(new double[] {1, 1});
    assertThat(shaping.of(3, TOKENS, true)).isCloseTo(1.5, within(1e-12));
  }

  @Test
  void withoutScalingScoresStayAsTheyAre() {
    ScoreShaping shaping = shaping(scaled(null));

    shaping.see(new double[] {5, 1});

    assertThat(shaping.of(3, TOKENS, true)).isEqualTo(3);
  }

  private static Regularizers scaled(@Nullable Boolean scaling) {
    return new Regularizers(
        new Regularizers.Kl(0, null, 10_000, null),
        0,
        null,
        null,
        scaling,
        null,
        null,
        null,
        null,
        null);
  }

  private static ScoreShaping shaping(Regularizers regularizers) {
    return new ScoreShaping(Methods.of(Methods.rloo(regularizers, Methods.Size.TINY)));
  }
}
