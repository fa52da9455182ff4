// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plumbline.dsl.model.reward.FittedRewardSpec.StepScore;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.ScalarHead;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.rlhf.Plain;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.training.AnswerFormat;

class StepReadingTest {

  @Test
  void probabilitiesBecomeTheScoresOfTheWorkedExample() {
    double[] right = {.99, .9, .97, .6};
    double[] logits = Arrays.stream(right).map(p -> Math.log(p / (1 - p))).toArray();

    assertThat(new StepReading(".", StepScore.PRODUCT).combined(logits))
        .isCloseTo(Vectors.number("2.prm", "prod"), within(1e-12));
    assertThat(new StepReading(".", StepScore.MIN).combined(logits))
        .isCloseTo(Vectors.number("2.prm", "min"), within(1e-12));
    assertThat(new StepReading(".", StepScore.LAST).combined(logits))
        .isCloseTo(Vectors.number("2.prm", "last"), within(1e-12));
  }

  /** What follows a step cannot change what is said of it. */
  @Test
  void aStepIsReadAtItsLastToken() {
    try (LanguageModel model = TinyWorld.model(3).withHead(ScalarHead.REWARD, 0.5, 1)) {
      AnswerFormat format = new AnswerFormat(model);
      Exchange whole = exchange("please turn the tea. no. why", false);
      Sequence row = format.example(whole);
      int[] places = format.lastTokens(whole.prompt(), row, List.of(20, 24, 28));
      Exchange first = exchange("please turn the tea.", false);

      double[] steps = PartScores.of(model, List.of(row), List.of(places)).get(0);
      double alone = Reading.LAST_TOKEN.of(model, List.of(first))[0];

      assertThat(steps).hasSize(3);
      assertThat(places[2]).isEqualTo(row.length() - 1);
      assertThat(steps[0]).isCloseTo(alone, within(1e-5));
      assertThat(new StepReading(".", StepScore.PRODUCT).of(model, List.of(whole))[0])
          .isCloseTo(new StepReading(".", StepScore.PRODUCT).combined(steps), within(1e-6));
    }
  }

  private static Exchange exchange(String answer, boolean finished) {
    return new Exchange(Plain.prompt("how do i fix the tea?"), Plain.answer(answer), finished);
  }
}
