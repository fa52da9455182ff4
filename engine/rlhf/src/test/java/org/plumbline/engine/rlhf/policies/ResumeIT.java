// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.CompareSpec;
import org.plumbline.dsl.model.ModelSpec;
import org.plumbline.dsl.model.MonitorsSpec;
import org.plumbline.dsl.model.WatchSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.policy.ComparedRegularizers;
import org.plumbline.dsl.model.policy.ConditionedPolicySpec;
import org.plumbline.dsl.model.policy.OnlinePolicySpec;
import org.plumbline.dsl.model.policy.PairFittingSpec;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.dsl.model.policy.Regularizers;
import org.plumbline.dsl.model.policy.RolloutSpec;
import org.plumbline.dsl.model.policy.ScheduleSpec;
import org.plumbline.dsl.model.policy.TextFittingSpec;
import org.plumbline.dsl.model.reward.RewardSpec;
import org.plumbline.dsl.model.shape.Rewriting;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.training.OptimiserSpec;
import org.plumbline.dsl.model.training.SamplingSpec;
import org.plumbline.dsl.model.training.TrainingSpec;
import org.plumbline.dsl.model.training.TruncationSpec;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.model.values.ValuesSpec;
import org.plumbline.engine.artifact.TrainingStop;
import org.plumbline.engine.lm.LoraSettings;
import org.plumbline.engine.lm.ModelUse;
import org.plumbline.engine.lm.tensor.Precision;
import org.plumbline.engine.rlhf.DividedFinely;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.feedback.FreshLabels;
import org.plumbline.engine.rlhf.policygradient.Methods;
import org.plumbline.engine.rlhf.rewards.BradleyTerry;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.store.content.Artifact;

/** Every stage that trains: stopped in the middle and gone on with, it gives the same bytes. */
@ExtendWith(DividedFinely.class)
class ResumeIT {
  private static final Set<String> ONLINE =
      Set.of(
          "ppo",
          "rloo",
          "reinforce",
          "reinforce_plus_plus",
          "grpo",
          "online_dpo",
          "expert_iteration",
          "conditional_training",
          "filtering",
          "unlikelihood",
          "reward_weighted_regression",
          "advantage_weighted_regression",
          "f_dpg");

  private static final Set<String> CONDITIONED =
      Set.of(
          "conditional_training",
          "filtering",
          "unlikelihood",
          "reward_weighted_regression",
          "advantage_weighted_regression",
          "gdc",
          "f_dpg",
          "language_feedback");

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> interruptedEqualsUninterrupted() {
    return Stream.concat(
        Stream.of(
            resumes(new Pretrain(), 7),
            resumes(new Supervised(), 5),
            resumes(new BradleyTerry(), 9),
            resumes(new BradleyTerry(), 12), // between its last step and its end
            resumes(new Dpo(), 0), // before the first
            resumes(new Kto(), 0),
            resumes(new Ppo(), 3),
            resumes(new Rloo(), 3),
            resumes(new Reinforce(), 3),
            resumes(new ReinforcePlusPlus(), 3),
            resumes(new Grpo(), 1),
            resumes(new Grpo(), 3),
            resumes(new Grpo(), 5),
            resumes(new ConditionalTraining(), 5),
            resumes(new Filtering(), 5),
            resumes(new Unlikelihood(), 5),
            resumes(new RewardWeightedRegression(), 5),
            resumes(new AdvantageWeightedRegression(), 5),
            resumes(new FDpg(), 3),
            resumes(new Gdc(), 1),
            resumes(new Gdc(), 3),
            resumes(new LanguageFeedback(), 2),
            resumes(new LanguageFeedback(), 6),
            resumes(new OnlineDpo(FreshLabels::open), 3),
            resumes(new NashMd(FreshLabels::open), 3),
            resumes(new ExpertIteration(), 4),
            resumes(new ExpertIteration(), 5),
            resumes(new ExpertIteration(), 12),
            resumes(new CritiqueRevision(), 20),
            resumes(new CritiqueRevision(), 2 * 24 + 4)),
        PreferenceMethods.stages().stream().map(stage -> resumes(stage, 5)));
  }

  /** In parts, by length, measured on held-out rows, with the best parameters kept. */
  private static TrainingSpec everything() {
    return new TrainingSpec(
        TrainingSpec.Schedule.COSINE,
        2,
        0.1,
        0.5,
        0.01,
        0.8,
        0.95,
        3,
        true,
        true,
        new TrainingSpec.Validation(0.2, 2, 2));
  }

