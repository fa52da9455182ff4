// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.session.planned;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.plumbline.dsl.spec.SpecResult;
import org.plumbline.dsl.spec.Specs;
import org.plumbline.engine.plan.FileRef;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.plan.Planner;
import org.plumbline.engine.plan.Sha256;

/** Whose keys hold the engine, the device and the threads. */
class RuntimeInKeysTest {
  private static final Map<String, String> CPU = new NumericRuntime("cpu").parts();

  @Test
  void onlyOfWhatComputesWithTheEngine() {
    Plan plan = plan(CPU);

    for (PlanNode node : plan.nodes()) {
      boolean plain = List.of("load", "recorded", "huggingface").contains(node.operation());
      assertThat(node.parts().runtime()).as(node.id()).isEqualTo(plain ? Map.of() : CPU);
    }
    assertThat(plan.nodes().stream().map(PlanNode::operation).toList())
        .contains("load", "recorded", "huggingface", "comparisons", "bradley_terry", "evaluate");
  }

  @Test
  void anotherDeviceKeepsDataRecordedFeedbackAndImportedModels() {
    Map<String, String> cpu = keys(plan(CPU));
    Map<String, String> cuda = keys(plan(new NumericRuntime("cuda:0").parts()));

    cpu.entrySet().removeIf(key -> !key.getValue().equals(cuda.get(key.getKey())));

    assertThat(cpu.keySet()).containsExactly("base", "demos", "prompts", "recorded@1", "rows");
  }

  private static Map<String, String> keys(Plan plan) {
    Map<String, String> keys = new TreeMap<>();
    plan.nodes().forEach(node -> keys.put(node.id(), node.key()));
    return keys;
  }

  private static Plan plan(Map<String, String> runtime) {
    String text =
        """
        plumb: v1
        name: keys
        seeds: [1]
        models:
          base: { huggingface: { directory: model } }
        data:
          demos: { jsonl: demos.jsonl }
          prompts: { jsonl: prompts.jsonl }
          rows: { jsonl: rows.jsonl }
        values:
          kind: { features: { kind: { contains_any: [please] } }, weights: { kind: 1 } }
        evaluators:
          crowd: { values: kind, groups: { people: { count: 3, rationality: 3 } } }
        feedback:
          recorded: { recorded: { data: rows } }
          collected: { comparisons: { of: sft, prompts: prompts, evaluators: crowd, pairs: 300 } }
        rewards:
          rm: { bradley_terry: { from: sft, feedback: collected, steps: 4 } }
        policies:
          sft: { supervised: { from: base, data: demos, steps: 1 } }
          dpo: { dpo: { from: sft, feedback: recorded, steps: 1 } }
          ppo: { ppo: { from: sft, reward: rm, prompts: prompts, updates: 3 } }
        compare: { recipes: [sft, dpo, ppo], against: sft, prompts: prompts, values: kind }
        """;
    SpecResult spec = Specs.readText("keys.plumb.yaml", text, List.of());
    assertThat(spec.diagnostics()).isEmpty();
    Planner planner =
        new Planner(
            PlannedSpec.OPERATIONS,
            runtime,
            file ->
                new FileRef(
                    file.written(),
                    Path.of("/specs").resolve(file.written()).toString(),
                    Sha256.of(file.written())));
    return planner.plan(spec.experiment().orElseThrow(), spec.recipes(), Sha256.of(text));
  }
}
