// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.plumbline.workflows.cli.TinySpec;

/**
 * An experiment that has every policy method in it under its own name, and its data. Methods that
 * only choose among answers take no steps: theirs are drawn by the feedback {@code of-METHOD}.
 */
final class MethodsSpec {
  static final String NAME = "methods.plumb.yaml";

  private static final String SPEC =
      """
      plumb: v1
      name: methods
      seeds: [1]
      models:
        base:  { pretrain: { preset: micro, corpus: corpus.txt, vocabulary: 280, context: 256, steps: 20, batch_size: 4 } }
        rules: { rules: { values: kind, rationality: 3 } }
      data:
        demos:   { jsonl: demos.jsonl }
        prompts: { jsonl: prompts.jsonl, hold_out: 8 }
        texts:   { jsonl: texts.jsonl }
      values:
        kind:
          features: { kind: { contains_any: [please, thank] }, words: { length: words } }
          weights: { kind: 1, words: -0.02 }
      evaluators:
        crowd: { values: kind, groups: { people: { count: 3, rationality: 3, ratings: { noise: 0.3 } } } }
        ai:    { judge: { model: rules, principles: { kind: Be kind. } } }
      feedback:
        prefs: { comparisons: { of: supervised, prompts: prompts, evaluators: crowd, pairs: 100, max_new_tokens: 8 } }
        of-best_of_n: { scalar: { of: best_of_n, prompts: prompts, evaluators: crowd, items: 400, low: -1, high: 2, max_new_tokens: 8 } }
        of-quantilizer: { scalar: { of: quantilizer, prompts: prompts, evaluators: crowd, items: 400, low: -1, high: 2, max_new_tokens: 8 } }
        of-rejection_sampling: { scalar: { of: rejection_sampling, prompts: prompts, evaluators: crowd, items: 400, low: -1, high: 2, max_new_tokens: 8 } }
        of-shield: { scalar: { of: shield, prompts: prompts, evaluators: crowd, items: 400, low: -1, high: 2, max_new_tokens: 8 } }
        of-policy_mixture: { scalar: { of: policy_mixture, prompts: prompts, evaluators: crowd, items: 400, low: -1, high: 2, max_new_tokens: 8 } }
        drawn: { pooled: { feedback: [of-best_of_n, of-quantilizer, of-rejection_sampling, of-shield, of-policy_mixture] } }
        told:  { language: { of: supervised, prompts: prompts, evaluators: crowd, items: 40, max_new_tokens: 8 } }
      rewards:
        rm: { bradley_terry: { from: supervised, feedback: prefs, ensemble: 2, steps: 10, batch_size: 4 } }
      policies:
        supervised:          { supervised: { from: base, data: demos, steps: 12, batch_size: 4 } }
        ppo:                 { ppo: { from: supervised, reward: rm, prompts: prompts, updates: 8, batch_size: 8, max_new_tokens: 8 } }
        rloo:                { rloo: { from: supervised, reward: rm, prompts: prompts, updates: 8, batch_size: 8, max_new_tokens: 8 } }
        reinforce:           { reinforce: { from: supervised, reward: rm, prompts: prompts, updates: 8, batch_size: 8, max_new_tokens: 8 } }
        reinforce_plus_plus: { reinforce_plus_plus: { from: supervised, reward: rm, prompts: prompts, updates: 8, batch_size: 8, max_new_tokens: 8 } }
        grpo:                { grpo: { from: supervised, reward: rm, prompts: prompts, group_size: 4, updates: 8, batch_size: 8, max_new_tokens: 8 } }
        online_dpo:          { online_dpo: { from: supervised, prompts: prompts, evaluators: crowd, updates: 8, batch_size: 8, max_new_tokens: 8 } }
        nash_md:             { nash_md: { from: supervised, prompts: prompts, reward: rm, updates: 8, batch_size: 8, max_new_tokens: 8 } }
        expert_iteration:    { expert_iteration: { from: supervised, reward: rm, prompts: prompts, iterations: 3, steps: 8, batch_size: 4, max_new_tokens: 8 } }
        gdc:                 { gdc: { from: supervised, prompts: prompts, values: kind, moments: { kind: 0.1 }, samples: 64, tolerance: 0.01, updates: 8, batch_size: 8, max_new_tokens: 8 } }
        f_dpg:               { f_dpg: { from: supervised, reward: rm, prompts: prompts, beta: 1, updates: 8, batch_size: 8, max_new_tokens: 8 } }
        critique_revision:   { critique_revision: { from: supervised, prompts: prompts, judge: ai, answers: 16, revisions: 1, candidates: 2, steps: 12, batch_size: 4, max_new_tokens: 8 } }
        language_feedback:   { language_feedback: { from: supervised, feedback: told, group_size: 2, select_by: similarity, iterations: 2, steps: 8, batch_size: 4, max_new_tokens: 8 } }
        dpo:                 { dpo: { from: supervised, feedback: prefs, steps: 12, batch_size: 4 } }
        ipo:                 { ipo: { from: supervised, feedback: prefs, steps: 12, batch_size: 4 } }
        kto:                 { kto: { from: supervised, feedback: prefs, steps: 12, batch_size: 4 } }
        bco:                 { bco: { from: supervised, feedback: prefs, steps: 12, batch_size: 4 } }
        orpo:                { orpo: { from: supervised, feedback: prefs, steps: 12, batch_size: 4 } }
        simpo:               { simpo: { from: supervised, feedback: prefs, steps: 12, batch_size: 4 } }
        cpo:                 { cpo: { from: supervised, feedback: prefs, steps: 12, batch_size: 4 } }
        slic:                { slic: { from: supervised, feedback: prefs, steps: 12, batch_size: 4 } }
        rrhf:                { rrhf: { from: supervised, feedback: prefs, steps: 12, batch_size: 4 } }
        conditional_training: { conditional_training: { from: supervised, data: texts, reward: rm, steps: 12, batch_size: 4 } }
        filtering:           { filtering: { from: supervised, data: texts, reward: rm, threshold: -100, steps: 12, batch_size: 4 } }
        unlikelihood:        { unlikelihood: { from: supervised, data: texts, reward: rm, steps: 12, batch_size: 4 } }
        reward_weighted_regression: { reward_weighted_regression: { from: supervised, data: texts, reward: rm, steps: 12, batch_size: 4 } }
        advantage_weighted_regression: { advantage_weighted_regression: { from: supervised, data: texts, reward: rm, steps: 12, batch_size: 4 } }
        learned: { rrhf: { from: supervised, feedback: drawn, steps: 2, batch_size: 4 } }
        best_of_n:           { best_of_n: { from: supervised, reward: rm, n: 4 } }
        quantilizer:         { quantilizer: { from: supervised, reward: rm, quantile: 0.5, group_size: 4 } }
        rejection_sampling:  { rejection_sampling: { from: supervised, reward: rm, beta: 1, tries: 8 } }
        shield:              { shield: { from: ppo, fallback: supervised, reward: rm, max_spread: 0.1 } }
        policy_mixture:      { policy_mixture: { members: { one: { of: supervised }, two: { of: ppo } } } }
      """;

  private MethodsSpec() {}

  /** Writes the spec and its data into a folder. */
  static void write(Path folder) throws IOException {
    TinySpec.write(folder);
    Files.delete(folder.resolve(TinySpec.NAME));
    List<String> texts = Files.readAllLines(folder.resolve("corpus.txt")).subList(0, 60);
    Files.write(
        folder.resolve("texts.jsonl"),
        texts.stream().map("{\"text\": \"%s\"}"::formatted).toList());
    Files.writeString(folder.resolve(NAME), SPEC);
  }
}
