// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.plumbline.dsl.model.feedback.RichFeedbackSpec.SpanUnit;
import org.plumbline.dsl.model.reward.FittedRewardSpec.StepScore;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.ScalarHead;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.rlhf.Plain;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.training.AnswerFormat;

/** How scores of answers are read from what a model says of their parts. */
class PartReadingTest {

  @Test
  void probabilitiesBecomeTheScoresOfTheWorkedExample() {
    double[] right = {.99, .9, .97, .6};
    double[] logits = Arrays.stream(right).map(p -> Math.log(p / (1 - p))).toArray();

    assertThat(score(new StepReading(".", StepScore.PRODUCT), logits))
        .isCloseTo(Vectors.number("2.prm", "prod"), within(1e-12));
    assertThat(score(new StepReading(".", StepScore.MIN), logits))
        .isCloseTo(Vectors.number("2.prm", "min"), within(1e-12));
    assertThat(score(new StepReading(".", StepScore.LAST), logits))
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
      double alone = PartScores.scores(model, List.of(first), LastTokenReading.PLAIN)[0];

      assertThat(steps).hasSize(3);
      assertThat(places[2]).isEqualTo(row.length() - 1);
      assertThat(steps[0]).isCloseTo(alone, within(1e-5));
      StepReading product = new StepReading(".", StepScore.PRODUCT);
      PartScores.Read read = PartScores.read(model, List.of(whole), product).get(0);
      assertThat(read.score()).isCloseTo(score(product, steps), within(1e-6));
      assertThat(read.ends()).containsExactly(20, 24, 28);
    }
  }

  private static double score(Reading reading, double[] said) {
    return reading.start() + Arrays.stream(reading.rewards(said)).sum();
  }

  /** Relevance +, - and factuality +, + of two parts, and completeness of the whole answer. */
  @Test
  void partsRewardTheirLastTokensAsInTheWorkedExample() {
    Map<String, Double> weights = new LinkedHashMap<>();
    weights.put("relevance", 0.3);
    weights.put("factuality", 0.5);
    SpanReading reading = new SpanReading(SpanUnit.SENTENCE, weights);
    double sure = 50; // 2 sigmoid(50) - 1 is 1

    double[] parts = reading.rewards(new double[] {sure, sure, -sure, sure});
    double completeness = 0.3 * (2.0 + 0.446777) / 8.301161;
    double[] tokens = new double[8];
    new RewardFunction.PartRewards(List.of(10, 20), parts)
        .addTo(tokens, new int[] {3, 7}, parts[0] + parts[1] + completeness);

    assertThat(tokens).containsExactly(Vectors.list("2.fine", ""), within(1e-9));
  }

  /** Whatever parts an answer has, and however it was cut, its tokens get its reward. */
  @Test
  void rewardsOfTokensAddUpToTheReward() {
    RewardFunction.PartRewards parts =
        new RewardFunction.PartRewards(List.of(3, 5, 9), new double[] {0.25, -1, 4});
    for (int[] places : new int[][] {{}, {1}, {1, 2}, {0, 2, 3}}) {
      double[] tokens = new double[4];

      parts.addTo(tokens, places, 0.5);

      assertThat(Arrays.stream(tokens).sum()).isCloseTo(0.5, within(1e-12));
    }
  }

  private static Exchange exchange(String answer, boolean finished) {
    return new Exchange(Plain.prompt("how do i fix the tea?"), Plain.answer(answer), finished);
  }
}
