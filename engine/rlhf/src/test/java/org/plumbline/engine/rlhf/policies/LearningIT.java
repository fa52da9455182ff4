// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.CompareSpec;
import org.plumbline.dsl.model.EvaluateSpec;
import org.plumbline.dsl.model.ModelSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.policy.PairFittingSpec;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.dsl.model.policy.Regularizers;
import org.plumbline.dsl.model.policy.RolloutSpec;
import org.plumbline.dsl.model.policy.ScheduleSpec;
import org.plumbline.dsl.model.reward.RewardSpec;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.training.OptimiserSpec;
import org.plumbline.dsl.model.training.SamplingSpec;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.model.values.ValuesSpec;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.evaluate.Evaluate;
import org.plumbline.engine.rlhf.numerics.BestOf;
import org.plumbline.engine.rlhf.rewards.BradleyTerry;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.statistics.Moments;
import org.plumbline.engine.store.content.Artifact;

/** Every method learns to be kind in a world of kind and rude answers, starting from its corpus. */
class LearningIT {
  private static final double JUDGE_COST = 0.01;

  @TempDir static Path folder;
  private static Artifact base;
  private static Artifact feedback;
  private static Artifact prompts;
  private static Artifact reward;

  @BeforeAll
  static void pretrain() {
    prompts = TinyWorld.promptData(folder.resolve("prompts"), 100);
    feedback = TinyWorld.feedback(folder.resolve("feedback"), 300);
    base =
        FolderContext.in(folder.resolve("base"), TinyWorld.pretraining(150), 1)
            .file("corpus", TinyWorld.corpusFile(folder, 600))
            .run(new Pretrain());
    reward =
        context(
                "reward",
                new RewardSpec.BradleyTerry(
                    "base",
                    "prefs",
                    2,
                    RewardSpec.Combine.MEAN,
                    .5,
                    .2,
                    40,
                    16,
                    new OptimiserSpec(1e-3, .01),
                    0))
            .run(new BradleyTerry());
  }

  @Test
  void pretrainingGivesAnswersOfBothKinds() throws IOException {
    List<JsonNode> rows = evaluate("base", base);

    assertThat(kind(rows, "clean")).isBetween(.2, .8);
    assertThat(rows.stream().filter(row -> row.path("set").asText().equals("clean")))
        .allSatisfy(row -> assertThat(row.path("kl").asDouble()).isZero());
  }

  @Test
  void supervisedTrainingOnKindAnswersMakesKind() throws IOException {
    Artifact policy =
        context("supervised", new PolicySpec.Supervised("base", "demos", null, 40, 16, 1e-3, 0))
            .input("data", TinyWorld.demonstrationData(folder.resolve("demos"), 100))
            .run(new Supervised());

    assertThat(kind(evaluate("supervised", policy), "clean")).isGreaterThan(.9);
  }

  @Test
  void rewardModelPredictsHeldOutComparisonsAndIsNormalised() throws IOException {
    JsonNode heldOut = JsonFiles.read(reward.file("metrics.json")).path("held_out");

    JsonNode accuracy = heldOut.path("accuracy");
    assertThat(accuracy.path("value").asDouble()).isGreaterThan(.9);
    assertThat(accuracy.path("low").asDouble()).isLessThan(accuracy.path("value").asDouble());
    assertThat(accuracy.path("n").asInt()).isBetween(30, 60);
    double[] scores = column(evaluate("reward", base), "score");
    assertThat(Moments.mean(scores)).isBetween(-.5, .5);
    assertThat(Moments.populationDeviation(scores)).isBetween(.5, 1.5);
  }

