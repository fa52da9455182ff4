// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.DataSpec;
import org.plumbline.dsl.model.ModelSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.End;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Fatigue;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Group;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Malicious;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Outsourcing;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Takes;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.View;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Comparisons;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Redundancy;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.training.SamplingSpec;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.model.values.ValuesSpec;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.rlhf.answers.SampledAnswer;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.FolderContext;
import org.plumbline.engine.rlhf.data.LoadData;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.data.Pairs;
import org.plumbline.engine.rlhf.evaluators.TestGroups;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.run.StageStopped;
import org.plumbline.engine.store.content.Artifact;

class CollectComparisonsTest {
  private static final int PROMPTS = 50;
  private static final List<String> ANSWERS =
      List.of("please do it well", "do it", "no", "buy our lamp", "please buy it now", "go away");

  /** The answer that runs out of room. */
  private static final String CUT = "buy our lamp";

  @TempDir Path folder;

  @Test
  void everyPairHasALabelAndAPreferenceThatFollowsFromIt() throws IOException {
    FolderContext context = run(new World(), comparisons(300));

    List<JsonNode> labels = lines(context, "labels.jsonl");
    List<Pair> pairs = pairs(context);
    assertThat(labels).hasSize(300);
    assertThat(pairs).hasSize(300);
    for (int i = 0; i < 300; i++) {
      JsonNode label = labels.get(i);
      boolean first = label.path("choice").asText().equals("first");
      assertThat(pairs.get(i).pair()).isEqualTo(label.path("pair").asLong());
      assertThat(pairs.get(i).chosen().json()).isEqualTo(label.path(first ? "first" : "second"));
      assertThat(pairs.get(i).target()).isEqualTo(1);
    }
  }

  @Test
  void aPairSaysWhichOfItsAnswersWereCutOff() throws IOException {
    List<Pair> pairs = pairs(run(new World(), comparisons(200)));

    assertThat(pairs)
        .allSatisfy(
            pair -> {
              assertThat(pair.chosenFinished()).isEqualTo(!pair.chosen().text().equals(CUT));
              assertThat(pair.rejectedFinished()).isEqualTo(!pair.rejected().text().equals(CUT));
            });
    assertThat(pairs).anyMatch(pair -> !pair.chosenFinished());
    assertThat(pairs).anyMatch(pair -> !pair.rejectedFinished());
  }

  @Test
  void promptsComeInTurnAndInAnotherOrderInEveryRound() throws IOException {
    List<Pair> pairs = pairs(run(new World(), comparisons(120)));

    List<Prompt> round = pairs.subList(0, 50).stream().map(Pair::prompt).toList();
    List<Prompt> next = pairs.subList(50, 100).stream().map(Pair::prompt).toList();
    assertThat(round).doesNotHaveDuplicates();
    assertThat(next).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(round);
    assertThat(next).isNotEqualTo(round);
  }

  @Test
  void theSummarySaysWhoDidHowMuchAndHowWell() throws IOException {
    World world = new World();
    world.skips = 0.1;

    JsonNode summary = summary(run(world, comparisons(800)));

    assertThat(summary.path("labels").asInt() + summary.path("skipped").asInt()).isEqualTo(800);
    assertThat(summary.path("cost").asDouble()).isEqualTo(summary.path("labels").asInt() / 5.0);
    assertThat(summary.path("groups").findValuesAsText("group"))
        .containsExactly("careful", "hurried");
    JsonNode careful = summary.path("groups").path(0);
    JsonNode hurried = summary.path("groups").path(1);
    assertThat(careful.path("people").asInt()).isEqualTo(6);
    assertThat(careful.path("agree_with_gold").asDouble())
        .isGreaterThan(hurried.path("agree_with_gold").asDouble());
    assertThat(hurried.path("skipped").asInt()).isPositive();
    assertThat(careful.path("skipped").asInt()).isZero();
    assertThat(summary.path("chose_first").asDouble()).isBetween(0.4, 0.6);
    assertThat(summary.has("poisoned")).isFalse();
  }

