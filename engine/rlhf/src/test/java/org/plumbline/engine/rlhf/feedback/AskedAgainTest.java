// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.DataSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Fatigue;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Group;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Recorded;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Redundancy;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.artifact.ValueWithInterval;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.FolderContext;
import org.plumbline.engine.rlhf.data.LoadData;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.data.export.ExportedRows;
import org.plumbline.engine.rlhf.data.export.RowFormat;
import org.plumbline.engine.rlhf.data.export.RowWriter;
import org.plumbline.engine.rlhf.evaluators.AnswerPair;
import org.plumbline.engine.rlhf.evaluators.Behaviour;
import org.plumbline.engine.rlhf.evaluators.Person;
import org.plumbline.engine.rlhf.evaluators.Population;
import org.plumbline.engine.rlhf.evaluators.Slips;
import org.plumbline.engine.rlhf.evaluators.TestGroups;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;

class AskedAgainTest {
  private static final int QUESTIONS = 100_000;

  @TempDir Path folder;

  @Test
  void aBoltzmannPersonIsAsConsistentAsTheClosedFormSays() throws IOException {
    assertThat(deviation(Behaviour.of((prompt, answer) -> answer.length(), 0.4), 0))
        .isBetween(-4.0, 4.0);
  }

  @Test
  void soIsSomebodyWhoLapses() throws IOException {
    Behaviour lapsing =
        Behaviour.of((prompt, answer) -> answer.length(), 0.4).with(new Slips(0.05, 0.2));

    assertThat(deviation(lapsing, 1)).isBetween(-4.0, 4.0);
  }

  /** How many standard errors the consistency of one person is from E[p^2 + (1 - p)^2]. */
  private static double deviation(Behaviour behaviour, long seed) throws IOException {
    PeopleLabelling labelling =
        new PeopleLabelling(
            Population.of(new Person("one", "one", behaviour, 7, 1)),
            new PeopleLabelling.Terms(
                new Redundancy(1, 1), "", new AskedAgain(1, seed), KnownQuestions.none(seed)),
            new Verdicts(Map.of()),
            seed);
    List<DrawnPair> pairs = new ArrayList<>();
    double expected = 0;
    for (int i = 0; i < QUESTIONS; i++) {
      DrawnPair pair =
          new DrawnPair(i, Prompt.of("q"), answer(1 + i % 7), answer(1 + i * 3 % 5), true, true);
      pairs.add(pair);
      double first = behaviour.said(new AnswerPair("q", pair.one().text(), pair.two().text()));
      expected += (first * first + (1 - first) * (1 - first)) / QUESTIONS;
    }
    List<LabelRow> said = labelling.label(pairs);
    List<LabelRow> again =
        labelling.again(pairs.stream().map(pair -> new AskedAgain.Question(pair, "one")).toList());

    FeedbackSummary.Repeats repeats = Objects.requireNonNull(AskedAgain.summary(said, again));
    ValueWithInterval same = Objects.requireNonNull(repeats.consistency());

    assertThat(repeats.asked()).isEqualTo(QUESTIONS);
    assertThat(same.low()).isLessThan(same.value());
    return (same.value() - expected) / Math.sqrt(expected * (1 - expected) / QUESTIONS);
  }

  private static Answer answer(int letters) {
    return Answer.of("a".repeat(letters));
  }

  @Test
  void whatIsSaidAgainIsPaidAndCountedAndIsNoVote() throws IOException {
    Collecting crowd = new Collecting(folder).honest(4).lapsing(4).pairs(300).people(3);
    FolderContext once = crowd.run();

    FolderContext context = crowd.repeat(0.25).run();

    List<JsonNode> again = again(context);
    JsonNode summary = Collecting.summary(context);
    assertThat(again).hasSizeBetween(180, 270).allMatch(row -> row.path("again").asBoolean());
    assertThat(context.written("labels.jsonl")).isEqualTo(once.written("labels.jsonl"));
    assertThat(Collecting.pairs(context))
        .extracting(Pair::target)
        .isEqualTo(Collecting.pairs(once).stream().map(Pair::target).toList());
    assertThat(summary.path("labels").asInt()).isEqualTo(900 + again.size());
    assertThat(summary.path("cost").asDouble()).isCloseTo(0.2 * (900 + again.size()), within(1e-9));
    assertThat(summary.path("agreement")).isEqualTo(Collecting.summary(once).path("agreement"));
    assertThat(summary.path("repeats").path("asked").asInt()).isEqualTo(again.size());
    assertThat(summary.path("repeats").path("consistency").path("value").asDouble())
        .isEqualTo(same(Collecting.labels(context), again) / again.size());
    assertThat(Collecting.summary(once).has("repeats")).isFalse();
  }