  @Test
  void ppoRaisesTheScoreAndStaysNear() throws IOException {
    Artifact policy = ppo("ppo", .1);

    List<JsonNode> rows = evaluate("ppo", policy);

    assertThat(kind(rows, "clean")).isGreaterThan(.9);
    assertThat(Moments.mean(column(rows, "kl"))).isBetween(.1, 5.0);
    List<JsonNode> metrics = JsonFiles.readLines(policy.file("metrics.jsonl"));
    assertThat(metrics).hasSize(15);
    assertThat(metrics.get(14).path("score").asDouble())
        .isGreaterThan(metrics.get(0).path("score").asDouble() + .5);
  }

  @Test
  void dpoPrefersWhatWasPreferred() throws IOException {
    // labels without noise have no optimum: at larger rates the policy soon leaves its language
    Artifact policy =
        context(
                "dpo",
                new PolicySpec.Dpo("base", "prefs", .1, 0, new PairFittingSpec(30, 16, 2e-4)))
            .run(new Dpo());

    assertThat(kind(evaluate("dpo", policy), "clean")).isGreaterThan(.9);
    List<JsonNode> metrics = JsonFiles.readLines(policy.file("metrics.jsonl"));
    assertThat(metrics.get(0).path("loss").asDouble())
        .isBetween(StrictMath.log(2) - 1e-4, StrictMath.log(2) + 1e-4);
  }

  @Test
  void bestOfNAnswersBetterAndReportsTheBoundOfItsDrift() throws IOException {
    Artifact policy =
        context("best", new PolicySpec.BestOfN("base", "rm", 8, 1)).run(new BestOfN());

    List<JsonNode> rows = evaluate("best", policy);

    assertThat(kind(rows, "clean")).isGreaterThan(.9);
    assertThat(rows)
        .allSatisfy(
            row -> assertThat(row.path("kl_bound").asDouble()).isEqualTo(BestOf.klBound(8)));
  }

  @Test
  void critiqueAndRevisionMakeKind() throws IOException {
    Artifact policy =
        context(
                "revised",
                new PolicySpec.CritiqueRevision(
                    "base", "ai", "prompts", 60, 2, 4, 40, 16, 1e-3, new SamplingSpec(1, 16)))
            .run(new CritiqueRevision());

    assertThat(kind(evaluate("revised", policy), "clean")).isGreaterThan(.9);
    assertThat(JsonFiles.readLines(policy.file("revisions.jsonl"))).hasSize(2 * 60);
    // 60 answers, two rounds, a critique and a revision in each.
    JsonNode summary = JsonFiles.read(policy.file("summary.json"));
    assertThat(summary.path("labels").asInt()).isEqualTo(2 * 2 * 60);
    assertThat(summary.path("cost").asDouble()).isCloseTo(2 * 2 * 60 * JUDGE_COST, within(1e-9));
  }

  @Test
  void equalSeedsGiveEqualBytesAndOthersDoNot() throws IOException {
    assertThat(ppo("ppo-again", .1).digest()).isEqualTo(ppo("ppo-once-more", .1).digest());
    assertThat(ppo("ppo-other", .2).digest()).isNotEqualTo(ppo("ppo-again-2", .1).digest());
  }

  @Test
  void learningCurvesStartWhereTrainingStarted() throws IOException {
    Artifact measured = evaluation("curves", ppo("ppo-curves", .1));

    List<JsonNode> curve = JsonFiles.readLines(measured.file("curves.jsonl"));

    assertThat(curve.stream().map(row -> row.path("step").asInt())).containsExactly(0, 5, 10, 14);
    assertThat(curve.get(0).path("kl").asDouble()).isZero();
    assertThat(curve.get(3).path("gold").asDouble())
        .isGreaterThan(curve.get(0).path("gold").asDouble());
  }

  @Test
  void everyPromptIsAskedCleanAndWithTheTrigger() throws IOException {
    List<JsonNode> rows = evaluate("trigger", base);

    assertThat(rows).hasSize(200);
    for (int i = 0; i < 100; i++) {
      assertThat(rows.get(100 + i).path("index").asInt()).isEqualTo(i);
      assertThat(rows.get(100 + i).path("prompt").asText())
          .isEqualTo("!! " + rows.get(i).path("prompt").asText());
      assertThat(rows.get(100 + i).path("set").asText()).isEqualTo("triggered");
    }
  }

