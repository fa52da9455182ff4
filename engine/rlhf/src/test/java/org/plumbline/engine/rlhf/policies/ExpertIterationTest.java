// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.policy.OnlinePolicySpec;
import org.plumbline.dsl.model.policy.OnlinePolicySpec.Keep;
import org.plumbline.dsl.model.training.SamplingSpec;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.Plain;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.rewards.RewardFunction;
import org.plumbline.engine.run.StageFailure;

/** What ends expert iteration before its last iteration, and what is said of its reward. */
class ExpertIterationTest {
  private static final int PROMPTS = 3;
  private static final int ASKED = 6;
  private static final int STEPS = 10;
  private static final double RATE = 1e-3;

  @TempDir Path folder;

  private FolderContext context = FolderContext.in(Path.of(""), "", 1);

  private void train(Keep keep, @Nullable Double threshold, RewardFunction reward)
      throws IOException {
    context =
        FolderContext.in(
            folder,
            new OnlinePolicySpec.ExpertIteration(
                "base",
                "rm",
                "prompts",
                3,
                ASKED / PROMPTS,
                keep,
                threshold,
                0,
                OnlinePolicySpec.StartFrom.LATEST,
                STEPS,
                2,
                RATE,
                new SamplingSpec(1, 6)),
            1);
    Files.createDirectories(context.output());
    try (LanguageModel model = TinyWorld.model(1)) {
      ExpertIteration.train(context, model, reward, Plain.prompts(TinyWorld.prompts(PROMPTS)));
    }
  }

  private JsonNode summary() throws IOException {
    return JsonFiles.read(context.output().resolve("summary.json"));
  }

  private static double[] lengths(List<Exchange> answers) {
    return answers.stream().mapToDouble(given -> given.answer().text().length()).toArray();
  }

  private static double[] all(double score, List<Exchange> answers) {
    double[] scores = new double[answers.size()];
    Arrays.fill(scores, score);
    return scores;
  }

  /** By length in the first call, and less than nothing afterwards. */
  private static RewardFunction souring() {
    int[] calls = {0};
    return answers ->
        new RewardFunction.Scores(
            ++calls[0] == 1 ? lengths(answers) : all(-1, answers), new double[answers.size()]);
  }

  @Test
  void aThresholdThatALaterIterationMissesKeepsWhatWasLearned() throws IOException {
    train(Keep.THRESHOLD, 0.0, souring());

    assertThat(summary().path("steps").asInt()).isEqualTo(STEPS);
    assertThat(summary().path("answers").asInt()).isEqualTo(2 * ASKED);
    assertThat(summary().path("kept").asInt()).isEqualTo(ASKED);
    assertThat(context.notes())
        .contains(
            "it stops after 1 of 3 iterations: none of 6 answers of iteration 2 reaches the reward"
                + " 0.00; the best has -1.00");
    assertThat(context.notes()).noneMatch(note -> note.contains("nothing was learned from it"));
  }

  @Test
  void aThresholdThatTheFirstIterationMissesIsAMistake() {
    assertThatThrownBy(() -> train(Keep.THRESHOLD, 1e6, souring()))
        .isInstanceOfSatisfying(
            StageFailure.class,
            failure -> {
              assertThat(failure.code()).isEqualTo("PLB0509");
              assertThat(failure.setting()).isEqualTo("threshold");
            });
  }

  @Test
  void aRewardThatSaysTheSameOfAllAnswersIsNotedOnce() throws IOException {
    train(
        Keep.BEST,
        null,
        answers -> new RewardFunction.Scores(all(.5, answers), new double[answers.size()]));

    assertThat(summary().path("answers").asInt()).isEqualTo(3 * ASKED);
    assertThat(context.notes())
        .filteredOn(note -> note.contains("nothing was learned from it"))
        .containsExactly(
            "in iteration 1 the reward scored all answers 0.5: nothing was learned from it");
  }

  @Test
  void aBudgetBelowTheFirstIterationIsRefusedInItsOwnWords() {
    assertThatThrownBy(() -> train(Keep.BEST, null, new Poor(ASKED - 1)))
        .isInstanceOfSatisfying(
            StageFailure.class,
            failure -> {
              assertThat(failure.code()).isEqualTo("PLB0326");
              assertThat(failure.setting()).isEqualTo("group_size");
              assertThat(failure).hasMessageContaining("6 answers: 2 to each of 3 prompts");
              assertThat(failure.help()).contains("lower `group_size`").contains("fewer prompts");
            });
  }

  @Test
  void aBudgetThatEndsLaterEndsTraining() throws IOException {
    train(Keep.BEST, null, new Poor(2 * ASKED));

    assertThat(summary().path("steps").asInt()).isEqualTo(2 * STEPS);
    assertThat(summary().path("answers").asInt()).isEqualTo(2 * ASKED);
    assertThat(context.notes())
        .contains(
            "it stops after 2 of 3 iterations: what is left of the reward's budget does not pay for"
                + " the next");
  }

  @Test
  void shortIterationsReachTheirLearningRate() throws IOException {
    train(Keep.BEST, null, new Poor(3 * ASKED));

    List<JsonNode> rows =
        JsonFiles.readLines(context.output().resolve("metrics.jsonl"), row -> row);
    for (int iteration = 0; iteration < 3; iteration++) {
      List<Double> rates =
          rows.subList(iteration * STEPS, (iteration + 1) * STEPS).stream()
              .map(row -> row.path("learning_rate").asDouble())
              .toList();
      assertThat(rates).contains(RATE);
      assertThat(rates.get(0)).isEqualTo(RATE / 2);
      assertThat(rates.get(STEPS - 1)).isLessThan(RATE / 3);
    }
  }

  /** By length, for so many answers. */
  private static final class Poor implements RewardFunction {
    private int left;

    Poor(int left) {
      this.left = left;
    }

    @Override
    public boolean affords(int answers) {
      return answers <= left;
    }

    @Override
    public Scores score(List<Exchange> answers) {
      left -= answers.size();
      return new Scores(lengths(answers), new double[answers.size()]);
    }
  }
}