  /** Who is asked again in the other order and takes the same place prefers the other answer. */
  @Test
  void howOftenTheOrderTurnsAPreferenceIsThatOfTheOtherOrderAlone() throws IOException {
    FolderContext context =
        new Collecting(folder).honest(2).lapsing(2).pairs(400).repeat(1.0).run();

    Map<String, JsonNode> first = new HashMap<>();
    for (JsonNode row : JsonFiles.readLines(context.output().resolve("labels.jsonl"), r -> r)) {
      first.put(row.path("pair").asText(), row);
    }
    int other = 0;
    int turned = 0;
    for (JsonNode row : again(context)) {
      JsonNode before = Objects.requireNonNull(first.get(row.path("pair").asText()));
      if (row.path("swapped").asBoolean() != before.path("swapped").asBoolean()) {
        other++;
        turned += row.path("choice").equals(before.path("choice")) ? 1 : 0;
      }
    }
    assertThat(other).isBetween(100, 300);
    assertThat(turned).isPositive();
    assertThat(Collecting.summary(context).path("position_flip_rate").asDouble())
        .isEqualTo(turned / (double) other);
  }

  @Test
  void exportedLabelsHaveWhatWasSaidAgain() throws IOException {
    FolderContext context = new Collecting(folder).honest(4).pairs(80).repeat(0.5).run();
    Artifact artifact = new Artifact("digest", context.output());
    Path file = folder.resolve("labels.jsonl");

    ExportedRows.Counts counts =
        RowWriter.write(ExportedRows.labels(artifact), RowFormat.JSONL, file);

    int again = again(context).size();
    List<JsonNode> rows = JsonFiles.readLines(file, row -> row);
    assertThat(again).isPositive();
    assertThat(counts.written()).isEqualTo(80 + again);
    assertThat(rows.subList(80, rows.size())).allMatch(row -> row.path("again").asBoolean());
    assertThat(rows.subList(0, 80)).noneMatch(row -> row.has("again"));
    assertThat(rows.get(80).path("rater").asText())
        .isEqualTo(again(context).get(0).path("evaluator").asText());
  }

  @Test
  void everyLabelIsExportedAndNothingIsLearnedFromWhatIsNoVote() throws IOException {
    Collecting crowd = new Collecting(folder).honest(4).people(2).pairs(80);
    FolderContext once = crowd.run();
    FolderContext context = crowd.repeat(0.5).gold(0.3, 20).run();
    List<JsonNode> gold =
        JsonFiles.readLines(context.output().resolve("gold_questions.jsonl"), row -> row);

    Path file = exported(context);
    FolderContext read = recorded(file);
    FolderContext plain = recorded(exported(once));

    List<JsonNode> rows = JsonFiles.readLines(file, row -> row);
    assertThat(rows).hasSize(Collecting.summary(context).path("labels").asInt());
    assertThat(rows)
        .filteredOn(row -> row.path("gold_question").asBoolean())
        .hasSameSizeAs(gold)
        .isNotEmpty();
    assertThat(rows).filteredOn(row -> row.path("again").asBoolean()).hasSameSizeAs(again(context));
    for (String same : List.of("agree_with_gold", "chose_first", "chose_longer")) {
      assertThat(Collecting.summary(context).path(same))
          .isEqualTo(Collecting.summary(once).path(same));
      assertThat(Collecting.summary(context).path("groups").findValues(same))
          .isEqualTo(Collecting.summary(once).path("groups").findValues(same))
          .isNotEmpty();
    }
    for (String same : List.of("labels.jsonl", "pairs.jsonl")) {
      assertThat(read.written(same)).isEqualTo(plain.written(same));
    }
    assertThat(again(read).size()).isGreaterThanOrEqualTo(again(context).size());
    assertThat(Collecting.summary(read).path("agreement"))
        .isEqualTo(Collecting.summary(plain).path("agreement"));
  }

  private Path exported(FolderContext context) throws IOException {
    Path file = Files.createTempDirectory(folder, "exported").resolve("labels.jsonl");
    RowWriter.write(
        ExportedRows.labels(new Artifact("digest", context.output())), RowFormat.JSONL, file);
    return file;
  }