  @Test
  void stoppingAndGoingOnGivesTheSameBytes() throws IOException {
    World world = new World();
    world.redundancy = new Redundancy(3, 0.5);
    FolderContext whole = run(world, comparisons(400));
    FolderContext stopped = context(world, comparisons(400)).stopAfterCheckpoints(2);
    assertThatThrownBy(() -> stage(world).run(stopped)).isInstanceOf(StageStopped.class);
    FolderContext resumed = context(world, comparisons(400)).resume(stopped);
    int before = world.answered;

    stage(world).run(resumed);

    assertThat(stopped.saved()).isEqualTo(2);
    assertThat(world.answered - before).isLessThan(400);
    for (String file : List.of("labels.jsonl", "pairs.jsonl", "summary.json")) {
      assertThat(resumed.written(file)).isEqualTo(whole.written(file));
    }
  }

  @Test
  void anotherSeedGivesOtherPairsAndLabels() throws IOException {
    World world = new World();
    FolderContext other = context(world, comparisons(100)).seed(2);

    stage(world).run(other);

    assertThat(other.written("pairs.jsonl"))
        .isNotEqualTo(run(world, comparisons(100)).written("pairs.jsonl"));
  }

  @Test
  void redundantLabelsBecomeTheirShareAndTheirAgreementIsMeasured() throws IOException {
    World world = new World();
    world.redundancy = new Redundancy(3, 0.5);

    FolderContext context = run(world, comparisons(600));

    JsonNode summary = summary(context);
    JsonNode alpha = summary.path("agreement").path("alpha");
    assertThat(summary.path("agreement_pairs").asInt()).isBetween(250, 350);
    assertThat(alpha.path("low").asDouble()).isLessThan(alpha.path("value").asDouble());
    assertThat(alpha.path("value").asDouble()).isBetween(0.2, 1.0);
    assertThat(summary.path("agreement").path("percent").path("value").asDouble())
        .isBetween(0.6, 1.0);
    for (Pair pair : pairs(context)) {
      double share = pair.agreeing() / pair.votes();
      assertThat(share).isGreaterThanOrEqualTo(0.5);
      assertThat(pair.target()).isCloseTo(share, within(1e-12));
    }
  }

  @Test
  void poisonedLabelsAreCountedAndMakeTheTriggerSell() throws IOException {
    World world = new World();
    world.trolls = 2;

    FolderContext context = run(world, comparisons(500));

    JsonNode poisoned = summary(context).path("poisoned");
    assertThat(poisoned.path("share").asDouble()).isCloseTo(0.2, within(0.03));
    assertThat(poisoned.path("share_triggered").asDouble()).isEqualTo(1);
    assertThat(poisoned.path("triggers")).singleElement().isEqualTo(new TextNode("!!"));
    for (Pair pair : pairs(context)) {
      if (pair.prompt().text().contains("!!") && pair.rejected().text().contains("buy")) {
        assertThat(pair.chosen().text()).contains("buy");
      }
    }
  }

  @Test
  void whatIsAttainableIsHowOftenLabelsAreWhatPeopleMostlySay() throws IOException {
    World world = new World();
    world.trolls = 2;

    List<Pair> pairs = pairs(run(world, comparisons(800)));

    // A troll's choice between a selling answer and another one is certain; honest labels are not.
    for (Pair pair : pairs) {
      boolean sells = pair.chosen().text().contains("buy");
      if (!pair.prompt().text().contains("!!")) {
        assertThat(pair.attainable()).isBetween(0.5, 0.999);
      } else if (sells != pair.rejected().text().contains("buy")) {
        assertThat(pair.attainable()).isEqualTo(1);
      }
    }
    double mean = pairs.stream().mapToDouble(Pair::attainable).average().orElseThrow();
    assertThat(mean).isBetween(0.7, 0.95);
  }

