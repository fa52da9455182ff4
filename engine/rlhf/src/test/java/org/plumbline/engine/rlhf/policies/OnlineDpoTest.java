// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.plumbline.dsl.model.ModelSpec;
import org.plumbline.dsl.model.MonitorsSpec;
import org.plumbline.dsl.model.WatchSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.policy.OnlinePolicySpec;
import org.plumbline.dsl.model.policy.OnlinePolicySpec.OnlineLoss;
import org.plumbline.dsl.model.policy.ScheduleSpec;
import org.plumbline.dsl.model.shape.Rewriting;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.training.TruncationSpec;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.model.values.ValuesSpec;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.artifact.TrainingStop;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.rlhf.data.export.ExportedRows;
import org.plumbline.engine.rlhf.data.export.RowFormat;
import org.plumbline.engine.rlhf.data.export.RowWriter;
import org.plumbline.engine.rlhf.evaluators.TestGroups;
import org.plumbline.engine.rlhf.feedback.FreshLabels;
import org.plumbline.engine.rlhf.training.Loss;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;

class OnlineDpoTest {
  private static final int UPDATES = 4;
  private static final int BATCH = 8;

  @TempDir Path folder;

  @Test
  void lossesMatchTheWorkedExamples() {
    WorkedPair pair = WorkedPair.dpo();

    assertThat(pair.loss(pairs -> OnlineDpo.loss(pairs, settings(OnlineLoss.SIGMOID, .1)), 1))
        .isCloseTo(Vectors.number("4.dpo", "loss"), within(1e-6));
    assertThat(pair.slope(pairs -> OnlineDpo.loss(pairs, settings(OnlineLoss.SIGMOID, .1))))
        .isCloseTo(Vectors.number("4.dpo", "dL/dpc"), within(1e-6));
    assertThat(pair.loss(pairs -> OnlineDpo.loss(pairs, settings(OnlineLoss.IPO, .1)), 1))
        .isCloseTo(Vectors.number("4.dpo", "ipo_sum"), within(1e-5));
    assertThat(pair.loss(pairs -> OnlineDpo.loss(pairs, settings(OnlineLoss.HINGE, .1)), 1))
        .isCloseTo(Vectors.number("4.dpo", "hinge"), within(1e-6));
  }

  @Test
  void theBonusMatchesTheWorkedExample() {
    try (TensorScope scope = TensorScope.open()) {
      Loss plain = Loss.of(Tensor.scalar(Vectors.number("4.xpo", "dpo")));

      Loss loss = OnlineDpo.explored(plain, Tensor.of(new float[] {-15}), 1e-5);

      assertThat(loss.value().item())
          .isCloseTo((float) Vectors.number("4.xpo", "total"), within(1e-6f));
      assertThat(
              OnlineDpo.explored(Loss.of(Tensor.scalar(0)), Tensor.of(new float[] {-15}), 1e-5)
                  .value()
                  .item())
          .isCloseTo((float) Vectors.number("4.xpo", "bonus(alpha=1e-5)"), within(1e-9f));
      assertThat(loss.logged()).containsEntry("reference_log_prob", -15.0);
    }
  }

  @ParameterizedTest
  @EnumSource(OnlineLoss.class)
  void gradientMatchesFiniteDifferences(OnlineLoss loss) {
    WorkedPair.assertGradient(folder, pairs -> OnlineDpo.loss(pairs, settings(loss, .02)));
  }

  @Test
  void dividedVotesWeighTheLossesOfBothOrders() {
    WorkedPair pair = WorkedPair.dpo();
    WorkedPair turned =
        new WorkedPair(new float[] {-15, -12}, new float[] {-14, -13}, new float[] {10, 6});
    for (OnlineLoss loss : OnlineLoss.values()) {
      OnlinePolicySpec.OnlineDpo settings = settings(loss, .1);
      assertThat(pair.loss(pairs -> OnlineDpo.loss(pairs, settings), .7))
          .isCloseTo(
              .7 * pair.loss(pairs -> OnlineDpo.loss(pairs, settings), 1)
                  + .3 * turned.loss(pairs -> OnlineDpo.loss(pairs, settings), 1),
              within(1e-4));
    }
  }

