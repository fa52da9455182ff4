// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small experiment whose comparisons, critiques and revisions come from an endpoint. */
final class JudgedSpec {
  static final String NAME = "judged.plumb.yaml";

  /** The variable that holds the key. */
  static final String VARIABLE = "JUDGE_KEY";

  private static final String SPEC =
      """
      plumb: v1
      name: judged
      seeds: [1]
      models:
        base: { pretrain: { preset: micro, corpus: corpus.txt, vocabulary: 280, steps: 10, batch_size: 4 } }
        chat: { endpoint: { url: "URL", model: some-model, key_variable: JUDGE_KEY } }
      data:
        demos:   { jsonl: demos.jsonl }
        prompts: { jsonl: prompts.jsonl, hold_out: 8 }
      values:
        kind:
          features: { kind: { contains_any: [please, thank] }, words: { length: words } }
          weights: { kind: 1, words: -0.02 }
      evaluators:
        ai: { judge: { model: chat, principles: { kind: Be kind. } } }
      feedback:
        prefs: { comparisons: { of: sft, prompts: prompts, evaluators: ai, pairs: PAIRS, max_new_tokens: 8 } }
      policies:
        sft: { supervised: { from: base, data: demos, steps: 4, batch_size: 4 } }
        cai: { critique_revision: { from: sft, prompts: prompts, judge: ai, answers: 24, revisions: 2, steps: 4, batch_size: 4, max_new_tokens: 8 } }
        dpo: { dpo: { from: sft, feedback: prefs, steps: 4, batch_size: 4 } }
      compare:
        recipes: [RECIPES]
        against: sft
        prompts: prompts.held_out
        values: kind
        max_new_tokens: 8
        samples: 4
      """;

  private JudgedSpec() {}

  /** Writes the spec and its data into a folder. */
  static void write(Path folder, String url, int pairs, String... recipes) throws IOException {
    TinySpec.write(folder);
    Files.delete(folder.resolve(TinySpec.NAME));
    String text =
        SPEC.replace("URL", url)
            .replace("PAIRS", String.valueOf(pairs))
            .replace("RECIPES", "sft, " + String.join(", ", recipes));
    Files.writeString(folder.resolve(NAME), text);
  }
}