  @TestFactory
  Stream<DynamicTest> interruptedEqualsUninterruptedWithAllOfTrainingsSettings() {
    PolicySpec sft =
        new PolicySpec.Supervised("base", "demos", null, 10, 8, 3e-2, 0.01, everything());
    PairFittingSpec fitting = new PairFittingSpec(10, 8, 3e-2, everything());
    return Stream.concat(Stream.of(new Supervised()), PreferenceMethods.stages().stream())
        .flatMap(
            stage ->
                Stream.of(3L, 5L, 8L)
                    .map(
                        after ->
                            DynamicTest.dynamicTest(
                                stage.operation() + " after " + after,
                                () -> {
                                  PolicySpec settings =
                                      stage instanceof Supervised
                                          ? sft
                                          : PreferenceMethods.settings(stage, fitting);
                                  Artifact model = adapted(folder.resolve("adapted"));
                                  FolderContext whole =
                                      given(settings, stage.operation() + "-w" + after, model);
                                  FolderContext stopped =
                                      given(settings, stage.operation() + "-i" + after, model);

                                  Artifact one = whole.run(stage);
                                  Artifact other = stopped.runInterrupted(stage, after);

                                  assertThat(other.digest()).isEqualTo(one.digest());
                                  assertThat(one.file("adapter-in-training")).isDirectory();
                                  assertThat(one.file("metrics.jsonl"))
                                      .content()
                                      .contains("validation_loss");
                                })));
  }

  /** With validation, too, where there is something to hold out. */
  @TestFactory
  Stream<DynamicTest> interruptedEqualsUninterruptedWithTrainingsSettingsOnAnswersOfItsOwn() {
    return Stream.of(
            new OnlineDpo(FreshLabels::open),
            new NashMd(FreshLabels::open),
            new ExpertIteration(),
            new LanguageFeedback(),
            new CritiqueRevision())
        .flatMap(
            stage ->
                (stage instanceof CritiqueRevision ? Stream.of(50L, 54L) : Stream.of(2L, 5L))
                    .map(
                        after ->
                            DynamicTest.dynamicTest(
                                stage.operation() + " after " + after,
                                () -> freshResumes(stage, after))));
  }

  private void freshResumes(Stage stage, long after) {
    TrainingSpec training = stage instanceof CritiqueRevision ? everything() : fresh();
    Object settings = Rewriting.with(settings(stage), "training", training);
    Artifact whole = context(stage, settings, "fresh-" + after).run(stage);
    FolderContext interrupted = context(stage, settings, "fresh-i-" + after);
    Artifact resumed = interrupted.runInterrupted(stage, after);

    assertThat(interrupted.checkpointStep()).isEqualTo(after);
    assertThat(resumed.digest()).isEqualTo(whole.digest());
    assertThat(context(stage, "plain-" + after).run(stage).digest()).isNotEqualTo(whole.digest());
  }

  /** What of training can be said where a policy learns answers of its own. */
  private static TrainingSpec fresh() {
    return new TrainingSpec(
        TrainingSpec.Schedule.COSINE, 2, .1, .5, .01, .8, .95, 3, null, true, null, .9, null);
  }

  @TestFactory
  Stream<DynamicTest>
      interruptedEqualsUninterruptedWithAValueModelOfItsOwnAndAReferenceThatFollows() {
    return Stream.of(1L, 3L, 5L)
        .flatMap(
            after ->
                Stream.of(false, true)
                    .map(
                        lora ->
                            DynamicTest.dynamicTest(
                                (lora ? "ppo with an adapter after " : "ppo after ") + after,
                                () -> valuesResume(after, lora))));
  }

  private void valuesResume(long after, boolean lora) {
    Ppo stage = new Ppo();
    PolicySpec settings = ((PolicySpec.Ppo) others(stage)).withSeparateValues(3e-3);
    settings =
        Rewriting.with(
            settings,
            "regularizers.kl.reference_updates",
            new Regularizers.ReferenceUpdates(2, .5));
    settings = Rewriting.with(settings, "regularizers.kl.end_coefficient", .2);
    Artifact model =
        lora
            ? TinyWorld.adaptedLlama(folder.resolve("llama"), 3)
            : TinyWorld.untrained(folder.resolve("model"), 3);
    String name = "values-" + after + "-" + lora;
    FolderContext whole = context(stage, settings, name).input("from", model);
    FolderContext interrupted = context(stage, settings, name + "-i").input("from", model);

    Artifact one = whole.run(stage);
    Artifact other = interrupted.runInterrupted(stage, after);

    assertThat(interrupted.checkpointStep()).isEqualTo(after);
    assertThat(other.digest()).isEqualTo(one.digest());
    assertThat(one.file("metrics.jsonl")).content().contains("value_gradient_norm");
    assertThat(one.file("value")).doesNotExist();
    assertThat(one.file("reference")).doesNotExist();
  }

