// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plumbline.dsl.model.DataSpec;
import org.plumbline.dsl.model.ModelSpec;
import org.plumbline.dsl.model.feedback.CollectionSpec;
import org.plumbline.dsl.model.feedback.CombiningSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Aggregate;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Filter;
import org.plumbline.dsl.model.feedback.FeedbackSpec.GoldQuestions;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Recorded;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Redundancy;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Rows;
import org.plumbline.dsl.model.feedback.RichFeedbackSpec;
import org.plumbline.dsl.model.reward.FittedRewardSpec;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.shape.Shape;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.artifact.LabelExample;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.Stages;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.data.LoadData;
import org.plumbline.engine.rlhf.data.Pairs;
import org.plumbline.engine.rlhf.data.export.ExportedRows;
import org.plumbline.engine.rlhf.data.export.RowFormat;
import org.plumbline.engine.rlhf.data.export.RowWriter;
import org.plumbline.engine.rlhf.policies.Pretrain;
import org.plumbline.engine.rlhf.responses.Item;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.responses.Response;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;

/** Feedback of every kind out of files: those that are written here, and those of others. */
class RecordedKindsTest {
  @TempDir static Path shared;
  private static @Nullable Artifact model;

  @TempDir Path folder;

  @BeforeAll
  static void pretrain() {
    model =
        FolderContext.in(shared.resolve("base"), TinyWorld.pretraining(60), 1)
            .file("corpus", TinyWorld.corpusFile(shared, 300))
            .run(new Pretrain());
  }

  private static Artifact model() {
    return Objects.requireNonNull(model);
  }

  /** What a label says, without what no file holds: prices, worth, and in which order was shown. */
  private record Said(
      List<Object> asked, String by, String group, boolean malicious, @Nullable Response response) {

    static Said of(ItemLabel label, Rows kind) {
      Item item = label.item();
      List<Object> asked = List.of(item.prompt(), item.answers(), item.finished());
      Response response = label.response();
      int best = response instanceof Response.Ranking r ? r.best().get(0) : 0;
      if (kind == Rows.CORRECTIONS || kind == Rows.DEMONSTRATIONS) {
        asked = List.of(item.prompt(), item.answers().get(best), item.finished().get(best));
        response = response == null ? null : new Response.Remarks(List.of());
      }
      boolean named = kind != Rows.DEMONSTRATIONS;
      return new Said(
          asked,
          named ? label.evaluator() : "",
          named ? label.group() : "",
          label.malicious(),
          response);
    }
  }

  @TestFactory
  Stream<DynamicTest> whatWasSaidComesBackFromEveryKindOfFile() {
    return Arrays.stream(Rows.values())
        .filter(kind -> kinds().containsKey(word(kind)))
        .flatMap(
            kind ->
                Arrays.stream(RowFormat.values())
                    .map(
                        format ->
                            DynamicTest.dynamicTest(
                                word(kind) + " as " + format.word(), () -> trip(kind, format))));
  }

  private void trip(Rows kind, RowFormat format) throws IOException {
    Artifact collected = collected(kind);
    Artifact all = recorded(exported(collected, format, "labels"), kind);
    Artifact some = recorded(exported(collected, format, ""), kind);

    List<Said> labels = said(collected, kind);
    List<Said> spoken = labels.stream().filter(label -> label.response() != null).toList();
    assertThat(said(all, kind)).isEqualTo(kind == Rows.DEMONSTRATIONS ? spoken : labels);
    if (kind == Rows.CORRECTIONS) {
      assertThat(Pairs.read(some)).isEqualTo(Pairs.read(collected));
    } else {
      assertThat(said(some, kind)).isEqualTo(spoken);
    }
    FeedbackSummary summary = FeedbackSummary.read(all.folder());
    assertThat(summary.labels()).isEqualTo(spoken.size());
    assertThat(Objects.requireNonNull(summary.items()).kind()).isEqualTo(word(kind));
  }

