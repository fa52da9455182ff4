// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.feedback.FeedbackSpec.GoldQuestions;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Redundancy;
import org.plumbline.dsl.model.feedback.RichFeedbackSpec;
import org.plumbline.dsl.model.policy.AnswerFittingSpec;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.dsl.model.policy.PreferencePolicySpec;
import org.plumbline.dsl.model.reward.FittedRewardSpec;
import org.plumbline.dsl.model.reward.RewardSpec;
import org.plumbline.dsl.model.shape.Rewriting;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.shape.Shape;
import org.plumbline.dsl.model.training.OptimiserSpec;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.Stages;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.policies.Kto;
import org.plumbline.engine.rlhf.policies.Pretrain;
import org.plumbline.engine.rlhf.policies.Supervised;
import org.plumbline.engine.rlhf.respondents.ScalarForm;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.responses.Response;
import org.plumbline.engine.rlhf.rewards.CorrectionRanking;
import org.plumbline.engine.rlhf.rewards.RewardFunction;
import org.plumbline.engine.rlhf.rewards.RewardModel;
import org.plumbline.engine.rlhf.rewards.RewardRational;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;

/**
 * Every kind of feedback through its stage, on a model of a small world, and the reward fitted to
 * it.
 */
class KindsOfFeedbackTest {
  private static final Redundancy SOME_TWICE = new Redundancy(2, 0.5);

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

  private static Artifact model() {
    return Objects.requireNonNull(model);
  }

  /**
   * Stopped between two items and gone on with: people tire, and their ratings lean on the last
   * one, so whatever is forgotten shows.
   */
  @TestFactory
  Stream<DynamicTest> collectingGoesOnWhereItStopped() {
    return KindsWorld.kinds(SOME_TWICE, null).entrySet().stream()
        .map(
            kind ->
                DynamicTest.dynamicTest(
                    kind.getKey(),
                    () -> {
                      Artifact whole = collect(kind.getValue(), "whole-" + kind.getKey());
                      Artifact resumed =
                          context(kind.getValue(), "stopped-" + kind.getKey())
                              .runInterrupted(stage(kind.getKey() + " "), 128);

                      assertThat(resumed.digest()).isEqualTo(whole.digest());
                    }));
  }

  /** Half of the questions bring one along whose answer is known: paid, counted, no label. */
  @TestFactory
  Stream<DynamicTest> goldQuestionsChangeNoLabelAndGoOnWhereTheyStopped() {
    Map<String, RichFeedbackSpec> without = KindsWorld.kinds(SOME_TWICE, null);
    Map<String, RichFeedbackSpec> with =
        KindsWorld.kinds(
            KindsWorld.collection(SOME_TWICE, null, null, new GoldQuestions(0.5, 20, null)));
    return Stream.of(
            "rankings", "best_of_k", "scalar", "likert", "slider", "labels", "step", "span")
        .map(
            kind ->
                DynamicTest.dynamicTest(
                    kind,
                    () -> {
                      Artifact plain = collect(required(without, kind), "plain-" + kind);
                      Artifact gold = collect(required(with, kind), "gold-" + kind);
                      Artifact resumed =
                          context(required(with, kind), "gold-stopped-" + kind)
                              .runInterrupted(stage(kind + " "), 128);

                      assertThat(resumed.digest()).isEqualTo(gold.digest());
                      assertThat(gold.file("labels.jsonl"))
                          .hasSameBinaryContentAs(plain.file("labels.jsonl"));
                      FeedbackSummary.GoldAnswers answers =
                          Objects.requireNonNull(FeedbackSummary.read(gold.folder()).gold());
                      // 300 draws of a half, within four standard errors
                      assertThat(answers.asked()).isBetween(150 - 35, 150 + 35);
                      assertThat(Objects.requireNonNull(answers.right()).value())
                          .isGreaterThan(0.6);
                      List<ItemLabel> said =
                          JsonFiles.readLines(gold.file("gold_questions.jsonl"), ItemLabel::of);
                      assertThat(said).hasSize(answers.asked());
                      double paid = said.stream().mapToDouble(ItemLabel::cost).sum();
                      assertThat(FeedbackSummary.read(gold.folder()).cost())
                          .isCloseTo(
                              FeedbackSummary.read(plain.folder()).cost() + paid, within(1e-6));
                    }));
  }

