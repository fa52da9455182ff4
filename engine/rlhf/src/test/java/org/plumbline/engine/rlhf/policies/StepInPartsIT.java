// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.policy.ComparedRegularizers;
import org.plumbline.dsl.model.policy.ConditionedPolicySpec;
import org.plumbline.dsl.model.policy.OnlinePolicySpec;
import org.plumbline.dsl.model.policy.PairFittingSpec;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.dsl.model.policy.Regularizers;
import org.plumbline.dsl.model.policy.RolloutSpec;
import org.plumbline.dsl.model.reward.ComposedRewardSpec;
import org.plumbline.dsl.model.shape.Rewriting;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.training.SamplingSpec;
import org.plumbline.dsl.model.training.TrainingSpec;
import org.plumbline.dsl.model.training.TruncationSpec;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.model.values.ValuesSpec;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.feedback.FreshLabels;
import org.plumbline.engine.rlhf.policygradient.Methods;
import org.plumbline.engine.rlhf.rewards.RulesReward;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.store.content.Artifact;

/** A step that is computed in parts is the same step, even where a loss hangs on all its rows. */
class StepInPartsIT {
  /** Shares of rows on one side of 0, on which the last digit of a number decides. */
  private static final Set<String> COUNTED = Set.of("accuracy", "right_side", "above_margin");

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> aStepInPartsIsTheSameStep() {
    return PreferenceMethods.stages().stream()
        .map(stage -> DynamicTest.dynamicTest(stage.operation(), () -> compare(stage)));
  }

  /** The same where a policy learns answers of its own: at first they are the same, too. */
  @TestFactory
  Stream<DynamicTest> aStepInPartsIsTheSameStepOnAnswersOfItsOwn() {
    Map<String, Stage> methods = new LinkedHashMap<>();
    methods.put("online_dpo", new OnlineDpo(FreshLabels::open));
    methods.put("online_dpo, restrained", new OnlineDpo(FreshLabels::open));
    methods.put("nash_md", new NashMd(FreshLabels::open));
    methods.put("nash_md, restrained", new NashMd(FreshLabels::open));
    methods.put("expert_iteration", new ExpertIteration());
    methods.put("f_dpg", new FDpg());
    methods.put("ppo", new Ppo());
    methods.put("ppo, separate values", new Ppo());
    methods.put("rloo", new Rloo());
    methods.put("reinforce", new Reinforce());
    methods.put("reinforce_plus_plus", new ReinforcePlusPlus());
    methods.put("grpo", new Grpo());
    methods.put("grpo, finished only", new Grpo());
    methods.put("grpo, constant", new Grpo());
    return methods.entrySet().stream()
        .map(
            method ->
                DynamicTest.dynamicTest(
                    method.getKey(),
                    () ->
                        compare(
                            firstStep(method.getKey(), method.getValue(), null),
                            firstStep(method.getKey(), method.getValue(), 3))));
  }

  private List<JsonNode> firstStep(String method, Stage stage, @Nullable Integer part)
      throws IOException {
    TrainingSpec training =
        new TrainingSpec(null, null, null, null, null, null, null, part, null, null, null);
    Artifact trained =
        FolderContext.in(
                folder.resolve(method + part), Rewriting.with(own(method), "training", training), 1)
            .input("from", TinyWorld.untrained(folder.resolve("model"), 3))
            .input("prompts", TinyWorld.promptData(folder.resolve("prompts"), 20))
            .input("reward", rules())
            .input(
                "regularizers.pretraining_mix.data",
                TinyWorld.textData(folder.resolve("texts"), 20))
            .declare(Section.VALUES, "good", VALUES)
            .run(stage);
    return JsonFiles.readLines(trained.file("metrics.jsonl")).subList(0, 1);
  }

  private static final Methods.Size SIZE = new Methods.Size(2, 16, 1e-3, 8);

  private static final ValuesSpec VALUES =
      new ValuesSpec(
          null, Map.of("a", new FeatureSpec.ContainsAny(List.of("a", "e"))), Map.of("a", 1.0));

  private Artifact rules() {
    return FolderContext.in(folder.resolve("rules"), new ComposedRewardSpec.Rules("good"), 1)
        .declare(Section.VALUES, "good", VALUES)
        .run(new RulesReward());
  }

  private static final ComparedRegularizers RESTRAINED =
      new ComparedRegularizers(
          .1,
          new Regularizers.PretrainingMix("texts", .5),
          new Regularizers.LengthPenalty(.01, 2),
          new Regularizers.RepetitionPenalty(.5, 2));