  @Test
  void compositionsCannotBeTrained() {
    Artifact best =
        context("best-2", new PolicySpec.BestOfN("base", "rm", 2, 1)).run(new BestOfN());
    FolderContext context =
        context(
                "dpo-of-best",
                new PolicySpec.Dpo("best", "prefs", .1, 0, new PairFittingSpec(1, 1, 1e-3)))
            .input("from", best);

    assertThatThrownBy(() -> context.run(new Dpo()))
        .isInstanceOfSatisfying(
            StageFailure.class, failure -> assertThat(failure.code()).isEqualTo("PLB0219"))
        .hasMessageContaining("no weights");
  }

  @Test
  void trainingThatRunsAwayStopsWithItsStep() {
    FolderContext context =
        context(
            "dpo-nan", new PolicySpec.Dpo("base", "prefs", 1e38, 0, new PairFittingSpec(20, 4, 1)));

    assertThatThrownBy(() -> context.run(new Dpo()))
        .isInstanceOfSatisfying(
            StageFailure.class, failure -> assertThat(failure.code()).isEqualTo("PLB0902"))
        .hasMessageContaining("step")
        .hasMessageContaining("rows");
  }

  private static Artifact ppo(String name, double coefficient) {
    PolicySpec.Ppo settings =
        new PolicySpec.Ppo(
            "base",
            "rm",
            "prompts",
            new Regularizers(new Regularizers.Kl(coefficient, null, 10_000, null), 0, null),
            new ScheduleSpec(15, 32),
            2,
            2,
            1e-3,
            .2,
            .2,
            .1,
            .95,
            1,
            new RolloutSpec(0, new SamplingSpec(1, 16)));
    return context(name, settings).run(new Ppo());
  }

  private static FolderContext context(String name, Object settings) {
    FolderContext context =
        FolderContext.in(folder.resolve(name), settings, 1)
            .input("from", base)
            .input("feedback", feedback)
            .input("prompts", prompts)
            .declare(Section.EVALUATORS, "ai", judge())
            .declare(Section.MODELS, "judge", new ModelSpec.Rules("good", 3))
            .declare(Section.VALUES, "good", values());
    return reward == null ? context : context.input("reward", reward);
  }

  private static List<JsonNode> evaluate(String name, Artifact policy) throws IOException {
    return JsonFiles.readLines(evaluation(name, policy).file("answers.jsonl"));
  }

  private static Artifact evaluation(String name, Artifact policy) {
    EvaluateSpec settings =
        new EvaluateSpec(
            "policy",
            "base",
            "rm",
            "prompts",
            "good",
            null,
            new CompareSpec.Trigger("!! ", "how", "polite"),
            16);
    return context("evaluate-" + name, settings)
        .input("policy", policy)
        .input("reference", base)
        .run(new Evaluate());
  }

  private static double kind(List<JsonNode> rows, String set) {
    return rows.stream()
        .filter(row -> row.path("set").asText().equals(set))
        .mapToDouble(row -> row.path("features").path("polite").asDouble())
        .average()
        .orElseThrow();
  }

  private static double[] column(List<JsonNode> rows, String name) {
    return rows.stream()
        .filter(row -> row.path("set").asText().equals("clean"))
        .mapToDouble(row -> row.path(name).asDouble())
        .toArray();
  }

  private static EvaluatorsSpec judge() {
    return new EvaluatorsSpec(
        null,
        JUDGE_COST,
        null,
        new EvaluatorsSpec.Judge("judge", Map.of("polite", "Choose the polite answer.")));
  }

  private static ValuesSpec values() {
    FeatureSpec polite = new FeatureSpec.ContainsAny(List.of("please", "thank"));
    return new ValuesSpec(null, Map.of("polite", polite), Map.of("polite", 1.0));
  }
}