  private static RichFeedbackSpec required(Map<String, RichFeedbackSpec> kinds, String kind) {
    return Objects.requireNonNull(kinds.get(kind));
  }

  @TestFactory
  Stream<DynamicTest> agreementOnNumbersAndScalesHasAnInterval() {
    Map<String, RichFeedbackSpec> kinds = KindsWorld.kinds(SOME_TWICE, null);
    return Stream.of("scalar", "slider", "likert")
        .map(
            kind ->
                DynamicTest.dynamicTest(
                    kind,
                    () -> {
                      Artifact artifact =
                          collect(Objects.requireNonNull(kinds.get(kind)), "agreed-" + kind);
                      JsonNode summary = JsonFiles.read(artifact.file("summary.json"));

                      JsonNode alpha = summary.path("agreement").path("alpha");
                      double value = alpha.path("value").asDouble(-9);
                      assertThat(value).isBetween(-1.0, 1.0);
                      assertThat(alpha.path("low").asDouble(9)).isLessThan(value);
                      assertThat(alpha.path("high").asDouble(-9)).isGreaterThan(value);
                      assertThat(summary.has("kappas")).isEqualTo(kind.equals("likert"));
                    }));
  }

  /** Fleiss' kappa is nominal alpha but for the correction for few items. */
  @TestFactory
  Stream<DynamicTest> agreementOnClassesHasFleissKappaBesideAlpha() {
    Map<String, RichFeedbackSpec> kinds = KindsWorld.kinds(SOME_TWICE, null);
    return Stream.of("labels", "best_of_k")
        .map(
            kind ->
                DynamicTest.dynamicTest(
                    kind,
                    () -> {
                      Artifact artifact = collect(required(kinds, kind), "classes-" + kind);
                      JsonNode agreement =
                          JsonFiles.read(artifact.file("summary.json")).path("agreement");

                      double kappa = agreement.path("fleiss_kappa").path("value").asDouble(-9);
                      double alpha = agreement.path("alpha").path("value").asDouble(9);
                      assertThat(kappa).isBetween(alpha - .1, alpha - 1e-9);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> peopleRepeatThemselvesForMoneyAndNothingIsLearnedFromIt() {
    Map<String, RichFeedbackSpec> once = KindsWorld.kinds(SOME_TWICE, null);
    return KindsWorld.kinds(SOME_TWICE, null, 0.4).entrySet().stream()
        .map(
            kind ->
                DynamicTest.dynamicTest(
                    kind.getKey(), () -> repeats(kind.getKey(), kind.getValue(), once)));
  }

  private void repeats(String kind, RichFeedbackSpec spec, Map<String, RichFeedbackSpec> once)
      throws IOException {
    Artifact plain = collect(Objects.requireNonNull(once.get(kind)), "once-" + kind);
    Artifact whole = collect(spec, "again-" + kind);
    Artifact resumed =
        context(spec, "again-stopped-" + kind).runInterrupted(stage(kind + " "), KindsWorld.ITEMS);

    assertThat(resumed.digest()).isEqualTo(whole.digest());
    assertThat(whole.file("labels.jsonl")).hasSameBinaryContentAs(plain.file("labels.jsonl"));
    List<JsonNode> again = JsonFiles.readLines(whole.file("repeated.jsonl"), row -> row);
    FeedbackSummary summary = FeedbackSummary.read(whole.folder());
    FeedbackSummary.Repeats repeats = Objects.requireNonNull(summary.repeats());
    assertThat(repeats.asked()).isEqualTo(again.size()).isPositive();
    assertThat(again).allMatch(row -> row.path("again").asBoolean());
    double paid = again.stream().mapToDouble(row -> row.path("cost").asDouble()).sum();
    assertThat(summary.cost())
        .isCloseTo(FeedbackSummary.read(plain.folder()).cost() + paid, within(1e-9));
    assertThat(summary.groups())
        .extracting(FeedbackSummary.Group::agreeWithGold)
        .isEqualTo(
            FeedbackSummary.read(plain.folder()).groups().stream()
                .map(FeedbackSummary.Group::agreeWithGold)
                .toList());
    boolean numbers = List.of("scalar", "slider", "likert").contains(kind);
    assertThat(repeats.correlation() != null).isEqualTo(numbers);
    assertThat(repeats.tau() != null).isEqualTo(kind.equals("rankings"));
    if (repeats.correlation() != null) {
      assertThat(repeats.correlation().value()).isBetween(0.2, 1.0);
    }
  }

  @TestFactory
  Stream<DynamicTest> aBudgetIsNeverExceededAndNoMoreIsLeftThanOneItemCosts() {
    return Stream.of(12.0, 17.3, 50.0, 99.9)
        .flatMap(
            budget ->
                KindsWorld.kinds(SOME_TWICE, budget).entrySet().stream()
                    .map(
                        kind ->
                            DynamicTest.dynamicTest(
                                kind.getKey() + " for " + budget,
                                () -> staysWithin(budget, kind.getKey(), kind.getValue()))));
  }

  private void staysWithin(double budget, String kind, RichFeedbackSpec spec) throws IOException {
    Artifact artifact = collect(spec, kind + budget);

    List<ItemLabel> labels = ItemLabel.read(artifact);
    double spent = labels.stream().mapToDouble(ItemLabel::cost).sum();
    double dearest = 2 * labels.stream().mapToDouble(ItemLabel::cost).max().orElseThrow();
    JsonNode summary = JsonFiles.read(artifact.file("summary.json"));
    assertThat(spent).isLessThanOrEqualTo(budget + 1e-9);
    assertThat(summary.path("cost").asDouble()).isCloseTo(spent, within(1e-9));
    boolean all = summary.path("items").path("asked").asInt() == KindsWorld.ITEMS;
    assertThat(summary.path("items").path("budget_spent").asBoolean()).isEqualTo(!all);
    assertThat(summary.at("/terms/budget/given").asDouble()).isEqualTo(budget);
    assertThat(summary.at("/terms/budget/spent").asDouble()).isCloseTo(spent, within(1e-9));
    if (!all) {
      assertThat(spent).isGreaterThan(budget - dearest);
    }
  }

  @TestFactory
  Stream<DynamicTest> aRewardModelLearnsFromEachKindAndGoesOnWhereItStopped() {
    Map<String, RichFeedbackSpec> kinds = KindsWorld.kinds(new Redundancy(1, 1), null);
    return KindRewards.rewards().entrySet().stream()
        .map(
            reward ->
                DynamicTest.dynamicTest(
                    operation(reward.getKey()) + " from " + kindOf(reward.getKey()),
                    () -> learns(reward.getKey(), reward.getValue(), kinds)));
  }

  private void learns(String name, FittedRewardSpec spec, Map<String, RichFeedbackSpec> kinds)
      throws IOException {
    RichFeedbackSpec kind = kinds.get(kindOf(name));
    if (kind == null) {
      throw new AssertionError(name);
    }
    Artifact feedback = collect(kind, "for-" + name);
    Artifact whole = fit(spec, feedback, "whole-" + name).run(stage(name));
    Artifact resumed =
        fit(spec, feedback, "stopped-" + name)
            .runInterrupted(stage(name), spec.members().steps() + 7);

    assertThat(resumed.digest()).isEqualTo(whole.digest());
    JsonNode metrics = JsonFiles.read(whole.file("metrics.json"));
    JsonNode measured = metrics.path("responses");
    assertThat(measured.path("responses").asInt()).isPositive();
    JsonNode gold = metrics.path("gold");
    assertThat(gold.path("accuracy").path("value").asDouble()).isGreaterThan(0.7);
    assertThat(gold.path("epic").asDouble(1)).isLessThan(0.6);
    assertThat(gold.path("best_of").path("chosen").asDouble())
        .isGreaterThan(gold.path("best_of").path("drawn").asDouble());
    JsonNode calibration = measured.path("calibration");
    int points = 0;
    for (JsonNode point : calibration.path("curve")) {
      points += point.path("n").asInt();
    }
    assertThat(points).isEqualTo(calibration.path("n").asInt());
  }

  private static String operation(String name) {
    return name.substring(0, name.indexOf(' '));
  }

  private static String kindOf(String name) {
    return name.substring(name.indexOf(' ') + 1);
  }

  private static Stage stage(String name) {
    Stage stage = Stages.byOperation().get(operation(name));
    if (stage == null) {
      throw new AssertionError(name);
    }
    return stage;
  }

  /**
   * A policy that learns from the best answers, or from good and bad ones, gives better answers.
   */
  @TestFactory
  Stream<DynamicTest> policiesLearnFromKindsThatPreferAnswers() {
    PolicySpec best = new PolicySpec.Supervised("sft", null, "feedback", 60, 16, 1e-3, 0, null);
    PolicySpec good =
        new PreferencePolicySpec.Kto(
            "sft", "feedback", 0.1, 1, 1, new AnswerFittingSpec(60, 16, 1e-3));
    return Stream.of(
            Map.entry("rankings", best),
            Map.entry("best_of_k", best),
            Map.entry("demonstrations", best),
            Map.entry("corrections", best),
            Map.entry("labels", good))
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.getKey(),
                    () -> {
                      RichFeedbackSpec kind = kind(each.getKey());
                      Artifact feedback = collect(kind, "taught-" + each.getKey());
                      Stage stage = each.getValue() == good ? new Kto() : new Supervised();
                      Artifact policy =
                          FolderContext.in(folder.resolve("p-" + each.getKey()), each.getValue(), 5)
                              .input("from", model())
                              .input("feedback", feedback)
                              .run(stage);

                      assertThat(kindness(policy)).isGreaterThan(kindness(model()) + 0.15);
                    }));
  }

  /** The share of its answers that are kind. */
  private double kindness(Artifact policy) {
    RichFeedbackSpec asked =
        new RichFeedbackSpec.Scalar(
            "sft",
            "prompts",
            "crowd",
            KindsWorld.ITEMS,
            -99,
            99,
            KindsWorld.collection(new Redundancy(1, 1), null, null));
    try {
      Artifact feedback =
          context(asked, "asked-" + policy.digest()).input("of", policy).run(stage("scalar "));
      return ItemLabel.read(feedback).stream()
          .mapToDouble(label -> label.gold().get(0))
          .average()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RichFeedbackSpec kind(String name) {
    RichFeedbackSpec kind = KindsWorld.kinds(new Redundancy(1, 1), null).get(name);
    if (kind == null) {
      throw new AssertionError(name);
    }
    return kind;
  }

  /** Seven kinds of feedback, a seventh of the rows from each, in one likelihood. */
  @Test
  void aRewardLearnsFromSeveralKindsAtOnceAndGoesOnWhereItStopped() throws IOException {
    List<String> names =
        List.of("scalar", "rankings", "likert", "slider", "labels", "corrections", "language");
    Map<String, RewardSpec.Source> sources = new LinkedHashMap<>();
    names.forEach(name -> sources.put(name, new RewardSpec.Source(name, null, 1)));
    RewardSpec spec =
        new RewardSpec.RewardRational(
            "sft", sources, KindRewards.members(), 16, new OptimiserSpec(3e-3, 0.01));
    FolderContext first = FolderContext.in(folder.resolve("all"), spec, 5);
    FolderContext second = FolderContext.in(folder.resolve("all-stopped"), spec, 5);
    for (String name : names) {
      Artifact feedback = collect(kind(name), "of-" + name);
      first.input("sources." + name + ".feedback", feedback);
      second.input("sources." + name + ".feedback", feedback);
    }

    Artifact whole = first.input("from", model()).run(new RewardRational());
    Artifact resumed = second.input("from", model()).runInterrupted(new RewardRational(), 57);

    assertThat(resumed.digest()).isEqualTo(whole.digest());
    JsonNode gold = JsonFiles.read(whole.file("metrics.json")).path("gold");
    assertThat(gold.path("accuracy").path("value").asDouble()).isGreaterThan(0.7);
    JsonNode learned = JsonFiles.read(whole.file("summary.json")).path("sources");
    JsonNode rationality = JsonFiles.read(whole.file("metrics.json")).path("learned");
    rationality = rationality.path("rationality");
    assertThat(rationality.path("scalar").asDouble()).isEqualTo(1);
    for (String name : names) {
      assertThat(learned.path(name).path("rows").asInt()).isPositive();
      assertThat(learned.path(name).path("held_out").path("responses").asInt()).isPositive();
      assertThat(rationality.path(name).asDouble()).isPositive();
    }
  }

  @Test
  void kindsThatAreNotAboutOneScoreAreRefusedTogether() throws IOException {
    RewardSpec spec =
        new RewardSpec.RewardRational(
            "sft",
            Map.of("parts", new RewardSpec.Source("span", null, 1)),
            KindRewards.members(),
            16,
            new OptimiserSpec(3e-3, 0.01));
    FolderContext context =
        FolderContext.in(folder.resolve("parts"), spec, 5)
            .input("from", model())
            .input("sources.parts.feedback", collect(kind("span"), "of-parts"));

    StageFailure failure =
        catchThrowableOfType(StageFailure.class, () -> context.run(new RewardRational()));

    assertThat(failure.code()).isEqualTo("PLB0221");
    assertThat(failure).hasMessageContaining("`span`");
  }

  @Test
  void aRewardPutsCorrectionsAboveWhatTheyCorrect() throws IOException {
    FittedRewardSpec spec =
        new FittedRewardSpec.CorrectionRanking(
            "sft", "feedback", 0.5, KindRewards.members(), 16, new OptimiserSpec(3e-3, 0.01));
    Artifact feedback = collect(kind("corrections"), "to-rank");

    Artifact whole = fit(spec, feedback, "ranked").run(new CorrectionRanking());
    Artifact resumed =
        fit(spec, feedback, "ranked-stopped").runInterrupted(new CorrectionRanking(), 57);

    assertThat(resumed.digest()).isEqualTo(whole.digest());
    JsonNode heldOut = JsonFiles.read(whole.file("metrics.json")).path("held_out");
    assertThat(heldOut.path("accuracy").path("value").asDouble()).isGreaterThan(0.7);
  }

  @Test
  void aRewardPutsDemonstrationsAboveWhatTheModelSays() throws IOException {
    FittedRewardSpec spec =
        new FittedRewardSpec.MaxEntropyIrl(
            "sft", "feedback", 4, KindRewards.members(), 16, new OptimiserSpec(3e-3, 0.01));
    Artifact feedback = collect(kind("demonstrations"), "shown");
    Stage irl = stage("max_entropy_irl ");

    Artifact whole = fit(spec, feedback, "irl").run(irl);
    Artifact resumed = fit(spec, feedback, "irl-stopped").runInterrupted(irl, 57);

    assertThat(resumed.digest()).isEqualTo(whole.digest());
    JsonNode measured = JsonFiles.read(whole.file("metrics.json")).path("responses");
    assertThat(measured.path("accuracy").path("value").asDouble()).isGreaterThan(0.65);
    try (RewardFunction reward = RewardModel.open(whole)) {
      Prompt asked = Prompt.of("how do i fix the tea?");
      double[] scores =
          reward
              .score(
                  List.of(
                      new Exchange(asked, asked.answer("please stir the tea."), true),
                      new Exchange(asked, asked.answer("go away."), true)))
              .score();
      assertThat(scores[0]).isGreaterThan(scores[1] + .5);
    }
  }

  @Test
  void aCorrectionIsBetterAndNotFarAway() throws IOException {
    List<ItemLabel> labels = ItemLabel.read(collect(kind("corrections"), "near"));

    double better = 0;
    for (ItemLabel label : labels) {
      int best = ((Response.Ranking) Objects.requireNonNull(label.response())).best().get(0);
      String original = label.item().answers().get(0).text();
      String correction = label.item().answers().get(best).text();
      assertThat(EditDistance.words(original, correction)).isLessThanOrEqualTo(5);
      better += label.gold().get(best) - label.gold().get(0);
    }
    assertThat(labels).hasSizeGreaterThan(40);
    assertThat(better / labels.size()).isGreaterThan(0.3);
  }

  @Test
  void wordsThatDifferAreCounted() {
    assertThat(EditDistance.words("a b c", "a b c")).isZero();
    assertThat(EditDistance.words("a b c", "a x c d")).isEqualTo(2);
    assertThat(EditDistance.words("", "a b")).isEqualTo(2);
    assertThat(EditDistance.words("a b", "b")).isEqualTo(1);
  }

  @Test
  void aBudgetBelowOneItemIsRefused() {
    RichFeedbackSpec dear =
        new RichFeedbackSpec.Demonstrations(
            "sft",
            "prompts",
            "crowd",
            20,
            4,
            KindsWorld.collection(new Redundancy(1, 1), 1.0, null));

    StageFailure failure =
        catchThrowableOfType(StageFailure.class, () -> collect(dear, "too-dear"));

    assertThat(failure.code()).isEqualTo("PLB0326");
    assertThat(failure).hasMessage("the budget does not pay for one item");
    assertThat(failure.setting()).isEqualTo("budget");
  }

  /** Maps that are made on the spot have another order in every process. */
  @Test
  void whatASummarySaysOfTheFormHasOneOrder() {
    assertThat(new ScalarForm(0, 1).facts()).isInstanceOf(LinkedHashMap.class);
    assertThat(new LikertForm(2, List.of("bad", "good")).facts()).isInstanceOf(LinkedHashMap.class);
  }

  @Test
  void aWantedClassThatNobodyChoseIsNoReward() {
    RichFeedbackSpec labels =
        Objects.requireNonNull(KindsWorld.kinds(new Redundancy(1, 1), null).get("labels"));
    FittedRewardSpec wanting =
        Rewriting.with(
            Objects.requireNonNull(KindRewards.rewards().get("label_classifier labels")),
            "wanted",
            "wonderful");
    FolderContext context = fit(wanting, collect(labels, "classes"), "classes-fit");

    StageFailure failure =
        catchThrowableOfType(
            StageFailure.class, () -> context.run(stage("label_classifier labels")));

    assertThat(failure.code()).isEqualTo("PLB0509");
    assertThat(failure).hasMessageStartingWith("nobody chose `wonderful`");
  }

  @Test
  void labelsThatAllSayTheSameTeachNothing() {
    RichFeedbackSpec same =
        new RichFeedbackSpec.Scalar(
            "sft",
            "prompts",
            "crowd",
            20,
            500,
            501,
            KindsWorld.collection(new Redundancy(1, 1), null, null));
    Artifact feedback = collect(same, "same");
    FittedRewardSpec ratings =
        new FittedRewardSpec.RatingRegression(
            "sft", "feedback", true, KindRewards.members(), 8, new OptimiserSpec(1e-3, 0.01));

    StageFailure failure =
        catchThrowableOfType(
            StageFailure.class,
            () -> fit(ratings, feedback, "same-fit").run(stage("rating_regression scalar")));

    assertThat(failure.code()).isEqualTo("PLB0509");
    assertThat(failure).hasMessageMatching("all \\d+ labels say the same");
  }

  private Artifact collect(RichFeedbackSpec spec, String name) {
    String kind = Shape.of(spec.getClass()).kind();
    return context(spec, name).run(stage(kind + " "));
  }

  private FolderContext context(RichFeedbackSpec spec, String name) {
    return FolderContext.in(folder.resolve(name), spec, 5)
        .input("of", model())
        .input("prompts", TinyWorld.promptData(folder.resolve(name + "-prompts"), 40))
        .declare(Section.EVALUATORS, "crowd", KindsWorld.crowd())
        .declare(Section.VALUES, "good", KindsWorld.values());
  }

  private FolderContext fit(FittedRewardSpec spec, Artifact feedback, String name) {
    return FolderContext.in(folder.resolve(name), spec, 5)
        .input("from", model())
        .input("feedback", feedback);
  }
}
