// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Aggregate;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.rlhf.data.FolderContext;
import org.plumbline.engine.rlhf.data.Pair;

/** Questions whose answer is known, among those whose answer is wanted. */
class MixedGoldTest {
  private static final String GOLD = "gold_questions.jsonl";

  @TempDir Path folder;

  private Collecting crowd() {
    return new Collecting(folder).honest(5).lapsing(4).malicious(3).pairs(300).people(3);
  }

  private static List<JsonNode> rows(FolderContext context, String file) throws IOException {
    return JsonFiles.readLines(context.output().resolve(file), row -> row);
  }

  @Test
  void theyAreAskedAtTheDeclaredRatePaidAndCountedButNoVotes() throws IOException {
    FolderContext without = crowd().run();
    FolderContext with = crowd().gold(0.25, 15).run();

    List<JsonNode> gold = rows(with, GOLD);
    // 900 draws of 0.25: within four standard errors
    assertThat(gold.size()).isBetween(225 - 52, 225 + 52);
    Set<Long> different = new HashSet<>();
    gold.forEach(row -> different.add(row.path("pair").asLong()));
    assertThat(different).hasSize(15);
    assertThat(Files.readString(with.output().resolve("labels.jsonl")))
        .isEqualTo(Files.readString(without.output().resolve("labels.jsonl")))
        .doesNotContain("known_first");
    assertThat(Files.readString(with.output().resolve("pairs.jsonl")))
        .isEqualTo(Files.readString(without.output().resolve("pairs.jsonl")));
    FeedbackSummary summary = FeedbackSummary.read(with.output());
    FeedbackSummary before = FeedbackSummary.read(without.output());
    FeedbackSummary.GoldAnswers answers = Objects.requireNonNull(summary.gold());
    assertThat(before.gold()).isNull();
    assertThat(answers.asked()).isEqualTo(gold.size());
    assertThat(summary.labels()).isEqualTo(before.labels() + gold.size());
    assertThat(summary.cost()).isCloseTo(before.cost() + 0.2 * gold.size(), within(1e-9));
    assertThat(summary.agreement()).isEqualTo(before.agreement());
  }

  @Test
  void theyShowWhoIsRightByPersonAndByGroup() throws IOException {
    FeedbackSummary.GoldAnswers answers =
        Objects.requireNonNull(FeedbackSummary.read(crowd().gold(0.5, 40).run().output()).gold());

    for (FeedbackSummary.Checked group : answers.groups()) {
      double expected =
          group.name().equals("honest") ? 0.95 : group.name().equals("malicious") ? 0 : 0.6;
      assertThat(group.right()).isCloseTo(expected, within(0.15));
    }
    assertThat(answers.groups()).hasSize(3);
    assertThat(answers.people()).hasSize(12);
    assertThat(answers.people().subList(0, 3))
        .extracting(FeedbackSummary.Checked::name)
        .containsExactlyInAnyOrder("malicious-1", "malicious-2", "malicious-3");
    int answered = answers.people().stream().mapToInt(FeedbackSummary.Checked::answered).sum();
    assertThat(answered).isEqualTo(answers.answered());
  }

  @Test
  void whoKnowsTooLittleIsLeftOut() throws IOException {
    FolderContext context = crowd().gold(0.5, 40).goldAtLeast(0.4).run();

    List<FeedbackSummary.LeftOut> left =
        Objects.requireNonNull(FeedbackSummary.read(context.output()).combined()).leftOut();
    assertThat(left)
        .extracting(FeedbackSummary.LeftOut::evaluator)
        .containsExactlyInAnyOrder("malicious-1", "malicious-2", "malicious-3");
    assertThat(left).allMatch(one -> one.because().equals("gold_at_least"));
    assertThat(rows(context, "labels.jsonl"))
        .noneMatch(row -> row.path("group").asText().equals("malicious"));
    assertThat(context.notes())
        .anyMatch(note -> note.contains("who answer too few gold questions rightly"));
  }

  @Test
  void theyTellWhoseVoteWeighsMore() throws IOException {
    double votes = right(crowd().by(Aggregate.MAJORITY).run());
    double weighted = right(crowd().gold(0.5, 40).by(Aggregate.WEIGHTED).run());

    assertThat(weighted).isGreaterThan(votes + 0.1);
  }

  private static double right(FolderContext context) throws IOException {
    return Objects.requireNonNull(
        Objects.requireNonNull(FeedbackSummary.read(context.output()).combined()).agreeWithGold());
  }

  @Test
  void aBudgetPaysForThemToo() throws IOException {
    FolderContext context = crowd().gold(0.5, 20).budget(40).run();

    double cost = 0;
    for (String file : List.of("labels.jsonl", GOLD)) {
      for (JsonNode row : rows(context, file)) {
        cost += row.path("cost").asDouble();
      }
    }
    List<Pair> pairs = new ArrayList<>(Collecting.pairs(context));
    assertThat(cost).isLessThanOrEqualTo(40 + 1e-9).isGreaterThan(38.5);
    assertThat(pairs).hasSizeLessThan(300);
  }

  @Test
  void anInterruptionChangesNothing() throws IOException {
    FolderContext once = crowd().gold(0.3, 20).repeat(0.2).run();
    FolderContext twice = crowd().gold(0.3, 20).repeat(0.2).runTwice();

    for (String file : List.of("labels.jsonl", GOLD, "repeated.jsonl", "summary.json")) {
      assertThat(twice.output().resolve(file)).hasSameBinaryContentAs(once.output().resolve(file));
    }
  }
}