  /** In the file is every label that was paid; from repeats and gold questions nobody learns. */
  @TestFactory
  Stream<DynamicTest> whatWasAskedBesidesComesBackAsNoVote() {
    Map<String, RichFeedbackSpec> gold =
        KindsWorld.kinds(
            KindsWorld.collection(
                new Redundancy(2, 0.5), null, 0.4, new GoldQuestions(0.5, 20, null)));
    Map<String, RichFeedbackSpec> repeated = KindsWorld.kinds(new Redundancy(2, 0.5), null, 0.4);
    return Arrays.stream(Rows.values())
        .filter(kind -> kinds().containsKey(word(kind)))
        .flatMap(
            kind ->
                Arrays.stream(RowFormat.values())
                    .map(
                        format ->
                            DynamicTest.dynamicTest(
                                word(kind) + " as " + format.word(),
                                () -> {
                                  boolean writes = WRITTEN.contains(kind);
                                  RichFeedbackSpec spec =
                                      (writes ? repeated : gold).get(word(kind));
                                  besides(kind, format, Objects.requireNonNull(spec));
                                })));
  }

  /** Labels that a filter left out, of each kind, are in the file and are not read as votes. */
  @TestFactory
  Stream<DynamicTest> whatAFilterLeftOutIsExportedAndIsNoVote() {
    CombiningSpec most = new CombiningSpec(null, null, null, new Filter(3, null));
    Map<String, RichFeedbackSpec> filtered =
        KindsWorld.kinds(KindsWorld.combined(new Redundancy(2, 0.5), most));
    return Arrays.stream(Rows.values())
        .filter(kind -> filtered.containsKey(word(kind)))
        .map(
            kind ->
                DynamicTest.dynamicTest(
                    word(kind),
                    () -> {
                      Artifact collected =
                          collected(
                              Objects.requireNonNull(filtered.get(word(kind))), KindsWorld.crowd());
                      Artifact data = exported(collected, RowFormat.JSONL, "labels");

                      int left = JsonFiles.readLines(collected.file("left_out.jsonl")).size();
                      assertThat(left).isPositive();
                      assertThat(JsonFiles.readLines(data.file("rows.jsonl")))
                          .filteredOn(row -> row.path("left_out").asBoolean())
                          .hasSize(left);
                      List<Said> labels = said(collected, kind);
                      assertThat(said(recorded(data, kind), kind))
                          .isEqualTo(
                              kind == Rows.DEMONSTRATIONS
                                  ? labels.stream().filter(l -> l.response() != null).toList()
                                  : labels);
                    }));
  }

  /**
   * What several people come to together is no group's, and so no part of the accuracy by group.
   */
  @Test
  void accuracyByGroupHasNoPartWithoutAName() throws IOException {
    FittedRewardSpec spec = KindRewards.rewards().get("rating_regression scalar");
    for (boolean combined : List.of(false, true)) {
      CombiningSpec how =
          combined ? new CombiningSpec(Aggregate.MEAN, null, null, null) : CombiningSpec.NONE;
      CollectionSpec twice = KindsWorld.combined(new Redundancy(2, 1), how);
      Artifact collected =
          collected(
              Objects.requireNonNull(KindsWorld.kinds(twice).get("scalar")), KindsWorld.crowd());

      Artifact reward =
          fit(Objects.requireNonNull(spec), collected).run(stage("rating_regression"));

      List<String> groups = new ArrayList<>();
      JsonNode slices = JsonFiles.read(reward.file("metrics.json")).findPath("slices");
      assertThat(slices).isNotEmpty();
      slices.forEach(
          slice -> {
            if (slice.path("by").asText().equals("evaluators")) {
              groups.add(slice.path("name").asText());
            }
          });
      assertThat(groups).doesNotContain("");
      assertThat(groups.isEmpty()).isEqualTo(combined);
    }
  }

  /** What people write themselves is not known to be right. */
  private static final Set<Rows> WRITTEN =
      Set.of(Rows.CORRECTIONS, Rows.DEMONSTRATIONS, Rows.LANGUAGE);