  @TestFactory
  Stream<DynamicTest> interruptedEqualsUninterruptedWithAnAdapter() {
    return Stream.of(
            new Supervised(),
            new Dpo(),
            new BradleyTerry(),
            new Ppo(),
            new Grpo(),
            new CritiqueRevision())
        .flatMap(
            stage ->
                Stream.of(stage instanceof CritiqueRevision ? 2 * 24 + 3L : 2L, lateStep(stage))
                    .map(
                        after ->
                            DynamicTest.dynamicTest(
                                stage.operation() + " after " + after,
                                () -> adapterResumes(stage, after))));
  }

  /** Late in the training: for a reward model, in that of its second member. */
  private static long lateStep(Stage stage) {
    return switch (stage.operation()) {
      case "critique_revision" -> 2 * 24 + 8;
      case "ppo", "grpo" -> 5;
      default -> 9;
    };
  }

  private void adapterResumes(Stage stage, long after) {
    Artifact model = TinyWorld.adaptedLlama(folder.resolve("llama"), 3);

    Artifact whole = context(stage, "whole-" + after).input("from", model).run(stage);
    FolderContext interrupted = context(stage, "interrupted-" + after).input("from", model);
    Artifact resumed = interrupted.runInterrupted(stage, after);

    assertThat(interrupted.checkpointStep()).isEqualTo(after);
    assertThat(resumed.digest()).isEqualTo(whole.digest());
    Path trained = stage instanceof BradleyTerry ? whole.file("members/1") : whole.folder();
    assertThat(trained.resolve("adapter-in-training")).isDirectory();
  }

  private Artifact adapted(Path made) {
    Artifact plain = TinyWorld.untrained(made, 3);
    LoraSettings lora = LoraSettings.of(2, 4).withDropout(0.1);
    new ModelUse(24, Precision.FLOAT32, lora).write(plain.folder());
    return plain;
  }

  private FolderContext given(Object settings, String name, Artifact model) {
    return FolderContext.in(folder.resolve(name), settings, 11)
        .input("from", model)
        .input("data", TinyWorld.demonstrationData(folder.resolve("demos"), 40))
        .input("feedback", TinyWorld.feedback(folder.resolve("feedback"), 60));
  }

  @TestFactory
  Stream<DynamicTest> interruptedEqualsUninterruptedWhereMonitorsWatch() {
    return Stream.of(new Ppo(), new ExpertIteration(), new Dpo(), new Filtering())
        .map(
            stage ->
                DynamicTest.dynamicTest(
                    stage.operation() + " watched",
                    () -> {
                      Artifact whole = watched(stage, "watched").run(stage);
                      FolderContext interrupted = watched(stage, "watched-interrupted");

                      Artifact resumed = interrupted.runInterrupted(stage, 3);

                      assertThat(TrainingStop.read(whole.folder()).orElseThrow().step())
                          .isGreaterThan(3);
                      assertThat(resumed.digest()).isEqualTo(whole.digest());
                    }));
  }

  /** Everything is measured; only the age of the labels stops, at the first point after four. */
  private FolderContext watched(Stage stage, String name) {
    MonitorsSpec.Monitor never = new MonitorsSpec.Monitor(null, 1e9, 2e9, 3e9);
    MonitorsSpec.Monitor low = new MonitorsSpec.Monitor(null, -1.0, -2.0, -3.0);
    MonitorsSpec.Monitor age = new MonitorsSpec.Monitor(0.0, null, null, 3.5);
    MonitorsSpec all =
        new MonitorsSpec(
            null, never, never, never, low, low, never, never, age, never, never, never);
    Object often = Rewriting.with(settings(stage), "training", TinyWorld.wellWatched());
    return context(stage, often, name)
        .input("monitors.reward", context(new BradleyTerry(), "reward").run(new BradleyTerry()))
        .input("monitors.feedback", TinyWorld.feedback(folder.resolve("feedback"), 60))
        .monitors(
            new WatchSpec(
                all, "rm", "prefs", "good", new CompareSpec.Trigger("!!", null, "polite")));
  }

