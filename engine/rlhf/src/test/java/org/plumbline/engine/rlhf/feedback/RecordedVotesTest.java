// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.DataSpec;
import org.plumbline.dsl.model.feedback.CombiningSpec;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Aggregate;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Filter;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Recorded;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.rlhf.data.FolderContext;
import org.plumbline.engine.rlhf.data.LoadData;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.data.PairLabel;
import org.plumbline.engine.rlhf.data.Pairs;
import org.plumbline.engine.rlhf.data.export.ExportedRows;
import org.plumbline.engine.rlhf.data.export.RowFormat;
import org.plumbline.engine.rlhf.data.export.RowWriter;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;

class RecordedVotesTest {
  @TempDir Path folder;

  private final StringBuilder rows = new StringBuilder();

  /** Somebody's row. */
  private RecordedVotesTest says(String rater, String chosen, String rejected, String more) {
    rows.append("{\"prompt\": \"p\", \"chosen\": \"")
        .append(chosen)
        .append("\", \"rejected\": \"")
        .append(rejected)
        .append("\", \"rater\": \"")
        .append(rater)
        .append('"')
        .append(more)
        .append("}\n");
    return this;
  }

  private RecordedVotesTest says(String rater, String chosen, String rejected) {
    return says(rater, chosen, rejected, "");
  }

  @Test
  void votesOfOnePairAreCountedInWhicheverOrderItStands() throws IOException {
    says("ann", "a", "b").says("bea", "a", "b").says("cec", "b", "a").says("ann", "c", "a");

    FolderContext context = run(CombiningSpec.NONE);

    List<Pair> pairs = pairs(context);
    assertThat(pairs)
        .extracting(pair -> pair.chosen().text() + pair.rejected().text())
        .containsExactly("ab", "ca");
    assertThat(pairs).extracting(Pair::target).containsExactly(2 / 3.0, 1.0);
    assertThat(pairs).extracting(Pair::votes).containsExactly(3, 1);
    assertThat(pairs).extracting(Pair::agreeing).containsExactly(2.0, 1.0);
    FeedbackSummary summary = FeedbackSummary.read(context.output());
    assertThat(summary.labels()).isEqualTo(4);
    assertThat(summary.agreementPairs()).isEqualTo(1);
    assertThat(Objects.requireNonNull(summary.agreement().get("percent")).value())
        .isEqualTo(1 / 3.0);
    assertThat(summary.groups())
        .containsExactly(new FeedbackSummary.Group("recorded", 3, 4, 0, null, null, null, null));
    assertThat(summary.choseFirst()).isNull();
  }

  @Test
  void strengthsTiesSkipsAndGroupsAreKeptOfEachLabel() throws IOException {
    says("ann", "a", "b", ", \"strength\": 0.8, \"group\": \"old\"")
        .says("bea", "b", "a", ", \"strength\": 0.5, \"group\": \"young\"")
        .says("cec", "b", "a", ", \"skipped\": true, \"malicious\": true");

    FolderContext context = run(CombiningSpec.NONE);

    Pair pair = pairs(context).get(0);
    assertThat(pair.target()).isEqualTo(0.65);
    Map<Long, List<PairLabel>> labels =
        PairLabel.read(new Artifact("digest", context.output()), List.of(pair));
    assertThat(labels.get(0L))
        .containsExactly(
            new PairLabel("ann", 0.8, false, "old"), new PairLabel("bea", 0.5, true, "young"));
    FeedbackSummary summary = FeedbackSummary.read(context.output());
    assertThat(summary.skipped()).isEqualTo(1);
    assertThat(summary.groups())
        .extracting(FeedbackSummary.Group::group)
        .containsExactly("old", "recorded", "young");
  }

  @Test
  void whoSaysTheSamePairAgainHasOneVoteAndIsConsistentOrNot() throws IOException {
    says("ann", "a", "b").says("bea", "b", "a").says("ann", "a", "b").says("bea", "a", "b");
    rows.append("{\"prompt\": \"p\", \"chosen\": \"a\", \"rejected\": \"b\"}\n".repeat(2));

    FolderContext context = run(CombiningSpec.NONE);

    assertThat(pairs(context).get(0).votes()).isEqualTo(4);
    assertThat(pairs(context).get(0).target()).isEqualTo(0.75);
    FeedbackSummary.Repeats repeats =
        Objects.requireNonNull(FeedbackSummary.read(context.output()).repeats());
    assertThat(repeats.asked()).isEqualTo(2);
    assertThat(Objects.requireNonNull(repeats.consistency()).value()).isEqualTo(0.5);
    assertThat(context.notes())
        .containsExactly(
            "2 rows do not say who judged; they count as of `somebody`, who may be many");
  }