  private static PolicySpec own(String method) {
    SamplingSpec sampling = new SamplingSpec(1, 8);
    return switch (method) {
      case "online_dpo" ->
          new OnlinePolicySpec.OnlineDpo(
              "base",
              "prompts",
              "rm",
              null,
              OnlinePolicySpec.OnlineLoss.SIGMOID,
              .1,
              .01,
              2,
              SIZE.schedule(),
              1e-3,
              0,
              1,
              8,
              TruncationSpec.NONE,
              null);
      case "online_dpo, restrained" ->
          Rewriting.with(own("online_dpo"), "regularizers", RESTRAINED);
      case "nash_md, restrained" -> Rewriting.with(own("nash_md"), "regularizers", RESTRAINED);
      case "nash_md" ->
          new OnlinePolicySpec.NashMd(
              "base",
              "prompts",
              "rm",
              null,
              .5,
              .1,
              SIZE.schedule(),
              1e-3,
              new RolloutSpec(0, sampling),
              null);
      case "expert_iteration" -> iteration(sampling);
      case "f_dpg" ->
          new ConditionedPolicySpec.FDpg(
              "base",
              "rm",
              "prompts",
              .5,
              ConditionedPolicySpec.Divergence.FORWARD_KL,
              4,
              SIZE.schedule(),
              1e-3,
              sampling);
      default -> byReward(method);
    };
  }

  private static PolicySpec iteration(SamplingSpec sampling) {
    return new OnlinePolicySpec.ExpertIteration(
        "base",
        "rm",
        "prompts",
        1,
        2,
        OnlinePolicySpec.Keep.BEST,
        null,
        0,
        OnlinePolicySpec.StartFrom.LATEST,
        2,
        8,
        1e-3,
        sampling);
  }

  private static PolicySpec byReward(String method) {
    Regularizers inReward = Methods.kl(.1);
    Regularizers inLoss = Methods.kl(.1, Regularizers.Estimator.K2, Regularizers.Placement.LOSS);
    return switch (method) {
      case "ppo" -> ppo(inReward);
      case "ppo, separate values" -> ppo(inReward).withSeparateValues(1e-3);
      case "rloo" -> Methods.rloo(Rewriting.with(inReward, "entropy", .01), SIZE);
      case "reinforce" -> Methods.reinforce(OnlinePolicySpec.Baseline.GREEDY, inReward, SIZE);
      case "reinforce_plus_plus" -> Methods.plusPlus(4, inReward, SIZE);
      case "grpo" -> Methods.grpo(Rewriting.with(inLoss, "entropy", .01), SIZE);
      case "grpo, finished only" -> Methods.finishedOnly(inLoss, SIZE);
      default ->
          Methods.grpo(
              OnlinePolicySpec.AdvantageScale.NONE,
              OnlinePolicySpec.Aggregation.CONSTANT,
              inLoss,
              SIZE);
    };
  }

  private static PolicySpec.Ppo ppo(Regularizers regularizers) {
    return new PolicySpec.Ppo(
        "base",
        "rm",
        "prompts",
        regularizers,
        SIZE.schedule(),
        2,
        2,
        1e-3,
        .2,
        .2,
        .5,
        1,
        .95,
        SIZE.rollout());
  }

  private void compare(Stage stage) throws IOException {
    List<JsonNode> whole = steps(stage, null);

    assertThat(whole).hasSize(4);
    compare(whole, steps(stage, 3));
  }

  private static void compare(List<JsonNode> whole, List<JsonNode> parts) {
    for (int i = 0; i < whole.size(); i++) {
      JsonNode one = whole.get(i);
      JsonNode other = parts.get(i);
      assertThat(other.properties().size()).isEqualTo(one.properties().size());
      for (Map.Entry<String, JsonNode> number : one.properties()) {
        double expected = number.getValue().asDouble();
        if (!COUNTED.contains(number.getKey())) {
          assertThat(other.path(number.getKey()).asDouble())
              .as("%s of %s", number.getKey(), one)
              .isCloseTo(expected, within(1e-4 * Math.max(1, Math.abs(expected))));
        }
      }
    }
  }

  private List<JsonNode> steps(Stage stage, @Nullable Integer part) throws IOException {
    TrainingSpec training =
        new TrainingSpec(null, null, null, null, null, null, null, part, null, null, null);
    PolicySpec settings =
        PreferenceMethods.settings(stage, new PairFittingSpec(4, 8, 1e-3, training));
    Artifact trained =
        FolderContext.in(folder.resolve(stage.operation() + part), settings, 1)
            .input("from", TinyWorld.untrained(folder.resolve("model"), 3))
            .input("feedback", TinyWorld.feedback(folder.resolve("feedback"), 40))
            .run(stage);
    return JsonFiles.readLines(trained.file("metrics.jsonl"));
  }
}
