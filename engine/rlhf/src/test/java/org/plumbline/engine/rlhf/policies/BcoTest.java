// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.policy.PairFittingSpec;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.GradientCheck;
import org.plumbline.engine.rlhf.Plain;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.rlhf.preference.AnswerScores;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.rlhf.training.TokenPair;
import org.plumbline.engine.store.content.Artifact;

class BcoTest {
  private static final double BETA = .1;

  @TempDir Path folder;

  @Test
  void lossMatchesTheWorkedExample() {
    double[] expected = Vectors.list("4.kto", "bco(delta=.05)");

    assertThat(loss(1, 1)).isCloseTo(expected[0], within(1e-6));
    assertThat(loss(-1, 0)).isCloseTo(expected[1], within(1e-6));
  }

  /** The loss of an answer whose shift is 0.05. */
  private static double loss(float ratio, float good) {
    try (TensorScope scope = TensorScope.open()) {
      AnswerScores one =
          new AnswerScores(Tensor.of(new float[] {ratio}), Tensor.of(new float[] {good}), .5);
      return Bco.loss(one, BETA).value().item();
    }
  }

  @Test
  void gradientMatchesFiniteDifferences() {
    try (LanguageModel model = TinyWorld.model(1)) {
      AnswerFormat format = new AnswerFormat(model);
      TokenPair pair =
          format.pair(Plain.pair(0, "how do i fix the tea?", "please wash it.", "no."));
      List<AnswerScores.Row> rows =
          List.of(
              new AnswerScores.Row(pair.chosen(), -60, true),
              new AnswerScores.Row(pair.rejected(), -20, false));

      GradientCheck.Slope slope =
          new GradientCheck(folder, m -> Bco.loss(AnswerScores.of(m, rows, .4), BETA).value())
              .at(model, 1e-3);

      assertThat(slope.analytic()).isNotCloseTo(0, within(1e-3));
      assertThat(slope.numeric())
          .isCloseTo(slope.analytic(), within(.02 * Math.abs(slope.analytic())));
    }
  }

  @Test
  void theShiftFollowsTheRewardsOfTheStepsBefore() throws IOException {
    Artifact trained =
        FolderContext.in(
                folder.resolve("work"),
                PreferenceMethods.settings(new Bco(), new PairFittingSpec(6, 8, 1e-2)),
                1)
            .input("from", TinyWorld.untrained(folder.resolve("base"), 1))
            .input("feedback", TinyWorld.feedback(folder.resolve("prefs"), 40))
            .run(new Bco());

    double mean = 0;
    for (JsonNode row : JsonFiles.readLines(trained.file("metrics.jsonl"))) {
      assertThat(row.path("shift").asDouble()).isCloseTo(BETA * mean, within(1e-6));
      mean += .1 * (row.path("log_ratio").asDouble() - mean);
    }
    assertThat(mean).isNotCloseTo(0, within(1e-3));
  }
}