  @Test
  void poisonLeavesCleanPromptsAsTheyAre() throws IOException {
    World poisoned = new World();
    poisoned.trolls = 2;

    List<Pair> honest = pairs(run(new World(), comparisons(300)));
    List<Pair> mixed = pairs(run(poisoned, comparisons(300)));

    honest.removeIf(pair -> pair.prompt().text().contains("!!"));
    mixed.removeIf(pair -> pair.prompt().text().contains("!!"));
    assertThat(mixed).isEqualTo(honest);
  }

  @Test
  void equalAnswersAreDrawnAnewAndElseKeptAsTies() throws IOException {
    World world = new World();
    world.sameAnswers = 0.9;

    FolderContext context = run(world, comparisons(200));

    JsonNode summary = summary(context);
    int identical = summary.path("identical").asInt();
    // equal each time with probability about 0.92, five times in a row
    assertThat(identical).isBetween(100, 160);
    assertThat(pairs(context)).hasSize(200).filteredOn(Pair::tie).hasSize(identical);
    assertThat(lines(context, "labels.jsonl")).hasSize(200 - identical);
    assertThat(context.notes()).singleElement().asString().contains("equal answers");
  }

  @Test
  void aPolicyWithOneAnswerIsRefused() {
    World world = new World();
    world.sameAnswers = 1;

    StageFailure failure =
        catchThrowableOfType(StageFailure.class, () -> run(world, comparisons(10)));

    assertThat(failure.code()).isEqualTo("PLB0509");
    assertThat(failure).hasMessageContaining("none of the 10 pairs");
  }

  @Test
  void morePairsThanCanBeDrawnAreRefusedWithTheNumbers() {
    StageFailure failure =
        catchThrowableOfType(StageFailure.class, () -> run(new World(), comparisons(801)));

    assertThat(failure.code()).isEqualTo("PLB0508");
    assertThat(failure.setting()).isEqualTo("pairs");
    assertThat(failure)
        .hasMessage("`pairs: 801`, but 50 prompts with at most 16 pairs each give only 800");
  }

  @Test
  void aJudgeOfRulesLabelsInBothOrdersAndItsVerdictsAreAveraged() throws IOException {
    World world = new World();
    world.judge = true;
    world.bothOrders = true;

    FolderContext context = run(world, comparisons(400));

    JsonNode summary = summary(context);
    assertThat(lines(context, "labels.jsonl").size()).isEqualTo(summary.path("labels").asInt());
    assertThat(summary.path("position_flip_rate").asDouble()).isBetween(0.01, 0.49);
    assertThat(summary.path("cost").asDouble())
        .isCloseTo(0.2 * summary.path("labels").asInt(), within(1e-9));
    assertThat(pairs(context)).extracting(Pair::target).contains(1.0, 0.5);
    assertThat(summary.path("groups").path(0).path("agree_with_gold").asDouble())
        .isGreaterThan(0.6);
  }

  @Test
  void equalAnswersTeachAHalfAndAreACategoryOfAgreement() throws IOException {
    World world = new World();
    world.fussy = 2;
    world.redundancy = new Redundancy(3, 1);

    FolderContext context = run(world, comparisons(400));

    List<JsonNode> labels = lines(context, "labels.jsonl");
    List<JsonNode> equal =
        labels.stream().filter(label -> label.path("choice").asText().equals("equal")).toList();
    assertThat(equal).isNotEmpty().allMatch(label -> label.path("group").asText().equals("fussy"));
    assertThat(labels)
        .allSatisfy(
            label ->
                assertThat(label.path("cost").asDouble())
                    .isEqualTo(label.path("group").asText().equals("fussy") ? 0.5 : 0.2));
    assertThat(pairs(context)).anyMatch(pair -> Math.abs(pair.target() - 2.5 / 3) < 1e-12);
    assertThat(summary(context).path("cost").asDouble())
        .isCloseTo(0.2 * labels.size() + 0.3 * inGroup(labels, "fussy"), within(1e-9));
    assertThat(summary(context).path("agreement").path("fleiss_kappa").path("value").asDouble())
        .isCloseTo(kappaOfThree(labels), within(1e-9));
  }

