// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.plumbline.dsl.spec.SpecResult;
import org.plumbline.dsl.spec.Specs;
import org.plumbline.engine.plan.Dependencies;
import org.plumbline.engine.plan.FileRef;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.Planner;
import org.plumbline.engine.plan.Sha256;
import org.plumbline.engine.report.text.SecondJudge;

class SharedSourcesTest {
  private static final String SPEC =
      """
      plumb: v1
      name: tiny
      seeds: [1]
      models:
        base: { pretrain: { preset: micro, corpus: corpus.txt, steps: 40 } }
        other: { pretrain: { preset: micro, corpus: corpus.txt, steps: 41 } }
      data:
        demos: { jsonl: demos.jsonl }
        prompts: { jsonl: prompts.jsonl }
        more: { jsonl: more.jsonl }
        test: { jsonl: test.jsonl }
      values:
        kind: { features: { words: { length: words } }, weights: { words: -0.02 } }
      evaluators:
        crowd: { values: kind, groups: { people: { count: 3, rationality: 3 } } }
      feedback:
        prefs: { comparisons: { of: sft, prompts: prompts, evaluators: crowd, pairs: 300 } }
        second: { comparisons: { of: sft, prompts: PROMPTS, evaluators: crowd, pairs: 301 } }
      rewards:
        rm: { bradley_terry: { from: sft, feedback: prefs } }
        judge: { bradley_terry: { from: TRUNK, feedback: LABELS } }
      policies:
        sft: { supervised: { from: base, data: demos, steps: 10 } }
        dpo: { dpo: { from: sft, feedback: prefs, steps: 30 } }
        ppo: { ppo: { from: sft, reward: rm, prompts: prompts, updates: 5 } }
      compare:
        recipes: [sft, dpo, ppo]
        against: AGAINST
        prompts: test
        reward: REWARD
      """;

  private static Map<String, String> shared(Map<String, String> parts) {
    return shared(text(parts));
  }

  private static String text(Map<String, String> parts) {
    String text = SPEC;
    Map<String, String> all =
        Map.of(
            "PROMPTS", "more", "TRUNK", "other", "LABELS", "second", "AGAINST", "sft", "REWARD",
            "judge");
    for (String part : all.keySet()) {
      text = text.replace(part, parts.getOrDefault(part, all.get(part)));
    }
    return text;
  }

  private static Map<String, String> shared(String text) {
    SpecResult spec = Specs.readText("tiny.plumb.yaml", text, List.of());
    var experiment = spec.experiment().orElseThrow();
    Plan plan =
        new Planner(
                operation -> 1,
                Map.of(),
                file -> new FileRef(file.written(), file.written(), Sha256.of(file.written())))
            .plan(experiment, spec.recipes(), Sha256.of(text));
    return new SharedSources(new Dependencies(plan), plan)
        .of(Objects.requireNonNull(experiment.compare()));
  }

  @Test
  void aSecondRewardModelOfOtherPromptsLabelsAndTrunkJudgesAll() {
    assertThat(shared(Map.of())).isEmpty();
  }

  @Test
  void nobodyIsJudgedByWhatItWasTrainedBy() {
    Map<String, String> shared = shared(Map.of("REWARD", "rm"));

    assertThat(shared)
        .containsOnly(
            Map.entry("ppo", "the reward model rm itself"),
            Map.entry("dpo", "the labels of prefs"));
  }

  @Test
  void equalLabelsPromptsOrTrunksAreShared() {
    assertThat(shared(Map.of("LABELS", "prefs")))
        .containsOnly(
            Map.entry("ppo", "the labels of prefs"), Map.entry("dpo", "the labels of prefs"));
    assertThat(shared(Map.of("PROMPTS", "prompts")))
        .containsOnly(
            Map.entry("ppo", "the prompts prompts"), Map.entry("dpo", "the prompts prompts"));
    assertThat(shared(Map.of("TRUNK", "base"))).containsOnlyKeys("ppo");
  }

  /** Real preferences, one reward model that is optimised and judges. */
  private static final Path PREFERENCES =
      Path.of("../../examples/human-preferences/human-preferences.plumb.yaml");

  @Test
  void theLinesThatThePagePrintsMakeAJudgeThatSharesNothing() throws Exception {
    String text = Files.readString(PREFERENCES);
    assertThat(shared(text)).containsOnlyKeys("sft", "dpo", "best-of-8");

    for (Map.Entry<String, String> line : SecondJudge.lines().entrySet()) {
      String section = line.getKey() + ":\n";
      assertThat(text).contains("\n" + section);
      // A key stands once: what judges is named anew.
      text = line.getValue().startsWith("reward: ") ? text.replace("\n  reward: rm\n", "\n") : text;
      text = text.replace("\n" + section, "\n" + section + "  " + line.getValue() + "\n");
    }

    assertThat(shared(text)).as(text).isEmpty();
  }

  @Test
  void againstADependentReferenceNobodyIsJudged() {
    assertThat(shared(Map.of("REWARD", "rm", "AGAINST", "dpo")))
        .containsOnlyKeys("sft", "dpo", "ppo");
  }
}
