// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.JudgedSpec;
import org.plumbline.dsl.model.ModelSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.model.values.ValuesSpec;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.artifact.JudgedAnswer;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.store.content.Artifact;

/** Who answers better, by a judge that follows rules. */
class JudgeAnswersTest {

  @TempDir Path folder;

  private FolderContext context(String name, int prompts, long policy, long reference) {
    FeatureSpec vowels = new FeatureSpec.ContainsAny(List.of("a", "e"));
    return FolderContext.in(
            folder.resolve(name), new JudgedSpec("ppo", "sft", "prompts", "ai", 8), 11)
        .input("policy", TinyWorld.untrained(folder.resolve("model-" + policy), policy))
        .input("reference", TinyWorld.untrained(folder.resolve("model-" + reference), reference))
        .input("prompts", TinyWorld.promptData(folder.resolve("prompts-" + prompts), prompts))
        .declare(Section.EVALUATORS, "ai", judge())
        .declare(Section.MODELS, "judge", new ModelSpec.Rules("good", 3))
        .declare(
            Section.VALUES,
            "good",
            new ValuesSpec(null, Map.of("vowels", vowels), Map.of("vowels", 1.0)));
  }

  private static EvaluatorsSpec judge() {
    return new EvaluatorsSpec(
        null,
        0.5,
        null,
        new EvaluatorsSpec.Judge("judge", Map.of("vowels", "Choose the answer with vowels.")));
  }

  @Test
  void everyPromptIsJudgedInBothOrdersAndThePriceIsCounted() throws IOException {
    Artifact judged = context("both", 20, 3, 4).run(new JudgeAnswers());

    List<JudgedAnswer> verdicts = JudgedAnswer.read(judged.folder());
    assertThat(verdicts).extracting(JudgedAnswer::index).hasSize(20).doesNotHaveDuplicates();
    assertThat(verdicts).allMatch(v -> v.win() >= 0 && v.win() <= 1);
    int labels = Files.readAllLines(judged.file("labels.jsonl")).size();
    FeedbackSummary summary = FeedbackSummary.read(judged.folder());
    int asked = 20 - JsonFiles.read(judged.file("summary.json")).path("identical").asInt();
    assertThat(labels).isEqualTo(2 * asked);
    assertThat(summary.labels()).isEqualTo(labels);
    assertThat(summary.cost()).isEqualTo(0.5 * labels);
  }

  @Test
  void whoIsComparedWithItselfTiesAndNobodyIsAsked() throws IOException {
    Artifact judged = context("same", 20, 3, 3).run(new JudgeAnswers());

    assertThat(JudgedAnswer.read(judged.folder())).allMatch(v -> v.win() == 0.5);
    assertThat(FeedbackSummary.read(judged.folder()).labels()).isZero();
  }

  @Test
  void theOtherWayRoundItIsTheOtherWayRound() throws IOException {
    List<JudgedAnswer> one =
        JudgedAnswer.read(context("one", 20, 3, 4).run(new JudgeAnswers()).folder());
    List<JudgedAnswer> other =
        JudgedAnswer.read(context("other", 20, 4, 3).run(new JudgeAnswers()).folder());

    double wins = one.stream().mapToDouble(JudgedAnswer::win).average().orElseThrow();
    double losses = other.stream().mapToDouble(JudgedAnswer::win).average().orElseThrow();
    assertThat(wins + losses).isBetween(0.7, 1.3);
  }

  @Test
  void stoppedAndGoneOnItIsTheSameAndNothingIsAskedTwice() throws IOException {
    Artifact whole = context("whole", 150, 3, 4).run(new JudgeAnswers());
    FolderContext interrupted = context("interrupted", 150, 3, 4);

    Artifact resumed = interrupted.runInterrupted(new JudgeAnswers(), 0);

    assertThat(interrupted.checkpointStep()).isEqualTo(128);
    assertThat(resumed.digest()).isEqualTo(whole.digest());
  }
}