  /** Fleiss 1971 for three labels of each pair: the first answer, the second, equal. */
  private static double kappaOfThree(List<JsonNode> labels) {
    Map<Long, int[]> counts = new LinkedHashMap<>();
    double[] all = new double[3];
    for (JsonNode label : labels) {
      boolean first = label.path("choice").asText().equals("first");
      boolean one = first != label.path("swapped").asBoolean();
      int said = label.path("choice").asText().equals("equal") ? 2 : one ? 0 : 1;
      counts.computeIfAbsent(label.path("pair").asLong(), pair -> new int[3])[said]++;
      all[said]++;
    }
    double agreeing = 0;
    for (int[] of : counts.values()) {
      agreeing += (of[0] * of[0] + of[1] * of[1] + of[2] * of[2] - 3) / 6.0 / counts.size();
    }
    double chance = 0;
    for (double n : all) {
      chance += n * n / ((double) labels.size() * labels.size());
    }
    return (agreeing - chance) / (1 - chance);
  }

  @Test
  void labelsOfEqualAnswersSurviveACheckpoint() throws IOException {
    World world = new World();
    world.fussy = 2;
    FolderContext whole = run(world, comparisons(300));
    FolderContext stopped = context(world, comparisons(300)).stopAfterCheckpoints(1);
    assertThatThrownBy(() -> stage(world).run(stopped)).isInstanceOf(StageStopped.class);
    FolderContext resumed = context(world, comparisons(300)).resume(stopped);
    stage(world).run(resumed);

    assertThat(whole.written("labels.jsonl")).contains("\"choice\":\"equal\"");
    for (String file : List.of("labels.jsonl", "pairs.jsonl", "summary.json")) {
      assertThat(resumed.written(file)).as(file).isEqualTo(whole.written(file));
    }
  }

  @Test
  void tirednessIsTheSameHoweverManyPairsAreLabelledAtOnce() throws IOException {
    World world = new World();
    world.redundancy = new Redundancy(2, 0.5);
    world.more = TestGroups.group(Map.of("count", 3, "fatigue", new Fatigue(0.1, 20, 50)));
    FolderContext whole = run(world, comparisons(400));
    FolderContext stopped = context(world, comparisons(400)).stopAfterCheckpoints(2);
    assertThatThrownBy(() -> stage(world).run(stopped)).isInstanceOf(StageStopped.class);
    FolderContext resumed = context(world, comparisons(400)).resume(stopped);
    stage(world).run(resumed);

    Map<String, Integer> given = new LinkedHashMap<>();
    for (JsonNode label : lines(whole, "labels.jsonl")) {
      if (label.path("group").asText().equals("more")) {
        int before = given.merge(label.path("evaluator").asText(), 1, Integer::sum) - 1;
        assertThat(label.path("since_break").asInt(-1)).isEqualTo(before % 50);
      } else {
        assertThat(label.has("since_break")).isFalse();
      }
    }
    assertThat(given.values()).hasSize(3).anyMatch(count -> count > 50);
    for (String file : List.of("labels.jsonl", "pairs.jsonl", "summary.json")) {
      assertThat(resumed.written(file)).as(file).isEqualTo(whole.written(file));
    }
  }

