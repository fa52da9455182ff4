// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.config.LlamaShape;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.config.Rope;
import org.plumbline.engine.lm.tokenizer.Tokenizer;

/** A spec with every kind of stage that is done in seconds, and its data. */
public final class TinySpec {

  public static final String NAME = "tiny.plumb.yaml";

  private static final String[] WORDS =
      "how is the tea bus cat good warm late please thank you buy now it".split(" ");

  private static final String SPEC =
      """
      plumb: v1
      name: tiny
      seeds: [1]
      models:
        base: { pretrain: { preset: micro, corpus: corpus.txt, vocabulary: 280, steps: 40, batch_size: 4 } }
      data:
        demos:   { jsonl: demos.jsonl }
        prompts: { jsonl: prompts.jsonl, hold_out: 8 }
      values:
        kind:
          features: { kind: { contains_any: [please, thank] }, words: { length: words } }
          weights: { kind: 1, words: -0.02 }
      evaluators:
        crowd: { values: kind, groups: { people: { count: 3, rationality: 3 } } }
      feedback:
        prefs: { comparisons: { of: sft, prompts: prompts, evaluators: crowd, pairs: 300, max_new_tokens: 8 } }
      rewards:
        rm: { bradley_terry: { from: sft, feedback: prefs, steps: 40, batch_size: 4 } }
      policies:
        sft: { supervised: { from: base, data: demos, steps: 10, batch_size: 4 } }
        ppo: { ppo: { from: sft, reward: rm, prompts: prompts, updates: 30, batch_size: 8, max_new_tokens: 8 } }
        dpo: { dpo: { from: sft, feedback: prefs, steps: 40, batch_size: 4 } }
      compare:
        recipes: [sft, ppo, dpo]
        against: sft
        prompts: prompts.held_out
        values: kind
        max_new_tokens: 8
        samples: 4
      """;

  private TinySpec() {}

  /** Writes the spec and its data into a folder. */
  public static void write(Path folder) throws IOException {
    Files.writeString(folder.resolve(NAME), SPEC);
    Random random = new Random(1);
    StringBuilder corpus = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      corpus.append(words(random, 8)).append('\n');
    }
    Files.writeString(folder.resolve("corpus.txt"), corpus);
    StringBuilder demos = new StringBuilder();
    StringBuilder prompts = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      String prompt = "how is the " + words(random, 1) + "?";
      String answer = words(random, 4);
      demos.append("{\"prompt\": \"%s\", \"completion\": \"%s\"}%n".formatted(prompt, answer));
      prompts.append("{\"prompt\": \"%s\"}%n".formatted("how is the " + words(random, 2) + "?"));
    }
    Files.writeString(folder.resolve("demos.jsonl"), demos);
    Files.writeString(folder.resolve("prompts.jsonl"), prompts);
  }

  /**
   * Writes the same with three other kinds of feedback, a reward of all, and people as a reward.
   */
  static void writeKinds(Path folder) throws IOException {
    write(folder);
    Files.writeString(
        folder.resolve(NAME),
        SPEC.replaceAll(
                "prefs: .*",
                """
                stars:  { scalar: { of: sft, prompts: prompts, evaluators: crowd, items: 300, low: -1, high: 2, max_new_tokens: 8 } }
                  ranked: { rankings: { of: sft, prompts: prompts, evaluators: crowd, items: 200, k: 3, max_new_tokens: 8 } }
                  said:   { language: { of: sft, prompts: prompts, evaluators: crowd, items: 200, max_new_tokens: 8 } }
                """
                    .strip())
            .replaceAll(
                "rm: .*",
                """
                rm: { reward_rational: { from: sft, steps: 40, batch_size: 4, sources: { stars: { feedback: stars }, ranked: { feedback: ranked }, said: { feedback: said } } } }
                  people: { direct_oversight: { evaluators: crowd, low: -1, high: 2 } }
                """
                    .strip())
            .replaceAll("reward: rm,", "reward: people,")
            .replaceAll("dpo: \\{ dpo: .*", "best: { best_of_n: { from: sft, reward: rm, n: 4 } }")
            .replace("crowd: { values: kind,", "crowd: { values: kind, cost: 1,")
            .replace("[sft, ppo, dpo]", "[sft, ppo, best]")
            .replace("values: kind\n  max_new", "values: kind\n  reward: rm\n  max_new"));
  }

  /** Writes the same with the adapter of a small Llama, which lies beside it as a folder. */
  static void writeAdapted(Path folder) throws IOException {
    write(folder);
    Files.writeString(
        folder.resolve(NAME),
        SPEC.replaceAll(
                "base: .*",
                "base: { huggingface: { directory: llama, lora: { rank: 3, alpha: 6, dropout: 0.1 } } }")
            .replace("steps: 10", "steps: 40"));
    Tokenizer tokenizer = Tokenizer.train(Files.readAllLines(folder.resolve("corpus.txt")), 280);
    List<LlamaShape.Layer> layers = List.of(LlamaShape.Layer.PLAIN, LlamaShape.Layer.PLAIN);
    LlamaShape shape =
        new LlamaShape(1, 8, LlamaShape.Output.OWN, Set.of(), false, Rope.plain(10000), layers);
    int ids = tokenizer.vocabularySize();
    int end = tokenizer.endOfText();
    ModelConfig config =
        new ModelConfig("llama", ids, 64, 16, 2, 2, 24, 1e-5, 0.05, end, List.of(), shape);
    try (LanguageModel model = LanguageModel.create(config, tokenizer, 3)) {
      model.save(folder.resolve("llama"));
    }
  }

  private static String words(Random random, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
    }
    return text.toString();
  }
}