  @Test
  void equalAnswersAreATieThatNobodyVotedOn() throws IOException {
    says("ann", "a", "a").says("ann", "a", "b");

    FolderContext context = run(CombiningSpec.NONE);

    assertThat(pairs(context)).extracting(Pair::target).containsExactly(0.5, 1.0);
    assertThat(FeedbackSummary.read(context.output()).identical()).isEqualTo(1);
  }

  @Test
  void exportedLabelsComeToWhatTheyCameToWhenTheyWereCollected() throws IOException {
    FolderContext collected =
        new Collecting(folder)
            .honest(6)
            .lapsing(3)
            .malicious(1)
            .pairs(120)
            .people(5)
            .by(Aggregate.DAWID_SKENE)
            .run();
    Map<Set<Object>, Pair> before = once(pairs(collected));
    Path file = folder.resolve("labels.jsonl");
    RowWriter.write(
        ExportedRows.labels(new Artifact("digest", collected.output())), RowFormat.JSONL, file);
    rows.append(Files.readString(file));

    FolderContext recorded = run(new CombiningSpec(Aggregate.DAWID_SKENE, null, null, null));

    Map<Set<Object>, Pair> after = once(pairs(recorded));
    assertThat(before).hasSizeGreaterThan(20);
    int alike = 0;
    for (Map.Entry<Set<Object>, Pair> one : before.entrySet()) {
      Pair other = Objects.requireNonNull(after.get(one.getKey()));
      alike += other.votes() == one.getValue().votes() ? 1 : 0;
      if (one.getValue().target() > 0.9) {
        assertThat(other.chosen()).isEqualTo(one.getValue().chosen());
      }
    }
    assertThat(alike).isEqualTo(before.size());
    JsonNode people = JsonFiles.read(recorded.output().resolve("summary.json")).path("combined");
    assertThat(people.path("by").asText()).isEqualTo("dawid_skene");
    assertThat(people.path("evaluators").get(0).path("group").asText()).isEqualTo("honest");
    assertThat(FeedbackSummary.read(recorded.output()).choseFirst()).isNotNull();
  }

  /** Pairs by what is compared, of those that are compared once. */
  private static Map<Set<Object>, Pair> once(List<Pair> pairs) {
    Map<Set<Object>, Pair> byAnswers = new HashMap<>();
    Set<Set<Object>> twice = new HashSet<>();
    for (Pair pair : pairs) {
      Set<Object> key = Set.of(pair.prompt(), List.of(pair.chosen()), List.of(pair.rejected()));
      if (pair.chosen().equals(pair.rejected()) || byAnswers.put(key, pair) != null) {
        twice.add(key);
      }
    }
    byAnswers.keySet().removeAll(twice);
    return byAnswers;
  }

  @Test
  void aFilterLeavesLabelsOutAndSaysWhose() throws IOException {
    for (int i = 0; i < 4; i++) {
      says("ann", "a" + i, "b").says("bea", "a" + i, "b");
    }

    FolderContext context = run(new CombiningSpec(null, null, null, new Filter(3, null)));

    assertThat(Objects.requireNonNull(FeedbackSummary.read(context.output()).combined()).leftOut())
        .extracting(FeedbackSummary.LeftOut::evaluator)
        .containsExactly("ann", "bea");
    assertThat(JsonFiles.readLines(context.output().resolve("left_out.jsonl"), row -> row))
        .hasSize(2);
  }