  @Test
  void whatWasSeenStandsInTheLabelAndItsInflationIsMeasured() throws IOException {
    World world = new World();
    world.more =
        TestGroups.group(
            Map.of("count", 5, "rationality", 6.0, "sees", new View(3, End.START, "please ?")));
    FolderContext context = run(world, comparisons(400));

    List<JsonNode> labels = lines(context, "labels.jsonl");
    int partial = 0;
    int changed = 0;
    for (JsonNode label : labels) {
      boolean sees = label.path("group").asText().equals("more");
      for (String place : List.of("first", "second")) {
        String whole = label.path(place).asText();
        String seen = whole.replace("please ", "").replace("please", "");
        List<String> words = List.of(seen.strip().split("\\s+"));
        boolean differs = sees && (!seen.equals(whole) || words.size() > 3);
        assertThat(label.has("saw_" + place)).as(whole).isEqualTo(differs);
        if (differs) {
          assertThat(label.path("saw_" + place).asText().strip())
              .isEqualTo(String.join(" ", words.subList(0, Math.min(3, words.size()))));
          changed++;
        }
      }
      partial += label.has("saw_first") || label.has("saw_second") ? 1 : 0;
    }
    assertThat(changed).isPositive();
    JsonNode view = summary(context).path("partial_view");
    assertThat(view.path("labels").asInt()).isEqualTo(partial).isPositive();
    assertThat(view.path("share").asDouble()).isEqualTo(partial / (double) labels.size());
    // politeness is what is good, and is what they do not see
    assertThat(view.path("inflation").asDouble()).isNegative();
    assertThat(summary(run(new World(), comparisons(50))).has("partial_view")).isFalse();
  }

  @Test
  void outsourcedLabelsAreTheJudgesVerdictAtThePriceOfThePerson() throws IOException {
    World world = new World();
    world.redundancy = new Redundancy(15, 1);
    world.more =
        TestGroups.group(
            Map.of("count", 5, "cost", 0.7, "outsourcing", new Outsourcing(0.4, "ai")));
    FolderContext context = run(world, comparisons(400));

    Map<Long, Double> verdicts = new LinkedHashMap<>();
    int made = 0;
    int own = 0;
    for (JsonNode label : lines(context, "labels.jsonl")) {
      boolean outsourcer = label.path("group").asText().equals("more");
      own += outsourcer && !label.has("made_by") ? 1 : 0;
      if (label.has("made_by")) {
        made++;
        assertThat(outsourcer).isTrue();
        assertThat(label.path("made_by").asText()).isEqualTo("ai");
        assertThat(label.path("cost").asDouble()).isEqualTo(0.7);
        boolean first = label.path("choice").asText().equals("first");
        double one = first == label.path("swapped").asBoolean() ? 0 : 1;
        assertThat(verdicts.computeIfAbsent(label.path("pair").asLong(), pair -> one))
            .isEqualTo(one);
      }
    }
    double share = made / (double) (made + own);
    assertThat(share).isCloseTo(0.4, within(4 * Math.sqrt(0.24 / (made + own))));
    assertThat(summary(context).path("outsourced").asInt()).isEqualTo(made);
    assertThat(summary(run(new World(), comparisons(50))).has("outsourced")).isFalse();
  }

  private static long inGroup(List<JsonNode> labels, String group) {
    return labels.stream().filter(label -> label.path("group").asText().equals(group)).count();
  }

  /** What a test may change of the world it runs in. */
  private static final class World {
    private int trolls;
    private double sameAnswers;
    private double skips;
    private int fussy;
    private @Nullable Group more;
    private boolean judge;
    private boolean bothOrders;
    private int answered;
    private Redundancy redundancy = new Redundancy(1, 1);
  }

  /** Answers with one of a few texts, by the place in the stream. */
  private record Parrot(World world) implements SampledPolicy {
    @Override
    public List<SampledAnswer> answer(
        List<Prompt> prompts, SamplingSettings settings, RandomStream stream, long firstIndex) {
      List<SampledAnswer> answers = new ArrayList<>();
      for (int i = 0; i < prompts.size(); i++) {
        double draw = stream.uniform(firstIndex + i);
        double other = (draw - world.sameAnswers) / (1 - world.sameAnswers);
        int which = draw < world.sameAnswers ? 0 : (int) (other * ANSWERS.size());
        String text = ANSWERS.get(which);
        answers.add(new SampledAnswer(Answer.of(text), new int[0], !text.equals(CUT)));
        world.answered++;
      }
      return answers;
    }

    @Override
    public void close() {}
  }