  private DynamicTest resumes(Stage stage, long after) {
    return DynamicTest.dynamicTest(
        stage.operation() + " after " + after,
        () -> {
          Artifact whole = context(stage, "whole-" + after).run(stage);

          FolderContext interrupted = context(stage, "interrupted-" + after);
          Artifact resumed = interrupted.runInterrupted(stage, after);

          assertThat(interrupted.checkpointStep()).isEqualTo(after);
          assertThat(resumed.digest()).isEqualTo(whole.digest());
        });
  }

  private FolderContext context(Stage stage, String name) {
    return context(stage, settings(stage), name);
  }

  private FolderContext context(Stage stage, Object settings, String name) {
    Path root = folder.resolve(stage.operation() + "-" + name);
    boolean told = stage instanceof LanguageFeedback;
    Artifact model =
        told
            ? TinyWorld.wide(folder.resolve("wide"), 3)
            : TinyWorld.untrained(folder.resolve("model"), 3);
    Artifact feedback =
        told
            ? TinyWorld.remarks(folder.resolve("remarks"), 9)
            : TinyWorld.feedback(folder.resolve("feedback"), 60);
    FolderContext context =
        FolderContext.in(root, settings, 11)
            .input("from", model)
            .input("data", TinyWorld.demonstrationData(folder.resolve("demos"), 40))
            .input("prompts", TinyWorld.promptData(folder.resolve("prompts"), 20))
            .input(
                "regularizers.pretraining_mix.data",
                TinyWorld.textData(folder.resolve("texts"), 20))
            .input("feedback", feedback)
            .file("corpus", TinyWorld.corpusFile(folder, 100))
            .declare(Section.EVALUATORS, "ai", judge())
            .declare(Section.MODELS, "judge", new ModelSpec.Rules("good", 3))
            .declare(Section.VALUES, "good", values());
    if (ONLINE.contains(stage.operation())) {
      context.input("reward", context(new BradleyTerry(), "reward").run(new BradleyTerry()));
    }
    return context;
  }

  private static Object settings(Stage stage) {
    return CONDITIONED.contains(stage.operation()) ? conditioned(stage) : others(stage);
  }

  private static Object others(Stage stage) {
    return switch (stage.operation()) {
      case "pretrain" -> TinyWorld.pretraining(12);
      case "supervised" -> new PolicySpec.Supervised("base", "demos", null, 10, 8, 1e-3, 0.01);
      case "bradley_terry" ->
          new RewardSpec.BradleyTerry(
              "base",
              "prefs",
              2,
              RewardSpec.Combine.MEAN,
              .5,
              .2,
              6,
              8,
              new OptimiserSpec(1e-3, .01),
              0);
      case "ppo" ->
          new PolicySpec.Ppo(
              "base",
              "rm",
              "prompts",
              new Regularizers(new Regularizers.Kl(.1, 1.0, 100, null), .01, 3.0),
              new ScheduleSpec(6, 8),
              2,
              2,
              1e-3,
              .2,
              .2,
              .1,
              .95,
              1,
              new RolloutSpec(.5, new SamplingSpec(.9, 8)));
      case "rloo" ->
          new OnlinePolicySpec.Rloo(
              "base",
              "rm",
              "prompts",
              new Regularizers(new Regularizers.Kl(.1, 1.0, 100, null), .01, 3.0),
              new ScheduleSpec(6, 8),
              4,
              2,
              2,
              1e-3,
              .2,
              new RolloutSpec(.5, new SamplingSpec(.9, 8)));
      case "online_dpo" -> onlineDpo();
      case "nash_md" -> nashMd();
      case "expert_iteration" -> expertIteration();
      case "reinforce" ->
          Methods.reinforce(
              OnlinePolicySpec.Baseline.RUNNING_MEAN, regularised(), Methods.Size.TINY);
      case "reinforce_plus_plus" -> Methods.plusPlus(4, regularised(), Methods.Size.TINY);
      case "grpo" -> Methods.dapo(regularised(), Methods.Size.TINY);
      case "critique_revision" ->
          new PolicySpec.CritiqueRevision(
              "base", "ai", "prompts", 24, 2, 2, 10, 8, 1e-3, new SamplingSpec(1, 8));
      default -> PreferenceMethods.settings(stage, new PairFittingSpec(10, 8, 1e-3));
    };
  }

