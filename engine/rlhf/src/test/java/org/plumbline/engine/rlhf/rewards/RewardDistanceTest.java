// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.reward.RewardSpec;
import org.plumbline.dsl.model.training.OptimiserSpec;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.Plain;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.store.content.Artifact;

class RewardDistanceTest {
  private static final RewardSpec.BradleyTerry SETTINGS =
      new RewardSpec.BradleyTerry(
          "base",
          "prefs",
          1,
          RewardSpec.Combine.MEAN,
          .5,
          .1,
          40,
          16,
          new OptimiserSpec(3e-3, .01),
          0);

  @TempDir Path folder;

  private RewardModel fitted(Artifact feedback) throws IOException {
    return RewardModel.open(
        FolderContext.in(folder.resolve("rm"), SETTINGS, 3)
            .input("from", TinyWorld.untrained(folder.resolve("base"), 1))
            .input("feedback", feedback)
            .run(new BradleyTerry()));
  }

  private static Exchange given(String prompt, String answer) {
    return Exchange.of(Plain.prompt(prompt), Plain.answer(answer));
  }

  @Test
  void answersLikeThoseThatItLearnedFromAreNearAndOthersAreFar() throws IOException {
    Artifact feedback = TinyWorld.feedback(folder.resolve("prefs"), 200);
    try (RewardModel reward = fitted(feedback)) {
      RewardDistance distance = Objects.requireNonNull(RewardDistance.of(reward, feedback, 5));

      List<Exchange> alike =
          List.of(
              given("how do i fix the boat?", "please stir the boat."),
              given("how do i make the tea?", "go away."),
              given("how do i make the cake?", "thank you, wash the cake."),
              given("how do i fix the wall?", "why ask me about the wall?"));
      List<Exchange> strange =
          List.of(
              given("how do i fix the boat?", "boat boat boat boat boat boat"),
              given("tea tea", "how how do i"),
              given("how do i make the cake?", "the wash you thank the the"),
              given("away", "?????"));

      assertThat(distance.beyond(alike)).isLessThanOrEqualTo(.25);
      assertThat(distance.beyond(strange)).isGreaterThanOrEqualTo(.75);
    }
  }

  @Test
  void fromTooFewAnswersNothingIsMeasured() throws IOException {
    Artifact feedback = TinyWorld.feedback(folder.resolve("prefs"), 200);
    Artifact few = TinyWorld.feedback(folder.resolve("few"), 3);
    try (RewardModel reward = fitted(feedback)) {
      assertThat(RewardDistance.of(reward, few, 5)).isNull();
    }
  }

  /** The head that says a state is linear in it: what it says can be computed from the state. */
  @Test
  void statesAreWhatTheHeadReads() throws IOException {
    Artifact feedback = TinyWorld.feedback(folder.resolve("prefs"), 40);
    try (RewardModel reward = fitted(feedback);
        TensorScope scope = TensorScope.open()) {
      LanguageModel model = reward.first();
      Batch batch =
          Batch.of(
              List.of(
                  Sequence.of(new int[] {5, 6, 7}, new int[] {8, 9}),
                  Sequence.of(new int[] {4}, new int[] {3, 2, 9})));
      float[] states = model.lastStates(batch).toFloatArray();
      float[] head = model.parameters().get("score.weight").toFloatArray();
      float[] scores = model.score(batch).toFloatArray();

      for (int row = 0; row < 2; row++) {
        double sum = 0;
        for (int i = 0; i < head.length; i++) {
          sum += head[i] * states[row * head.length + i];
        }
        assertThat(sum).isCloseTo(scores[row], within(1e-5));
      }
    }
  }
}