  private void besides(Rows kind, RowFormat format, RichFeedbackSpec spec) throws IOException {
    Artifact collected = collected(spec, KindsWorld.crowd());
    Artifact data = exported(collected, format, "labels");
    Artifact read = recorded(data, kind);

    List<JsonNode> again = JsonFiles.readLines(collected.file("repeated.jsonl"), row -> row);
    List<JsonNode> rows = JsonFiles.readLines(data.file("rows.jsonl"), row -> row);
    List<Said> labels = said(collected, kind);
    List<Said> spoken = labels.stream().filter(label -> label.response() != null).toList();
    boolean shown = kind == Rows.DEMONSTRATIONS;
    assertThat(again).isNotEmpty();
    assertThat(rows)
        .filteredOn(row -> row.path("again").asBoolean())
        .hasSize(
            shown
                ? (int) again.stream().filter(row -> !row.path("skipped").asBoolean()).count()
                : again.size());
    assertThat(rows)
        .filteredOn(row -> row.path("gold_question").asBoolean())
        .hasSize(
            WRITTEN.contains(kind)
                ? 0
                : JsonFiles.readLines(collected.file("gold_questions.jsonl"), row -> row).size());
    assertThat(said(read, kind)).isEqualTo(shown ? spoken : labels);
    FeedbackSummary.Repeats repeats = FeedbackSummary.read(read.folder()).repeats();
    if (shown || kind == Rows.CORRECTIONS) {
      assertThat(repeats).isNull();
      return;
    }
    FeedbackSummary.Repeats before =
        Objects.requireNonNull(FeedbackSummary.read(collected.folder()).repeats());
    assertThat(Objects.requireNonNull(repeats).asked()).isEqualTo(before.asked());
    assertThat(repeats.answered()).isEqualTo(before.answered());
    assertThat(JsonFiles.readLines(read.file("repeated.jsonl"), row -> row)).hasSize(again.size());
  }

  @Test
  void classesKeepTheirOrderAndWhichOneIsWantedIsSaid() throws IOException {
    Artifact collected = collected(Rows.LABELS);
    Recorded spec = new Recorded("human", null, Rows.LABELS, null);
    FolderContext exported = context(exported(collected, RowFormat.JSONL, ""), spec);
    Artifact read = exported.run(new RecordedFeedback());

    assertThat(said(read, Rows.LABELS))
        .isEqualTo(
            said(collected, Rows.LABELS).stream().filter(l -> l.response() != null).toList());
    assertThat(exported.notes()).isEmpty();

    String spam = "{'prompt': 'p', 'completion': 'a', 'class': 'spam'}\n";
    String fine = "{'prompt': 'p', 'completion': 'b', 'class': 'fine'}\n";
    FolderContext others = context(loaded(spam + fine), spec);
    others.run(new RecordedFeedback());
    assertThat(others.notes())
        .containsExactly(
            "`spam` counts as the wanted class, because it is the first in the rows; name"
                + " `classes`, the wanted one first, if another is");

    FolderContext named =
        context(
            loaded(spam + fine), new Recorded("human", null, Rows.LABELS, List.of("fine", "spam")));
    named.run(new RecordedFeedback());
    assertThat(named.notes()).isEmpty();
  }

  @Test
  void aClassOfTwoRanksIsNamed() throws IOException {
    String row = "{'prompt': 'p', 'completion': 'a', 'class': 'spam', 'class_rank': %d}\n";
    Artifact data = loaded(row.formatted(0) + row.formatted(1));

    StageFailure failure = fails(data, new Recorded("human", null, Rows.LABELS, null));

    assertThat(failure.code()).isEqualTo("PLB0519");
    assertThat(failure).hasMessage("`class_rank` of `spam` is 0.0 in one row and 1.0 in another");
  }

  /** It says what a person of its values would, and costs what it declares. */
  @TestFactory
  Stream<DynamicTest> aJudgeThatFollowsRulesGivesFeedbackOfEveryKind() {
    EvaluatorsSpec rules =
        new EvaluatorsSpec(
            null, 0.25, null, new EvaluatorsSpec.Judge("critic", Map.of("kind", "Be kind.")));
    return KindsWorld.kinds(new Redundancy(1, 1), null).entrySet().stream()
        .map(
            kind ->
                DynamicTest.dynamicTest(
                    kind.getKey(),
                    () -> {
                      Artifact judged = collected(kind.getValue(), rules);

                      List<ItemLabel> labels = ItemLabel.read(judged);
                      assertThat(labels).hasSizeGreaterThan(20);
                      assertThat(labels)
                          .allSatisfy(
                              label -> {
                                assertThat(label.evaluator()).isEqualTo("rules");
                                assertThat(label.group()).isEqualTo("judge");
                                assertThat(label.cost()).isPositive();
                              });
                    }));
  }

