// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Fatigue;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Hiring;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.rlhf.data.FolderContext;
import org.plumbline.engine.rlhf.evaluators.TestGroups;

/** Budgets of comparisons with all that is paid besides: repeats, gold questions, a trial. */
class PaidOnceTest {
  private static final BigDecimal PRICE = new BigDecimal("0.2");
  private static final double REPEAT = 0.8;
  private static final double GOLD = 0.3;
  private static final int PAIRS = 900;

  /** Of a context that is not told another. */
  private static final long SEED = 1;

  @TempDir Path folder;

  @Test
  void whatIsLeftIsLessThanTheNextPairCosts() throws IOException {
    SplittableRandom random = new SplittableRandom(11);
    Collecting crowd = crowd();
    FolderContext free = crowd.run();

    for (int trial = 0; trial < 12; trial++) {
      double budget = BigDecimal.valueOf(2_000 + random.nextInt(30_000), 2).doubleValue();
      staysWithin(crowd.budget(budget).run(), free, BigDecimal.valueOf(budget));
    }
  }

  private static void staysWithin(FolderContext context, FolderContext free, BigDecimal budget)
      throws IOException {
    JsonNode summary = Collecting.summary(context);
    JsonNode said = summary.path("terms").path("budget");
    BigDecimal spent = paid(context);
    int pairs = said.path("collected").asInt();
    BigDecimal left = budget.subtract(spent);

    assertThat(said.path("spent").asDouble()).isEqualTo(spent.doubleValue());
    assertThat(summary.path("cost").asDouble()).isEqualTo(spent.doubleValue());
    assertThat(context.told())
        .containsEntry("labels", summary.path("labels").asDouble())
        .containsEntry("cost", spent.doubleValue());
    assertThat(left).isNotNegative();
    assertThat(pairs).isLessThan(PAIRS);
    assertThat(left).isLessThan(price(pairs, free));
    List<JsonNode> labels = Collecting.labels(context);
    assertThat(labels).isEqualTo(Collecting.labels(free).subList(0, labels.size()));
  }

  @Test
  void noLabelIsPaidTwiceWhereverItIsStopped() throws IOException {
    SplittableRandom random = new SplittableRandom(12);

    for (int trial = 0; trial < 6; trial++) {
      Collecting crowd =
          crowd().budget(BigDecimal.valueOf(5_000 + random.nextInt(27_000), 2).doubleValue());
      FolderContext whole = crowd.run();
      FolderContext stopped = crowd.runWithStops(random);

      assertThat(crowd.stopped()).isPositive();
      for (String file :
          List.of(
              "labels.jsonl",
              "repeated.jsonl",
              "gold_questions.jsonl",
              "pairs.jsonl",
              "summary.json")) {
        assertThat(stopped.written(file)).as(file).isEqualTo(whole.written(file));
      }
      assertThat(Collecting.summary(stopped).path("cost").asDouble())
          .isEqualTo(paid(stopped).doubleValue());
    }
  }

  private Collecting crowd() {
    return new Collecting(folder)
        .honest(4)
        .skipping(4)
        .group("tired", TestGroups.group(Map.of("count", 2, "fatigue", new Fatigue(0.1, 20, 500))))
        .hiring(new Hiring(8, 10, null, null, null))
        .pairs(PAIRS)
        .people(2)
        .repeat(REPEAT)
        .gold(GOLD, 20);
  }

  /** What the rows cost, and the trial. */
  private static BigDecimal paid(FolderContext context) throws IOException {
    BigDecimal sum = new BigDecimal(Collecting.summary(context).at("/terms/hiring/cost").asText());
    for (String file : List.of("labels.jsonl", "repeated.jsonl", "gold_questions.jsonl")) {
      for (JsonNode row : rows(context, file)) {
        sum = sum.add(new BigDecimal(row.path("cost").asText()));
      }
    }
    return sum;
  }

  private static List<JsonNode> rows(FolderContext context, String file) throws IOException {
    Path written = context.output().resolve(file);
    return Files.exists(written) ? JsonFiles.readLines(written, row -> row) : new ArrayList<>();
  }

  /** The most that a pair can cost, by who was asked about it without a budget. */
  private static BigDecimal price(int pair, FolderContext free) throws IOException {
    AskedAgain again = AskedAgain.of(REPEAT, SEED);
    KnownQuestions<String> gold = new KnownQuestions<>(GOLD, List.of("known"), SEED);
    long labels = 0;
    for (JsonNode row : Collecting.labels(free)) {
      if (row.path("pair").asInt() == pair) {
        String who = row.path("evaluator").asText();
        labels += 1 + (again.asks(who, pair) ? 1 : 0) + (gold.with(who, pair) == null ? 0 : 1);
      }
    }
    return PRICE.multiply(BigDecimal.valueOf(labels));
  }
}
