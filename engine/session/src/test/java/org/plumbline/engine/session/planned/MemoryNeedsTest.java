// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.session.planned;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.spec.SpecResult;
import org.plumbline.dsl.spec.Specs;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.LoraSettings;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.file.StoredType;
import org.plumbline.engine.lm.optimiser.TrainingMemory;
import org.plumbline.engine.lm.tokenizer.Tokenizer;
import org.plumbline.engine.plan.FileRef;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.Planner;
import org.plumbline.engine.plan.Sha256;

/** Frozen weights are counted once, however many models share them. */
class MemoryNeedsTest {
  @TempDir static Path folder;
  private static ModelConfig config;

  @BeforeAll
  static void model() {
    Tokenizer tokenizer =
        Tokenizer.train(List.of("how is the tea? it is good.", "the bus is late, thank you."), 280);
    config =
        ModelConfig.gpt2(
            tokenizer.vocabularySize(), 32, new ModelConfig.Size(64, 2, 2), tokenizer.endOfText());
    try (LanguageModel model = LanguageModel.create(config, tokenizer, 1)) {
      model.export(folder.resolve("model"), StoredType.FLOAT32);
    }
  }

  @Test
  void anAdapterTrainsFewNumbersAndSharesTheRestWithItsReference() {
    Map<String, Long> whole = needs("");
    Map<String, Long> adapted = needs(", lora: { rank: 4 }");
    long all = 4 * TrainingMemory.parameters(config);
    long trained = 4 * LoraSettings.of(4, 4).parameters(config);

    // weights, gradients and moments of steps that are not divided; beside them the reference
    long saved = 5 * all - (all + 4 * trained);
    assertThat(need(whole, "dpo") - need(adapted, "dpo")).isEqualTo(saved);
    assertThat(need(whole, "ppo") - need(adapted, "ppo")).isEqualTo(saved);
    // a value model has all of these but the reference a second time
    assertThat(need(whole, "apart") - need(adapted, "apart"))
        .isEqualTo(saved + 4 * all - 4 * trained);
  }

  @Test
  void anAdapterOfMapsThatAreNotThereIsLeftToWhoReadsTheModel() {
    assertThat(needs(", lora: { rank: 4, targets: [nowhere] }")).isEmpty();
  }

  private static long need(Map<String, Long> needs, String node) {
    return needs.getOrDefault(node, 0L);
  }

  private static Map<String, Long> needs(String lora) {
    String text =
        """
        plumb: v1
        name: memory
        seeds: [1]
        models:
          base: { huggingface: { directory: model%s } }
        data:
          prompts: { jsonl: prompts.jsonl }
          rows: { jsonl: rows.jsonl }
        values:
          kind: { features: { kind: { contains_any: [please] } }, weights: { kind: 1 } }
        feedback:
          recorded: { recorded: { data: rows } }
        rewards:
          rule: { rules: { values: kind } }
        policies:
          dpo: { dpo: { from: base, feedback: recorded, steps: 1, batch_size: 8 } }
          ppo: { ppo: { from: dpo, reward: rule, prompts: prompts, updates: 3, batch_size: 16 } }
          apart: { ppo: { from: dpo, reward: rule, prompts: prompts, updates: 3, batch_size: 16, value_model: separate } }
        compare: { recipes: [dpo, ppo, apart], against: dpo, prompts: prompts, values: kind }
        """
            .formatted(lora);
    SpecResult spec = Specs.readText("memory.plumb.yaml", text, List.of());
    Planner planner =
        new Planner(
            PlannedSpec.OPERATIONS,
            Map.of(),
            file ->
                new FileRef(
                    file.written(),
                    folder.resolve(file.written()).toString(),
                    Sha256.of(file.written())));
    Plan plan = planner.plan(spec.experiment().orElseThrow(), spec.recipes(), Sha256.of(text));
    MemoryNeeds needs = new MemoryNeeds(plan, 1);
    Map<String, Long> byName = new TreeMap<>();
    plan.nodes().forEach(node -> needs.of(node).ifPresent(bytes -> byName.put(node.name(), bytes)));
    return byName;
  }
}
