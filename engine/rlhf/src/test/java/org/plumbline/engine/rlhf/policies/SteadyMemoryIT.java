// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.ModelSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.policy.ComparedRegularizers;
import org.plumbline.dsl.model.policy.ConditionedPolicySpec;
import org.plumbline.dsl.model.policy.OnlinePolicySpec;
import org.plumbline.dsl.model.policy.PairFittingSpec;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.dsl.model.policy.Regularizers;
import org.plumbline.dsl.model.policy.RolloutSpec;
import org.plumbline.dsl.model.policy.ScheduleSpec;
import org.plumbline.dsl.model.reward.RewardSpec;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.training.OptimiserSpec;
import org.plumbline.dsl.model.training.SamplingSpec;
import org.plumbline.dsl.model.training.TruncationSpec;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.model.values.ValuesSpec;
import org.plumbline.engine.lm.tensor.TorchRuntime;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.feedback.FreshLabels;
import org.plumbline.engine.rlhf.policygradient.Methods;
import org.plumbline.engine.rlhf.rewards.BradleyTerry;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.store.content.Artifact;

/** No kind of training takes more native memory the longer it goes on. */
class SteadyMemoryIT {
  private static final int STEPS = 2000;

  /** Steps until everything that lives throughout has been made. */
  private static final int WARM = 20;

  /** Between steps 500 and 2,000, beside what the collector lets the heap grow meanwhile. */
  private static final long MOST_GROWTH_KB = 32 * 1024;

  @TempDir static Path folder;
  private static Artifact base;
  private static Artifact feedback;
  private static Artifact prompts;

  @BeforeAll
  static void prepare() {
    prompts = TinyWorld.promptData(folder.resolve("prompts"), 60);
    feedback = TinyWorld.feedback(folder.resolve("feedback"), 60);
    base = TinyWorld.untrained(folder.resolve("base"), 1);
  }

  @Test
  void pretraining() {
    ModelSpec.Pretrain settings =
        new ModelSpec.Pretrain(
            ModelSpec.Preset.MICRO, "corpus.txt", null, 300, 16, STEPS, 2, 1e-3, 0.01);

    Watch watch = new Watch();
    context("pretrain", settings)
        .file("corpus", TinyWorld.corpusFile(folder, 60))
        .watch(watch)
        .run(new Pretrain());

    watch.assertSteady(STEPS);
  }

  @Test
  @Tag("oracle")
  void supervised() {
    Watch watch = new Watch();
    context("supervised", new PolicySpec.Supervised("base", "demos", null, STEPS, 4, 1e-3, 0))
        .input("data", TinyWorld.demonstrationData(folder.resolve("demos"), 60))
        .watch(watch)
        .run(new Supervised());

    watch.assertSteady(STEPS);
  }

  @Test
  void dpo() {
    watched(
            "dpo",
            new PolicySpec.Dpo("base", "prefs", .1, 0, new PairFittingSpec(STEPS, 4, 1e-4)),
            new Dpo())
        .assertSteady(STEPS);
  }

  @TestFactory
  @Tag("oracle")
  Stream<DynamicTest> answersWithoutPairsAndRankings() {
    PairFittingSpec fitting = new PairFittingSpec(STEPS, 4, 1e-4);
    return Stream.of(new Kto(), new Rrhf())
        .map(
            stage ->
                DynamicTest.dynamicTest(
                    stage.operation(),
                    () ->
                        watched(
                                stage.operation(),
                                PreferenceMethods.settings(stage, fitting),
                                stage)
                            .assertSteady(STEPS)));
  }

  @Test
  void rewardModel() {
    watched("reward", reward(STEPS), new BradleyTerry()).assertSteady(STEPS);
  }

  @Test
  void ppo() {
    int updates = 250; // each samples, scores and learns four times
    ppoIsSteady("ppo", ppo(updates), updates);
  }

  @Test
  @Tag("oracle")
  void ppoWithAValueModelOfItsOwn() {
    int updates = 100;
    ppoIsSteady("ppo-values", ppo(updates).withSeparateValues(null), updates);
  }

  private static void ppoIsSteady(String name, PolicySpec.Ppo settings, int updates) {
    Artifact reward = context("reward-of-" + name, reward(5)).run(new BradleyTerry());
    Watch watch = new Watch();
    context(name, settings).input("reward", reward).watch(watch).run(new Ppo());

    watch.assertSteady(updates);
  }

  /** With the divergence of whole distributions in the loss, and texts beside it. */
  @Test
  void grpo() {
    Artifact reward = context("reward-of-grpo", reward(5)).run(new BradleyTerry());
    Regularizers regularizers =
        new Regularizers(
            new Regularizers.Kl(
                .1, null, 10_000, null, Regularizers.Estimator.EXACT, Regularizers.Placement.LOSS),
            .01,
            null,
            1.0,
            true,
            new Regularizers.PretrainingMix("texts", 1),
            null,
            null,
            new Regularizers.EarlyStop(1e6, null, null),
            null);
    int updates = 500;
    Watch watch = new Watch();
    context("grpo", Methods.grpo(regularizers, new Methods.Size(updates, 4, 1e-4, 4)))
        .input("reward", reward)
        .input("regularizers.pretraining_mix.data", TinyWorld.textData(folder.resolve("texts"), 20))
        .watch(watch)
        .run(new Grpo());

    watch.assertSteady(updates);
  }