  @Test
  void peopleWhoJudgeAreAskedOnceAndTheirLabelsAreKept() throws IOException {
    OnlinePolicySpec.OnlineDpo settings = asked("crowd", 4, null);

    Artifact whole = context("whole", settings).run(stage());
    FolderContext stopped = context("stopped", settings);
    Artifact resumed = stopped.runInterrupted(stage(), 2);

    assertThat(stopped.checkpointStep()).isEqualTo(2);
    assertThat(resumed.digest()).isEqualTo(whole.digest());
    List<JsonNode> labels = JsonFiles.readLines(whole.file("labels.jsonl"), row -> row);
    // two prompts of four answers: four comparisons each, less those of equal answers
    assertThat(labels).hasSizeBetween(UPDATES * BATCH / 2, UPDATES * BATCH);
    assertThat(labels.stream().map(row -> row.path("pair").asLong()))
        .containsExactlyElementsOf(
            Stream.iterate(0L, number -> number + 1).limit(labels.size()).toList());
    JsonNode summary = JsonFiles.read(whole.file("summary.json"));
    int skipped = summary.path("skipped").asInt();
    assertThat(skipped).isPositive();
    assertThat(summary.path("labels").asInt() + skipped).isEqualTo(labels.size());
    assertThat(summary.path("cost").asDouble())
        .isCloseTo(2.0 * (labels.size() - skipped), within(1e-9));
    assertThat(summary.path("steps").asInt()).isEqualTo(UPDATES);
    Path exported = folder.resolve("labels.jsonl");
    assertThat(RowWriter.write(ExportedRows.labels(whole), RowFormat.JSONL, exported))
        .isEqualTo(new ExportedRows.Counts(labels.size(), skipped));
  }

  @Test
  void aJudgeSeesBothOrdersAndIsPaidForBoth() throws IOException {
    FolderContext context = context("judge", asked("ai", 2, null));

    Artifact policy = context.run(stage());

    List<JsonNode> labels = JsonFiles.readLines(policy.file("labels.jsonl"), row -> row);
    JsonNode summary = JsonFiles.read(policy.file("summary.json"));
    assertThat(labels).isNotEmpty();
    assertThat(labels.size() % 2).isZero();
    assertThat(labels.stream().filter(row -> row.path("swapped").asBoolean()))
        .hasSize(labels.size() / 2);
    assertThat(summary.path("cost").asDouble()).isCloseTo(.5 * labels.size(), within(1e-9));
    // what is logged is what the labels of all updates come to, weighted by their comparisons
    long turned = 0;
    for (int i = 0; i < labels.size(); i += 2) {
      double one = one(labels.get(i));
      double other = one(labels.get(i + 1));
      turned += (one - .5) * (other - .5) < 0 ? 1 : 0;
    }
    List<JsonNode> metrics = JsonFiles.readLines(policy.file("metrics.jsonl"), row -> row);
    double logged = 0;
    long before = 0;
    for (JsonNode row : metrics) {
      long pairs = row.path("labels").asLong() / 2;
      logged += (pairs - before) * row.path("judge_disagreement").asDouble();
      before = pairs;
    }
    assertThat(logged).isCloseTo((double) turned, within(1e-9));
    assertThat(turned).isPositive();
  }

  /** The probability that a judge's label gives to the pair's first answer. */
  private static double one(JsonNode label) {
    double first =
        switch (label.path("choice").asText()) {
          case "first" -> 1;
          case "second" -> 0;
          default -> label.path("p").asDouble();
        };
    return label.path("swapped").asBoolean() ? 1 - first : first;
  }