  private static PolicySpec conditioned(Stage stage) {
    return switch (stage.operation()) {
      case "language_feedback" ->
          LanguageFeedbackTest.settings(ConditionedPolicySpec.SelectBy.ENSEMBLE, 3, .2);
      case "f_dpg" ->
          new ConditionedPolicySpec.FDpg(
              "base",
              "rm",
              "prompts",
              .5,
              ConditionedPolicySpec.Divergence.JS,
              4,
              new ScheduleSpec(6, 8),
              1e-3,
              new SamplingSpec(.9, 8));
      case "gdc" ->
          new ConditionedPolicySpec.Gdc(
              "base",
              "prompts",
              "good",
              Map.of("polite", .5),
              128,
              1e-5,
              4,
              new ScheduleSpec(6, 16),
              1e-2,
              new SamplingSpec(.9, 8));
      default -> ofScoredTexts(stage);
    };
  }

  private static PolicySpec ofScoredTexts(Stage stage) {
    return switch (stage.operation()) {
      case "conditional_training" ->
          new ConditionedPolicySpec.ConditionalTraining(
              "base",
              "demos",
              "rm",
              -2.5,
              "good:",
              "bad:",
              .2,
              new TextFittingSpec(10, 8, 1e-3, everything()));
      case "filtering" ->
          new ConditionedPolicySpec.Filtering(
              "base", "demos", "rm", -2.5, new TextFittingSpec(10, 8, 1e-3, null));
      case "unlikelihood" ->
          new ConditionedPolicySpec.Unlikelihood(
              "base", "demos", "rm", 0, .5, new TextFittingSpec(10, 8, 1e-3, everything()));
      case "advantage_weighted_regression" ->
          new ConditionedPolicySpec.AdvantageWeightedRegression(
              "base", "demos", "rm", 2, .7, 3, new TextFittingSpec(10, 8, 1e-3, everything()));
      default ->
          new ConditionedPolicySpec.RewardWeightedRegression(
              "base", "demos", "rm", 2, new TextFittingSpec(10, 8, 1e-3, everything()));
    };
  }

  private static OnlinePolicySpec.OnlineDpo onlineDpo() {
    return new OnlinePolicySpec.OnlineDpo(
        "base",
        "prompts",
        "rm",
        null,
        OnlinePolicySpec.OnlineLoss.SIGMOID,
        .1,
        1e-3,
        4,
        new ScheduleSpec(6, 8),
        1e-3,
        .5,
        .9,
        8,
        new TruncationSpec(20, .9, .01, 1.1, java.util.List.of("!")),
        null,
        new ComparedRegularizers(
            .01,
            new Regularizers.PretrainingMix("texts", .5),
            new Regularizers.LengthPenalty(.01, 2),
            new Regularizers.RepetitionPenalty(.5, 2)));
  }

  private static OnlinePolicySpec.NashMd nashMd() {
    return new OnlinePolicySpec.NashMd(
        "base",
        "prompts",
        null,
        "ai",
        .5,
        .1,
        new ScheduleSpec(6, 8),
        1e-3,
        new RolloutSpec(0, new SamplingSpec(.9, 8)),
        null,
        new ComparedRegularizers(.01, new Regularizers.PretrainingMix("texts", .5), null, null));
  }

  private static OnlinePolicySpec.ExpertIteration expertIteration() {
    return new OnlinePolicySpec.ExpertIteration(
        "base",
        "rm",
        "prompts",
        3,
        3,
        OnlinePolicySpec.Keep.BEST,
        null,
        0,
        OnlinePolicySpec.StartFrom.FIRST,
        5,
        8,
        1e-3,
        new SamplingSpec(1, 8));
  }

  /** All that keeps something from update to update. */
  private static Regularizers regularised() {
    return new Regularizers(
        new Regularizers.Kl(
            .1, 1.0, 100, null, Regularizers.Estimator.K2, Regularizers.Placement.LOSS),
        .01,
        3.0,
        2.0,
        true,
        new Regularizers.PretrainingMix("texts", .5),
        new Regularizers.LengthPenalty(.01, 2),
        new Regularizers.RepetitionPenalty(.5, 2),
        new Regularizers.EarlyStop(1e3, 1e3, 1e-6),
        null);
  }

  private static EvaluatorsSpec judge() {
    return new EvaluatorsSpec(
        null,
        0,
        null,
        new EvaluatorsSpec.Judge("judge", Map.of("polite", "Choose the polite answer.")));
  }

  private static ValuesSpec values() {
    FeatureSpec polite = new FeatureSpec.ContainsAny(java.util.List.of("please", "thank", "a"));
    return new ValuesSpec(null, Map.of("polite", polite), Map.of("polite", 1.0));
  }
}