  /** With texts beside the comparisons, an entropy bonus and answers of the reference. */
  @Test
  void onlineDpo() {
    int updates = 500;
    Artifact reward = context("reward-of-online", reward(5)).run(new BradleyTerry());
    OnlinePolicySpec.OnlineDpo settings =
        new OnlinePolicySpec.OnlineDpo(
            "base",
            "prompts",
            "rm",
            null,
            OnlinePolicySpec.OnlineLoss.SIGMOID,
            .1,
            1e-3,
            2,
            new ScheduleSpec(updates, 4),
            1e-4,
            0,
            1,
            4,
            TruncationSpec.NONE,
            null,
            new ComparedRegularizers(.01, new Regularizers.PretrainingMix("texts", 1), null, null));
    Watch watch = new Watch();
    context("online", settings)
        .input("reward", reward)
        .input("regularizers.pretraining_mix.data", TinyWorld.textData(folder.resolve("more"), 20))
        .watch(watch)
        .run(new OnlineDpo(FreshLabels::open));

    watch.assertSteady(updates);
  }

  /** Against a mixture of two models, judged by rules. */
  @Test
  @Tag("oracle")
  void nashMd() {
    int updates = 500;
    OnlinePolicySpec.NashMd settings =
        new OnlinePolicySpec.NashMd(
            "base",
            "prompts",
            null,
            "ai",
            .5,
            .1,
            new ScheduleSpec(updates, 2),
            1e-4,
            new RolloutSpec(0, new SamplingSpec(1, 4)),
            null);

    watched("nash", settings, new NashMd(FreshLabels::open)).assertSteady(updates);
  }

  @Test
  @Tag("oracle")
  void distributionalPolicyGradient() {
    int updates = 500;
    Artifact reward = context("reward-of-dpg", reward(5)).run(new BradleyTerry());
    ConditionedPolicySpec.FDpg settings =
        new ConditionedPolicySpec.FDpg(
            "base",
            "rm",
            "prompts",
            .5,
            ConditionedPolicySpec.Divergence.FORWARD_KL,
            4,
            new ScheduleSpec(updates, 4),
            1e-4,
            new SamplingSpec(1, 4));
    Watch watch = new Watch();
    context("dpg", settings).input("reward", reward).watch(watch).run(new FDpg());

    watch.assertSteady(updates);
  }

  @Test
  void critiqueAndRevision() {
    PolicySpec.CritiqueRevision settings =
        new PolicySpec.CritiqueRevision(
            "base", "ai", "prompts", 8, 1, 2, STEPS, 4, 1e-3, new SamplingSpec(1, 4));

    watched("revised", settings, new CritiqueRevision()).assertSteady(STEPS);
  }

  private static Watch watched(String name, Object settings, Stage stage) {
    Watch watch = new Watch();
    context(name, settings).watch(watch).run(stage);
    return watch;
  }

  private static RewardSpec.BradleyTerry reward(int steps) {
    return new RewardSpec.BradleyTerry(
        "base",
        "prefs",
        1,
        RewardSpec.Combine.MEAN,
        .5,
        .2,
        steps,
        4,
        new OptimiserSpec(1e-4, .01),
        0);
  }

  private static PolicySpec.Ppo ppo(int updates) {
    Regularizers regularizers =
        new Regularizers(new Regularizers.Kl(.1, null, 10_000, null), 0, null);
    return new PolicySpec.Ppo(
        "base",
        "rm",
        "prompts",
        regularizers,
        new ScheduleSpec(updates, 4),
        2,
        2,
        1e-4,
        .2,
        .2,
        .1,
        .95,
        1,
        new RolloutSpec(0, new SamplingSpec(1, 4)));
  }

  private static FolderContext context(String name, Object settings) {
    FeatureSpec polite = new FeatureSpec.ContainsAny(List.of("please", "thank"));
    return FolderContext.in(folder.resolve(name), settings, 1)
        .input("from", base)
        .input("feedback", feedback)
        .input("prompts", prompts)
        .declare(
            Section.EVALUATORS,
            "ai",
            new EvaluatorsSpec(
                null,
                0,
                null,
                new EvaluatorsSpec.Judge("judge", Map.of("polite", "Choose the polite answer."))))
        .declare(Section.MODELS, "judge", new ModelSpec.Rules("good", 3))
        .declare(
            Section.VALUES,
            "good",
            new ValuesSpec(null, Map.of("polite", polite), Map.of("polite", 1.0)));
  }

  /** Counts what is alive after each step. */
  private static final class Watch implements LongConsumer {
    private final Map<Long, Integer> alive = new TreeMap<>();
    private final Map<Long, Long> resident = new TreeMap<>();

    @Override
    public void accept(long step) {
      // What a stage does behind its steps is told with the last of them, and holds less.
      alive.putIfAbsent(step, TorchRuntime.start().liveTensors());
      if (step % 250 == 0) {
        resident.put(step, residentKilobytes() - Runtime.getRuntime().totalMemory() / 1024);
      }
    }

    void assertSteady(int steps) {
      assertThat(alive).hasSizeGreaterThanOrEqualTo(steps);
      Map<Integer, Long> firstStepOfCount = new TreeMap<>();
      alive.forEach(
          (step, count) -> {
            if (step > WARM) {
              firstStepOfCount.putIfAbsent(count, step);
            }
          });
      assertThat(firstStepOfCount).as("arrays alive, and from which step on").hasSize(1);
      assumeThat(Files.isReadable(Path.of("/proc/self/status"))).isTrue();
      List<Long> sizes = List.copyOf(resident.values());
      if (sizes.size() > 2) {
        long growth = sizes.get(sizes.size() - 1) - sizes.get(1);
        assertThat(growth)
            .as("resident kB beside the heap %s", resident)
            .isLessThan(MOST_GROWTH_KB);
      }
    }

    private static long residentKilobytes() {
      Path status = Path.of("/proc/self/status");
      if (!Files.isReadable(status)) {
        return 0;
      }
      try {
        return Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElse(0);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