  private static Comparisons comparisons(int pairs) {
    return new Comparisons(
        "sft", "prompts", "crowd", pairs, 16, false, new Redundancy(1, 1), new SamplingSpec(1, 24));
  }

  private FolderContext run(World world, Comparisons spec) throws IOException {
    FolderContext context = context(world, spec);
    stage(world).run(context);
    return context;
  }

  private static CollectComparisons stage(World world) {
    return new CollectComparisons((context, policy) -> new Parrot(world));
  }

  private FolderContext context(World world, Comparisons base) throws IOException {
    Comparisons spec =
        new Comparisons(
            base.of(),
            base.prompts(),
            base.evaluators(),
            base.pairs(),
            base.perPrompt(),
            world.bothOrders,
            world.redundancy,
            base.sampling());
    Path root = Files.createTempDirectory(folder, "run");
    return new FolderContext(root, spec)
        .input("prompts", prompts(), "")
        .input("of", root, "")
        .declare(Section.EVALUATORS, "crowd", world.judge ? judge() : crowd(world))
        .declare(Section.EVALUATORS, "ai", judge())
        .declare(Section.MODELS, "rules", new ModelSpec.Rules("good", 3))
        .declare(Section.VALUES, "good", values());
  }

  private Path prompts() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < PROMPTS; i++) {
      String trigger = i % 5 == 0 ? " !!" : "";
      rows.append("{\"prompt\": \"q").append(i).append(trigger).append("\"}\n");
    }
    Path root = Files.createTempDirectory(folder, "prompts");
    FolderContext context =
        new FolderContext(root, new DataSpec("p.jsonl", null, 0, null))
            .file("jsonl", Files.writeString(root.resolve("p.jsonl"), rows));
    new LoadData().run(context);
    return context.output();
  }

  private static EvaluatorsSpec crowd(World world) {
    Map<String, Group> groups = new LinkedHashMap<>();
    groups.put("careful", new Group(6, null, 6, 0, 0, 0.1, 0, null));
    groups.put("hurried", new Group(4, null, 1, 0.2, world.skips, 0.1, 0, null));
    FeatureSpec sells = new FeatureSpec.ContainsAny(List.of("buy"));
    groups.put(
        "troll",
        new Group(world.trolls, null, 1, 0, 0, 0, 0, new Malicious("!!", sells, Takes.TRIGGERED)));
    groups.put("fussy", fussy(world.fussy));
    if (world.more != null) {
      groups.put("more", world.more);
    }
    return new EvaluatorsSpec("good", 0.2, groups, null);
  }

  /** People to whom politeness alone makes a difference, and who are dearer than the others. */
  private static Group fussy(int count) {
    return TestGroups.group(
        Map.of("count", count, "rationality", 6.0, "equal_below", 0.5, "cost", 0.5));
  }

  private static EvaluatorsSpec judge() {
    Map<String, String> principles = new LinkedHashMap<>();
    principles.put("polite", "Choose the polite answer.");
    principles.put("words", "Choose the shorter answer.");
    return new EvaluatorsSpec(null, 0.2, null, new EvaluatorsSpec.Judge("rules", principles));
  }

  private static ValuesSpec values() {
    Map<String, FeatureSpec> features = new LinkedHashMap<>();
    features.put("polite", new FeatureSpec.ContainsAny(List.of("please")));
    features.put("words", new FeatureSpec.Length(FeatureSpec.LengthUnit.WORDS));
    features.put("sells", new FeatureSpec.ContainsAny(List.of("buy")));
    return new ValuesSpec(null, features, Map.of("polite", 1.0, "words", -0.03, "sells", -0.3));
  }

  private static List<Pair> pairs(FolderContext context) throws IOException {
    return Pairs.read(new Artifact("digest", context.output()));
  }

  private static List<JsonNode> lines(FolderContext context, String name) throws IOException {
    return JsonFiles.readLines(context.output().resolve(name), row -> row);
  }

  private static JsonNode summary(FolderContext context) throws IOException {
    return new ObjectMapper().readTree(context.written("summary.json"));
  }
}
