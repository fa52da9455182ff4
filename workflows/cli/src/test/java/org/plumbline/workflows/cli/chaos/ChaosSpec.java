// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  /** A model that is uploaded in parts, with one recipe. */
  static void writeLarge(Path folder, String judge) throws IOException {
    write(folder, judge);
    Path file = folder.resolve(NAME);
    Files.writeString(
        file,
        Files.readString(file)
            .replace("preset: micro", "preset: small")
            .replace("steps: 30", "steps: 2")
            .replaceAll("recipes: .*", "recipes: [sft]")
            .replace("  reward: rm\n  max_new", "  max_new"));
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
