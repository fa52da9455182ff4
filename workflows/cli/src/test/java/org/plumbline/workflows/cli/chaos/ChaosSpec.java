// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.config.LlamaShape;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.config.Rope;
import org.plumbline.engine.lm.tokenizer.Tokenizer;
import org.plumbline.workflows.cli.TinySpec;

/** An experiment that has most kinds of stages in it and is done in seconds, and its data. */
final class ChaosSpec {
  static final String NAME = "chaos.plumb.yaml";

  private static final String SPEC =
      """
      plumb: v1
      name: chaos
      seeds: [1]
      models:
        base: { pretrain: { preset: micro, corpus: corpus.txt, vocabulary: 280, steps: 30, batch_size: 4 } }
        chat: { endpoint: { url: "URL", model: some-model } }
      data:
        demos:   { jsonl: demos.jsonl }
        prompts: { jsonl: prompts.jsonl, hold_out: 8 }
      values:
        kind:
          features: { kind: { contains_any: [please, thank] }, words: { length: words } }
          weights: { kind: 1, words: -0.02 }
      evaluators:
        crowd: { values: kind, cost: 1, groups: { people: { count: 3, rationality: 3 } } }
        ai:    { judge: { model: chat, principles: { kind: Be kind. } } }
      feedback:
        prefs:  { comparisons: { of: sft, prompts: prompts, evaluators: crowd, pairs: 100, max_new_tokens: 8 } }
        judged: { comparisons: { of: sft, prompts: prompts, evaluators: ai, pairs: 60, max_new_tokens: 8 } }
        stars:  { scalar: { of: sft, prompts: prompts, evaluators: crowd, items: 80, low: -1, high: 2, max_new_tokens: 8 } }
      rewards:
        rm:    { bradley_terry: { from: sft, feedback: prefs, steps: 20, batch_size: 4 } }
        rated: { rating_regression: { from: sft, feedback: stars, steps: 15, batch_size: 4 } }
      policies:
        sft:  { supervised: { from: base, data: demos, steps: 10, batch_size: 4 } }
        ppo:  { ppo: { from: sft, reward: rm, prompts: prompts, updates: 10, batch_size: 8, max_new_tokens: 8 } }
        grpo: { grpo: { from: sft, reward: rated, prompts: prompts, group_size: 4, updates: 8, batch_size: 8, max_new_tokens: 8 } }
        dpo:  { dpo: { from: sft, feedback: judged, steps: 15, batch_size: 4 } }
        best: { best_of_n: { from: sft, reward: rm, n: 4 } }
        cai:  { critique_revision: { from: sft, prompts: prompts, judge: ai, answers: 16, revisions: 1, steps: 8, batch_size: 4, max_new_tokens: 8 } }
      compare:
        recipes: [sft, ppo, grpo, dpo, best, cai]
        against: sft
        prompts: prompts.held_out
        values: kind
        reward: rm
        max_new_tokens: 8
        samples: 4
      """;

  private ChaosSpec() {}

  /** Writes the same with one recipe and a model of 25 MB, which is uploaded in parts. */
  static void writeLarge(Path folder, String judge) throws IOException {
    write(folder, judge);
    Path file = folder.resolve(NAME);
    Files.writeString(
        file,
        Files.readString(file)
            .replaceAll("base: .*", "base: { huggingface: { directory: llama } }")
            .replaceAll("recipes: .*", "recipes: [sft]")
            .replace("steps: 10", "steps: 2")
            .replace("  reward: rm\n  max_new", "  max_new"));
    Tokenizer tokenizer = Tokenizer.train(Files.readAllLines(folder.resolve("corpus.txt")), 280);
    List<LlamaShape.Layer> layers = List.of(LlamaShape.Layer.PLAIN, LlamaShape.Layer.PLAIN);
    LlamaShape shape =
        new LlamaShape(4, 64, LlamaShape.Output.OWN, Set.of(), false, Rope.plain(10000), layers);
    int ids = tokenizer.vocabularySize();
    int end = tokenizer.endOfText();
    ModelConfig config =
        new ModelConfig("llama", ids, 64, 512, 2, 8, 1376, 1e-5, 0.05, end, List.of(), shape);
    try (LanguageModel model = LanguageModel.create(config, tokenizer, 3)) {
      model.save(folder.resolve("llama"));
    }
  }

  /**
   * Writes the spec and its data into a folder.
   *
   * @param judge where the endpoint is that judges
   */
  static void write(Path folder, String judge) throws IOException {
    Files.createDirectories(folder);
    TinySpec.write(folder);
    Files.delete(folder.resolve(TinySpec.NAME));
    Files.writeString(folder.resolve(NAME), SPEC.replace("URL", judge));
  }
}