  private FolderContext recorded(Path file) throws IOException {
    FolderContext data =
        new FolderContext(
                Files.createTempDirectory(folder, "data"),
                new DataSpec("labels.jsonl", null, 0, null))
            .file("jsonl", file);
    new LoadData().run(data);
    FolderContext read =
        new FolderContext(
                Files.createTempDirectory(folder, "read"), new Recorded("data", null, null, null))
            .input("data", data.output(), "");
    new RecordedPreferences().run(read);
    return read;
  }

  @Test
  void howMuchIsToBeDoneHasWhatIsAskedAgainFromTheFirstBatchOn() throws IOException {
    FolderContext context = new Collecting(folder).honest(4).pairs(400).repeat(0.5).run();

    assertThat(context.totals().get(0)).isBetween(550L, 650L);
    assertThat(context.totals().get(context.totals().size() - 1))
        .isEqualTo(400L + again(context).size());
  }

  @Test
  void aRunSaysThatByChanceNobodyWasAskedAgain() throws IOException {
    FolderContext context = new Collecting(folder).honest(4).pairs(20).repeat(0.0001).run();

    assertThat(context.notes())
        .contains("nobody was asked again: by chance, a share of 1.0E-4 of 20 labels is none");
  }

  /** How many rows say what the same person said of the same pair before. */
  private static double same(List<JsonNode> first, List<JsonNode> again) {
    Map<String, Boolean> before = new HashMap<>();
    first.forEach(row -> before.put(key(row), one(row)));
    return again.stream()
        .filter(row -> Boolean.valueOf(one(row)).equals(before.get(key(row))))
        .count();
  }

  private static String key(JsonNode row) {
    return row.path("pair").asText() + row.path("evaluator").asText();
  }

  private static boolean one(JsonNode row) {
    return row.path("choice").asText().equals("first") != row.path("swapped").asBoolean();
  }

  @Test
  void beingStoppedAnywhereChangesNothing() throws IOException {
    Collecting crowd =
        new Collecting(folder)
            .honest(3)
            .skipping(3)
            .group("tired", tired())
            .pairs(900)
            .people(2)
            .repeat(0.8)
            .budget(260.3);
    FolderContext whole = crowd.run();
    int stops = whole.saved();

    assertThat(stops).isGreaterThan(4);
    for (int stop = 1; stop <= stops; stop++) {
      FolderContext resumed = crowd.runTwice(stop);
      for (String file : List.of("labels.jsonl", "repeated.jsonl", "pairs.jsonl", "summary.json")) {
        assertThat(resumed.written(file)).as(file + " " + stop).isEqualTo(whole.written(file));
      }
    }
  }

  @Test
  void whoIsAskedAgainIsLessFreshThanBefore() throws IOException {
    FolderContext context =
        new Collecting(folder).group("tired", tired()).pairs(60).repeat(1.0).run();

    Map<String, Integer> most = new HashMap<>();
    Collecting.labels(context)
        .forEach(
            row ->
                most.merge(
                    row.path("evaluator").asText(), row.path("since_break").asInt(), Math::max));
    assertThat(again(context))
        .hasSize(60)
        .allSatisfy(
            row ->
                assertThat(row.path("since_break").asInt())
                    .isGreaterThan(most.get(row.path("evaluator").asText())));
  }

  private static Group tired() {
    return TestGroups.group(Map.of("count", 2, "fatigue", new Fatigue(0.1, 20, 500)));
  }

  @Test
  void theBudgetPaysForWhatIsAskedAgainBeforeItIsSpentOnFurtherPairs() throws IOException {
    FolderContext context =
        new Collecting(folder).honest(3).pairs(300).repeat(1.0).budget(20).run();

    assertThat(Collecting.labels(context)).hasSize(50);
    assertThat(again(context)).hasSize(50);
    BigDecimal left =
        new BigDecimal(
            Collecting.summary(context).path("terms").path("budget").path("left").asText());
    assertThat(left).isZero();
  }

  @Test
  void aBudgetThatPaysForNoPairAskedTwiceIsRefused() {
    Collecting crowd = new Collecting(folder).honest(5).repeat(1.0).budget(0.3);

    StageFailure failure = catchThrowableOfType(StageFailure.class, crowd::run);

    assertThat(failure.code()).isEqualTo("PLB0326");
  }

  private static List<JsonNode> again(FolderContext context) throws IOException {
    return JsonFiles.readLines(context.output().resolve("repeated.jsonl"), row -> row);
  }
}