  @TestFactory
  Stream<DynamicTest> everyKindIsShownInWords() {
    return Arrays.stream(Rows.values())
        .filter(kind -> kinds().containsKey(word(kind)))
        .map(
            kind ->
                DynamicTest.dynamicTest(
                    word(kind),
                    () -> {
                      List<LabelExample> examples = LabelExample.read(collected(kind).folder());

                      assertThat(examples).hasSizeBetween(3, 5);
                      assertThat(examples)
                          .allSatisfy(
                              example -> {
                                assertThat(example.prompt()).startsWith("how do i");
                                assertThat(example.answers()).isNotEmpty();
                                assertThat(example.said()).isNotBlank();
                              });
                      assertThat(examples)
                          .anySatisfy(
                              example ->
                                  assertThat(example.facts())
                                      .anyMatch(fact -> fact.endsWith("since their last break")));
                    }));
  }

  private static String word(Rows kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static List<Said> said(Artifact feedback, Rows kind) throws IOException {
    return JsonFiles.readLines(feedback.file(ItemLabel.FILE), ItemLabel::of).stream()
        .map(label -> Said.of(label, kind))
        .toList();
  }

  /** The same weights, bit for bit. */
  @TestFactory
  Stream<DynamicTest> aRewardModelLearnsTheSameFromRecordedRows() {
    return KindRewards.rewards().entrySet().stream()
        .map(
            reward ->
                DynamicTest.dynamicTest(
                    reward.getKey(), () -> learnsTheSame(reward.getKey(), reward.getValue())));
  }

  private void learnsTheSame(String name, FittedRewardSpec spec) throws IOException {
    int space = name.indexOf(' ');
    Rows kind = Rows.valueOf(name.substring(space + 1).toUpperCase(Locale.ROOT));
    Stage stage = stage(name.substring(0, space));
    Artifact collected = collected(kind);
    Artifact again = recorded(exported(collected, RowFormat.JSONL, ""), kind);

    Path one = fit(spec, collected).run(stage).folder();
    Path other = fit(spec, again).run(stage).folder();

    assertThat(other.resolve("members/1/model.safetensors"))
        .hasSameBinaryContentAs(one.resolve("members/1/model.safetensors"));
  }

  private FolderContext fit(FittedRewardSpec spec, Artifact feedback) throws IOException {
    return FolderContext.in(Files.createTempDirectory(folder, "fit"), spec, 5)
        .input("from", model())
        .input("feedback", feedback);
  }

  private static Stage stage(String operation) {
    return Objects.requireNonNull(Stages.byOperation().get(operation));
  }

  private static Map<String, RichFeedbackSpec> kinds() {
    return KindsWorld.kinds(new Redundancy(2, 0.5), null);
  }

  private Artifact collected(Rows kind) throws IOException {
    return collected(Objects.requireNonNull(kinds().get(word(kind))), KindsWorld.crowd());
  }

  private Artifact collected(RichFeedbackSpec spec, EvaluatorsSpec by) throws IOException {
    Path root = Files.createTempDirectory(folder, "collected");
    String kind = Shape.of(spec.getClass()).kind();
    return FolderContext.in(root, spec, 5)
        .input("of", model())
        .input("prompts", TinyWorld.promptData(root.resolve("prompts"), 40))
        .declare(Section.EVALUATORS, "crowd", by)
        .declare(Section.MODELS, "critic", new ModelSpec.Rules("good", 3))
        .declare(Section.VALUES, "good", KindsWorld.values())
        .run(stage(kind));
  }

  private Artifact exported(Artifact feedback, RowFormat format, String which) throws IOException {
    Path root = Files.createTempDirectory(folder, "export");
    Path file = root.resolve("rows." + format.word());
    RowWriter.write(
        which.isEmpty() ? ExportedRows.of(feedback, "") : ExportedRows.labels(feedback),
        format,
        file);
    DataSpec spec =
        new DataSpec(
            format == RowFormat.JSONL ? "rows" : null,
            null,
            format == RowFormat.CSV ? "rows" : null,
            format == RowFormat.PARQUET ? "rows" : null,
            ",",
            null,
            0,
            null);
    return FolderContext.in(root.resolve("load"), spec, 1)
        .file(format.word(), file)
        .run(new LoadData());
  }

  private Artifact recorded(Artifact data, Rows kind) throws IOException {
    List<String> classes = kind == Rows.LABELS ? List.of("good", "fair", "bad") : null;
    return recorded(data, new Recorded("human", null, kind, classes));
  }

  private Artifact recorded(Artifact data, Recorded spec) throws IOException {
    return context(data, spec).run(new RecordedFeedback());
  }

  private FolderContext context(Artifact data, Recorded spec) throws IOException {
    return FolderContext.in(Files.createTempDirectory(folder, "recorded"), spec, 1)
        .input("data", data);
  }

  private Artifact loaded(String rows) throws IOException {
    Path root = Files.createTempDirectory(folder, "rows");
    return FolderContext.in(root, new DataSpec("rows.jsonl", null, 0, null), 1)
        .file("jsonl", Files.writeString(root.resolve("in"), rows.replace('\'', '"')))
        .run(new LoadData());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{'completions': ['a', 'b'], 'ranks': [2, 1]} | RANKINGS | Ranking[best=[1, 0]]",
        "{'answers': [{'answer': 'a', 'rank': 1.0}, {'answer': 'b', 'rank': 2.0}]} | RANKINGS | Ranking[best=[0, 1]]",
        "{'completions': ['a', 'b', 'c'], 'ranks': [2, 1, 2]} | RANKINGS | Ranking[best=[1]]",
        "{'completions': ['a', 'b'], 'best': 1} | BEST_OF_K | Ranking[best=[1]]",
        "{'completion': 'a', 'rating': 7.5} | SCALAR | Rating[number=7.5]",
        "{'completion': 'a', 'rating': 4} | LIKERT | Rating[number=4.0]",
        "{'output_1': 'a', 'output_2': 'b', 'slider': -0.5} | SLIDER | Rating[number=-0.5]",
        "{'completion': 'a', 'class': 'spam'} | LABELS | Label[name=spam, rank=0]",
        "{'completion': 'a', 'label': false} | LABELS | Label[name=bad, rank=1]",
        "{'completion': 'a', 'feedback': 'too short'} | LANGUAGE | Remarks[texts=[too short]]",
        "{'completion': 'a b', 'spans': [{'start': 2, 'end': 3, 'label': 'fact'}]} | SPAN | Marks[spans=[Mark[start=2, end=3, category=fact, value=-1.0]]]",
        "{'completions': ['a', 'b'], 'labels': [true, false]} | STEP | Steps[ends=[1, 3], labels=[1.0, 0.0]]",
        "{'completions': ['a. ', 'b.', ' c'], 'labels': [1, 0.5, null]} | STEP | Steps[ends=[3, 5], labels=[1.0, 0.5]]",
        "{'chosen': 'a', 'rejected': 'b'} | CORRECTIONS | Ranking[best=[1]]",
        "{'completion': 'a'} | DEMONSTRATIONS | Ranking[best=[0]]",
      })
  void rowsOfOthersSayWhatTheyMean(String row, Rows kind, String said) throws IOException {
    String json = row.strip().replaceFirst("\\{", "{'prompt': 'p', ");

    Artifact feedback = recorded(loaded(json), new Recorded("human", null, kind, null));

    assertThat(ItemLabel.read(feedback))
        .singleElement()
        .satisfies(
            label -> {
              assertThat(String.valueOf(label.response())).isEqualTo(said.strip());
              assertThat(label.evaluator()).isEqualTo("somebody");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{'completions': ['a', 'b'], 'ranks': [1]} | PLB0519 | rows.jsonl:2: `ranks` must be one for each of the 2 `completions`, but is 1 of them",
        "{'completions': ['a', 'b'], 'ranks': [1, 'x']} | PLB0511 | rows.jsonl:2: `ranks[1]` must be a number, but is a text",
        "{'completions': ['a', 'b'], 'ranks': [1, 1]} | PLB0519 | rows.jsonl:2: `ranks` must be of different answers different, but for the last place, but is 1 more than once",
        "{'completions': ['a'], 'best': 0} | PLB0519 | rows.jsonl:2: `completions` must be two answers or more, but is 1 of them",
        "{'completions': ['a', 'b'], 'best': 2} | PLB0519 | rows.jsonl:2: `best` must be a whole number from 0 to 1, but is 2",
        "{'answers': [{'answer': 'a', 'rank': 1}, {'answer': 'b'}]} | PLB0511 | rows.jsonl:2: `answers[1].rank` must be a number, but is null",
        "{'completion': 'a', 'rating': 'good'} | PLB0511 | rows.jsonl:2: `rating` must be a number, but is a text",
        "{'output_1': 'a', 'output_2': 'b', 'slider': 1.5} | PLB0519 | rows.jsonl:2: `slider` must be from -1 to 1, but is 1.5",
        "{'completion': 'a', 'class': ''} | PLB0512 | rows.jsonl:2: `class` is empty",
        "{'completion': 'a', 'feedback': ['x', ' ']} | PLB0512 | rows.jsonl:2: `feedback[1]` is empty",
        "{'completion': 'a b', 'spans': [{'start': 2, 'end': 4, 'label': 'f'}]} | PLB0519 | rows.jsonl:2: `spans[0].end` must be a place in the answer, which has 3 characters, but is 4",
        "{'completion': 'a b', 'spans': [{'start': 2, 'end': 2, 'label': 'f'}]} | PLB0519 | rows.jsonl:2: `spans[0].end` must be above `start`, which is 2, but is 2",
        "{'completion': 'a b', 'spans': [{'start': 0, 'end': 2}]} | PLB0511 | rows.jsonl:2: `spans[0].label` must be a text, but is null",
        "{'completions': ['a', 'b'], 'labels': [1, 2]} | PLB0519 | rows.jsonl:2: `labels[1]` must be true, false, or from 0 to 1, but is 2",
      })
  void aWrongRowIsNamedWithItsPlace(String row, String code, String message) {
    String json = row.strip().replaceFirst("\\{", "{'prompt': 'p', ");

    StageFailure failure = catchThrowableOfType(StageFailure.class, () -> loaded("\n" + json));

    assertThat(failure.code()).isEqualTo(code.strip());
    assertThat(failure).hasMessage(message.strip());
  }

  @Test
  void aRowThatDoesNotFitTheKindIsNamed() throws IOException {
    Artifact data = loaded("{'prompt': 'p', 'completion': 'a', 'rating': 4}\n".repeat(2) + HALF);

    StageFailure failure = fails(data, new Recorded("human", null, Rows.LIKERT, null));

    assertThat(failure.code()).isEqualTo("PLB0519");
    assertThat(failure)
        .hasMessage(
            "row 3 of the data set: `rating` must be a step of a scale, from 1 on, but is 3.5");
  }

  @Test
  void aStepBeyondAllScalesIsNamed() throws IOException {
    String far = "{'prompt': 'p', 'completion': 'a', 'rating': 1000000}\n";
    Artifact data = loaded("{'prompt': 'p', 'completion': 'a', 'rating': 100}\n" + far);

    StageFailure failure = fails(data, new Recorded("human", null, Rows.LIKERT, null));

    assertThat(failure.code()).isEqualTo("PLB0519");
    assertThat(failure)
        .hasMessage(
            "row 2 of the data set: `rating` is 1000000, but a scale has at most 100 steps;"
                + " `rows: scalar` takes any number");
  }

  private static final String HALF = "{'prompt': 'p', 'completion': 'a', 'rating': 3.5}\n";

  @Test
  void aClassThatIsNoneOfTheClassesIsNamed() throws IOException {
    Artifact data = loaded("{'prompt': 'p', 'completion': 'a', 'class': 'ham'}");

    StageFailure failure =
        fails(data, new Recorded("human", null, Rows.LABELS, List.of("spam", "eggs")));

    assertThat(failure)
        .hasMessage("row 1 of the data set: `class` is `ham`, which is none of `classes`");
  }

  @Test
  void rowsOfAnotherShapeAreRefused() throws IOException {
    StageFailure failure = fails(loaded(HALF), new Recorded("human", null, Rows.SPAN, null));

    assertThat(failure.code()).isEqualTo("PLB0516");
    assertThat(failure)
        .hasMessage(
            "`data` needs rows with `prompt`, `completion`, `spans`, but the data set's are rated"
                + " answers");
  }

  @Test
  void onlySoManyRowsAreTakenAndNoMoreThanThereAre() throws IOException {
    Artifact data = loaded(HALF.repeat(3));

    assertThat(ItemLabel.read(recorded(data, new Recorded("human", 2, Rows.SCALAR, null))))
        .hasSize(2);
    assertThat(fails(data, new Recorded("human", 4, Rows.SCALAR, null)).code())
        .isEqualTo("PLB0508");
  }

  private StageFailure fails(Artifact data, Recorded spec) {
    return catchThrowableOfType(StageFailure.class, () -> recorded(data, spec));
  }
}