  /** Whoever reads the file can say of each label whether the filter lets it count. */
  @Test
  void whatAFilterLeftOutIsExportedWithAMarkAndIsNoVote() throws IOException {
    FolderContext collected =
        new Collecting(folder).honest(4).skipping(2).pairs(60).people(2).filter(9, null).run();
    Path file = folder.resolve("labels.jsonl");
    RowWriter.write(
        ExportedRows.labels(new Artifact("digest", collected.output())), RowFormat.JSONL, file);
    List<JsonNode> labels = JsonFiles.readLines(file, row -> row);
    Map<String, List<JsonNode>> byRater = new HashMap<>();
    labels.stream()
        .filter(label -> !label.path("skipped").asBoolean())
        .sorted(Comparator.comparingInt(label -> label.path("id").asInt()))
        .forEach(
            label ->
                byRater
                    .computeIfAbsent(label.path("rater").asText(), name -> new ArrayList<>())
                    .add(label));

    byRater.forEach(
        (rater, own) -> {
          for (int i = 0; i < own.size(); i++) {
            assertThat(own.get(i).path("left_out").asBoolean())
                .as(rater + " " + i)
                .isEqualTo(i >= 9);
          }
        });
    int left = JsonFiles.readLines(collected.output().resolve("left_out.jsonl"), row -> row).size();
    assertThat(left).isPositive();
    assertThat(labels.stream().filter(label -> label.path("left_out").asBoolean())).hasSize(left);

    rows.append(Files.readString(file));
    FolderContext recorded = run(CombiningSpec.NONE);

    assertThat(votes(recorded)).isEqualTo(votes(collected));
    assertThat(recorded.notes()).anyMatch(note -> note.contains("left out by a filter"));
  }

  /** Who says something of the pairs, how often. */
  private static Map<String, Long> votes(FolderContext context) throws IOException {
    return JsonFiles.readLines(context.output().resolve("labels.jsonl"), row -> row).stream()
        .filter(label -> !label.path("choice").asText().equals("skip"))
        .collect(
            Collectors.groupingBy(
                label -> label.path("evaluator").asText(), TreeMap::new, Collectors.counting()));
  }

  @Test
  void groupsWeighAsTheyAreSaidTo() throws IOException {
    says("ann", "a", "b", ", \"group\": \"old\"")
        .says("bea", "a", "b", ", \"group\": \"old\"")
        .says("cec", "b", "a", ", \"group\": \"young\"");
    Map<String, Double> weigh = new HashMap<>(Map.of("old", 0.25));
    weigh.put("young", 0.75);

    Pair pair = pairs(run(new CombiningSpec(null, null, weigh, null))).get(0);

    assertThat(pair.chosen().text()).isEqualTo("b");
    assertThat(pair.target()).isCloseTo(0.75, within(1e-12));
  }

  @Test
  void whatCannotBeCombinedIsSaid() {
    says("ann", "a", "b").says("bea", "a", "b");

    assertThat(fails(new CombiningSpec(Aggregate.MAX_MIN, null, null, null)))
        .isEqualTo(
            "PLB0350 `aggregate: max_min` is fair to groups, but all rows are of `recorded`");
    assertThat(fails(new CombiningSpec(null, null, Map.of("none", 1.0), null)))
        .startsWith("PLB0351 nobody of `none`");
    says("cec", "b", "a").says("dan", "b", "a");
    assertThat(fails(CombiningSpec.NONE))
        .isEqualTo("PLB0509 none of the 1 recorded pairs has a preferred answer");
    rows.setLength(0);
    rows.append("{\"prompt\": \"p\", \"chosen\": \"a\", \"rejected\": \"b\"}\n");
    assertThat(fails(new CombiningSpec(Aggregate.MAJORITY, null, null, null)))
        .isEqualTo(
            "PLB0523 `aggregate` is about what several people say, and no row of the data set names"
                + " any");
  }

  private String fails(CombiningSpec how) {
    StageFailure failure = catchThrowableOfType(StageFailure.class, () -> run(how));
    return failure.code() + " " + failure.getMessage();
  }

  private static List<Pair> pairs(FolderContext context) throws IOException {
    return new ArrayList<>(Pairs.read(new Artifact("digest", context.output())));
  }

  private FolderContext run(CombiningSpec how) throws IOException {
    Path loading = Files.createTempDirectory(folder, "load");
    FolderContext loaded =
        new FolderContext(loading, new DataSpec("p.jsonl", null, 0, null))
            .file("jsonl", Files.writeString(loading.resolve("p.jsonl"), rows));
    new LoadData().run(loaded);
    FolderContext context =
        new FolderContext(
                Files.createTempDirectory(folder, "recorded"),
                new Recorded("human", null, null, null, how))
            .input("data", loaded.output(), "");
    new RecordedPreferences().run(context);
    return context;
  }
}
