// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.feedback.FeedbackSpec.GoldQuestions;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Redundancy;
import org.plumbline.dsl.model.feedback.RichFeedbackSpec;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.Stages;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.feedback.AskedAgain;
import org.plumbline.engine.rlhf.feedback.KnownQuestions;
import org.plumbline.engine.rlhf.policies.Pretrain;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.store.content.Artifact;

/** Budgets of all kinds of feedback but comparisons, with all that is paid besides. */
class ItemsPaidOnceTest {
  private static final double REPEAT = 0.8;
  private static final long SEED = 5;
  private static final GoldQuestions GOLD = new GoldQuestions(0.3, 20, null);

  /** What is said in them has no better and no worse that could be known. */
  private static final Set<String> WITHOUT_GOLD =
      Set.of("corrections", "demonstrations", "language");

  @TempDir static Path shared;
  private static @Nullable Artifact model;

  @TempDir Path folder;

  @BeforeAll
  static void pretrain() {
    model =
        FolderContext.in(shared.resolve("base"), TinyWorld.pretraining(120), 1)
            .file("corpus", TinyWorld.corpusFile(shared, 600))
            .run(new Pretrain());
  }

  /**
   * What is left is less than the next item costs, and being stopped, wherever and however often,
   * changes no byte and no price.
   */
  @TestFactory
  Stream<DynamicTest> everyLabelIsPaidOnceAndTheBudgetIsSpentToTheLastItem() {
    SplittableRandom random = new SplittableRandom(13);
    return kinds(null).keySet().stream()
        .map(kind -> DynamicTest.dynamicTest(kind, () -> isPaidOnce(kind, random.split())));
  }

  private void isPaidOnce(String kind, SplittableRandom random) throws IOException {
    Artifact free = context(kind, null, "free-" + kind).run(stage(kind));
    int stops = 0;
    for (int trial = 0; trial < 2; trial++) {
      double budget = budget(paid(free), random);
      FolderContext whole = context(kind, budget, kind + trial);
      Artifact artifact = whole.run(stage(kind));
      FolderContext stopped = context(kind, budget, "stopped-" + kind + trial);
      boolean always = trial == 0;
      Artifact resumed = stopped.runWithStops(stage(kind), () -> always || random.nextInt(2) == 0);

      assertThat(resumed.digest()).isEqualTo(artifact.digest());
      assertThat(whole.told()).isEqualTo(stopped.told());
      spendsAll(kind, budget, free, artifact);
      JsonNode summary = JsonFiles.read(artifact.file("summary.json"));
      assertThat(whole.told())
          .containsEntry("labels", summary.path("labels").asDouble())
          .containsEntry("cost", summary.path("cost").asDouble());
      stops += stopped.stopped();
    }
    assertThat(stops).isGreaterThan(2);
  }

  private static void spendsAll(String kind, double budget, Artifact free, Artifact artifact)
      throws IOException {
    JsonNode summary = JsonFiles.read(artifact.file("summary.json"));
    BigDecimal spent = paid(artifact);
    BigDecimal left = BigDecimal.valueOf(budget).subtract(spent);
    int items = summary.path("items").path("asked").asInt();
    List<JsonNode> labels = rows(artifact, "labels.jsonl");

    assertThat(summary.path("cost").asDouble()).isEqualTo(spent.doubleValue());
    assertThat(summary.at("/terms/budget/spent").asDouble()).isEqualTo(spent.doubleValue());
    assertThat(left).isNotNegative();
    assertThat(items).isLessThan(KindsWorld.ITEMS);
    assertThat(left).isLessThan(price(kind, items, free));
    assertThat(labels).isEqualTo(rows(free, "labels.jsonl").subList(0, labels.size()));
  }

  /** Enough for much of it, and not for all. */
  private static double budget(BigDecimal all, SplittableRandom random) {
    double share = 0.75 + 0.2 * random.nextDouble();
    return Math.round(100 * share * all.doubleValue()) / 100.0;
  }

  private static BigDecimal paid(Artifact artifact) throws IOException {
    BigDecimal sum = BigDecimal.ZERO;
    for (String file : List.of("labels.jsonl", "repeated.jsonl", "gold_questions.jsonl")) {
      for (JsonNode row : rows(artifact, file)) {
        sum = sum.add(new BigDecimal(row.path("cost").asText()));
      }
    }
    return sum;
  }

  private static List<JsonNode> rows(Artifact artifact, String file) throws IOException {
    return Files.exists(artifact.file(file))
        ? JsonFiles.readLines(artifact.file(file), row -> row)
        : new ArrayList<>();
  }

  /** The most that an item can cost, by who was asked about it without a budget. */
  private static BigDecimal price(String kind, int item, Artifact free) throws IOException {
    AskedAgain again = AskedAgain.of(REPEAT, SEED);
    KnownQuestions<String> gold =
        WITHOUT_GOLD.contains(kind)
            ? KnownQuestions.none(SEED)
            : new KnownQuestions<>(GOLD.share(), List.of("known"), SEED);
    long labels = 0;
    double dearest = 0;
    for (JsonNode row : rows(free, "labels.jsonl")) {
      dearest = Math.max(dearest, row.path("cost").asDouble());
      ItemLabel label = ItemLabel.of(row);
      if (label.item().number() == item) {
        String who = label.evaluator();
        labels += 1 + (again.asks(who, item) ? 1 : 0) + (gold.with(who, item) == null ? 0 : 1);
      }
    }
    return BigDecimal.valueOf(dearest).multiply(BigDecimal.valueOf(labels));
  }

  private static Map<String, RichFeedbackSpec> kinds(@Nullable Double budget) {
    Redundancy someTwice = new Redundancy(2, 0.5);
    Map<String, RichFeedbackSpec> kinds =
        KindsWorld.kinds(KindsWorld.collection(someTwice, budget, REPEAT, GOLD));
    KindsWorld.kinds(KindsWorld.collection(someTwice, budget, REPEAT))
        .forEach(
            (kind, spec) ->
                kinds.computeIfPresent(kind, (k, gold) -> WITHOUT_GOLD.contains(k) ? spec : gold));
    return kinds;
  }

  private static Stage stage(String kind) {
    return Objects.requireNonNull(Stages.byOperation().get(kind));
  }

  private FolderContext context(String kind, @Nullable Double budget, String name) {
    return FolderContext.in(
            folder.resolve(name), Objects.requireNonNull(kinds(budget).get(kind)), SEED)
        .input("of", Objects.requireNonNull(model))
        .input("prompts", TinyWorld.promptData(folder.resolve(name + "-prompts"), 40))
        .declare(Section.EVALUATORS, "crowd", KindsWorld.crowd(0.3))
        .declare(Section.VALUES, "good", KindsWorld.values());
  }
}