  @Test
  void aMonitorOfTheJudgeStopsWhereItContradictsItself() throws IOException {
    MonitorsSpec.Monitor any = new MonitorsSpec.Monitor(null, null, null, -1.0);
    MonitorsSpec monitors =
        new MonitorsSpec(null, null, null, null, null, null, null, null, null, null, null, any);
    FolderContext context =
        context(
                "contradicted",
                Rewriting.with(asked("ai", 2, null), "training", TinyWorld.wellWatched()))
            .monitors(new WatchSpec(monitors, null, null, null, null));

    Artifact policy = context.run(stage());

    TrainingStop stop = TrainingStop.read(policy.folder()).orElseThrow();
    assertThat(stop.monitor()).isEqualTo("judge_disagreement");
    assertThat(stop.step()).isEqualTo(1);
  }

  /** An update's comparisons cost at most 16. */
  @Test
  void aPolicyStopsBeforeTheUpdateThatCannotBePaid() throws IOException {
    FolderContext context = context("poor", asked("crowd", 4, 32.0));

    Artifact policy = context.run(stage());

    JsonNode summary = JsonFiles.read(policy.file("summary.json"));
    assertThat(summary.path("steps").asInt()).isBetween(2, UPDATES - 1);
    assertThat(summary.path("cost").asDouble()).isLessThanOrEqualTo(32);
    assertThat(context.notes()).anyMatch(note -> note.startsWith("it stops after "));
  }

  @Test
  void aBudgetThatPaysForNoUpdateIsRefused() {
    StageFailure failure =
        catchThrowableOfType(
            StageFailure.class, () -> context("broke", asked("crowd", 4, 15.9)).run(stage()));

    assertThat(failure.code()).isEqualTo("PLB0326");
    assertThat(failure).hasMessageContaining("15.9").hasMessageContaining("8 comparisons");
  }

  @Test
  void whoNeverAnswersEndsIt() {
    StageFailure failure =
        catchThrowableOfType(
            StageFailure.class, () -> context("silent", asked("silent", 4, null)).run(stage()));

    assertThat(failure.code()).isEqualTo("PLB0521");
  }

  private static OnlineDpo stage() {
    return new OnlineDpo(FreshLabels::open);
  }

  private static OnlinePolicySpec.OnlineDpo settings(OnlineLoss loss, double beta) {
    return new OnlinePolicySpec.OnlineDpo(
        "base",
        "prompts",
        "rm",
        null,
        loss,
        beta,
        0,
        2,
        new ScheduleSpec(UPDATES, BATCH),
        1e-3,
        0,
        1,
        8,
        TruncationSpec.NONE,
        null);
  }

  private static OnlinePolicySpec.OnlineDpo asked(
      String evaluators, int group, @Nullable Double budget) {
    return new OnlinePolicySpec.OnlineDpo(
        "base",
        "prompts",
        null,
        evaluators,
        OnlineLoss.SIGMOID,
        .1,
        0,
        group,
        new ScheduleSpec(UPDATES, BATCH),
        1e-3,
        0,
        1,
        8,
        TruncationSpec.NONE,
        budget);
  }

  private FolderContext context(String name, Object settings) {
    FeatureSpec polite = new FeatureSpec.ContainsAny(List.of("please", "thank", "a"));
    Map<String, Double> weights = Map.of("polite", 1.0);
    return FolderContext.in(folder.resolve(name), settings, 11)
        .input("from", TinyWorld.untrained(folder.resolve("model"), 3))
        .input("prompts", TinyWorld.promptData(folder.resolve("prompts"), 20))
        .declare(Section.EVALUATORS, "crowd", people(Map.of("count", 3, "skips", .2)))
        .declare(Section.EVALUATORS, "silent", people(Map.of("count", 3, "skips", 1.0)))
        .declare(
            Section.EVALUATORS,
            "ai",
            new EvaluatorsSpec(
                null, .5, null, new EvaluatorsSpec.Judge("rules", Map.of("polite", "Be polite."))))
        .declare(Section.MODELS, "rules", new ModelSpec.Rules("good", 3))
        .declare(Section.VALUES, "good", new ValuesSpec(null, Map.of("polite", polite), weights));
  }

  private static EvaluatorsSpec people(Map<String, Object> traits) {
    Map<String, EvaluatorsSpec.Group> groups = new LinkedHashMap<>();
    groups.put("all", TestGroups.group(traits));
    return new EvaluatorsSpec("good", 2.0, groups, null);
  }
}
