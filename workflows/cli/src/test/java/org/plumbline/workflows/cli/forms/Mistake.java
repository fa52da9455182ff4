// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.forms;

import java.util.List;

/**
 * A mistake that can be made in every form.
 *
 * @param code that it has in all of them
 * @param line that it is on in all of them
 */
record Mistake(String name, Edit yaml, Edit script, String code, int line) {

  /** What is written by mistake, instead of what. */
  record Edit(String right, String wrong) {
    String in(String text) {
      if (!text.contains(right)) {
        throw new IllegalArgumentException("the spec does not have " + right);
      }
      return text.replace(right, wrong);
    }
  }

  /** A spec; its script says on each line what its YAML says there. */
  static final String YAML =
      """
      plumb: v1
      name: parity
      seeds: [1, 2]
      models: { base: { pretrain: { corpus: corpus.txt, steps: 10 } } }
      data:
        demos: { jsonl: demos.jsonl }
        prompts: { jsonl: prompts.jsonl, hold_out: 0.2 }
      values: { good: { features: { polite: { contains_any: [please] } }, weights: { polite: 1 } } }
      evaluators: { crowd: { values: good, groups: { people: { count: 10, rationality: 3 } } } }
      feedback: { prefs: { comparisons: { of: sft, prompts: prompts, evaluators: crowd, pairs: 100 } } }
      rewards: { rm: { bradley_terry: { from: sft, feedback: prefs } } }
      policies:
        sft: { supervised: { from: base, data: demos } }
        ppo: { ppo: { from: sft, reward: rm, prompts: prompts, updates: 5 } }
        dpo: { dpo: { from: sft, feedback: prefs, beta: 0.1 } }
      variants:
        loose: { of: dpo, with: { policies.dpo.dpo.beta: 0.5 } }
      compare: { recipes: [sft, ppo, dpo, loose], against: sft, prompts: prompts.held_out, values: good }
      """;

  static final String SCRIPT =
      """
      experiment("parity") {
        // the same as in YAML, line by line
        seeds = listOf(1, 2)
        models { pretrain("base") { corpus = "corpus.txt"; steps = 10 } }

        data("demos") { jsonl = "demos.jsonl" }
        data("prompts") { jsonl = "prompts.jsonl"; holdOut = 0.2 }
        values("good") { features { containsAny("polite", listOf("please")) }; weight("polite", 1) }
        evaluators("crowd") { values = "good"; group("people") { count = 10; rationality = 3 } }
        feedback { comparisons("prefs") { of = "sft"; prompts = "prompts"; evaluators = "crowd"; pairs = 100 } }
        rewards { bradleyTerry("rm") { from = "sft"; feedback = "prefs" } }
        policies {
          supervised("sft") { from = "base"; data = "demos" }
          ppo("ppo") { from = "sft"; reward = "rm"; prompts = "prompts"; updates = 5 }
          dpo("dpo") { from = "sft"; feedback = "prefs"; beta = 0.1 }
        }
        variant("loose") { of = "dpo"; with("policies.dpo.dpo.beta", 0.5) }
        compare { recipes = listOf("sft", "ppo", "dpo", "loose"); against = "sft"; prompts = "prompts.held_out"; values = "good" }
      }
      """;

  private static Mistake of(String name, String yaml, String script, String code, int line) {
    return new Mistake(name, edit(yaml), edit(script), code, line);
  }

  private static Edit edit(String text) {
    String[] sides = text.split(" => ", -1);
    return new Edit(sides[0], sides[1]);
  }

  static final List<Mistake> ALL =
      List.of(
          of(
              "a misspelled key",
              "beta: 0.1 => betta: 0.1",
              "beta = 0.1 => betta = 0.1",
              "PLB0102",
              15),
          of("a misspelled key of all", "seeds: => seads:", "seeds = => seads =", "PLB0102", 3),
          of(
              "a misspelled kind",
              "{ dpo: { from => { dpoo: { from",
              "dpo(\"dpo\") => dpoo(\"dpo\")",
              "PLB0103",
              15),
          of(
              "an unknown name",
              "reward: rm => reward: rn",
              "reward = \"rm\" => reward = \"rn\"",
              "PLB0201",
              14),
          of(
              "a thing of another kind",
              "feedback: prefs, beta => feedback: demos, beta",
              "feedback = \"prefs\"; beta => feedback = \"demos\"; beta",
              "PLB0202",
              15),
          of(
              "a number out of range",
              "beta: 0.1 => beta: -0.1",
              "beta = 0.1 => beta = -0.1",
              "PLB0301",
              15),
          of(
              "a share above one",
              "hold_out: 0.2 => hold_out: -1.5",
              "holdOut = 0.2 => holdOut = -1.5",
              "PLB0301",
              7),
          of(
              "a text for a number",
              "steps: 10 => steps: many",
              "steps = 10 => steps = \"many\"",
              "PLB0302",
              4),
          of(
              "a key that is missing",
              "from: sft, feedback: prefs } => from: sft }",
              "{ from = \"sft\"; feedback = \"prefs\" } => { from = \"sft\" }",
              "PLB0101",
              11),
          of(
              "a circle",
              "from: base, data: demos => from: dpo, data: demos",
              "from = \"base\" => from = \"dpo\"",
              "PLB0203",
              15),
          of("nothing held out", ", hold_out: 0.2 => ", "; holdOut = 0.2 => ", "PLB0204", 18),
          of(
              "a path that leads nowhere",
              "dpo.dpo.beta => dpo.dpo.betta",
              "dpo.dpo.beta => dpo.dpo.betta",
              "PLB0113",
              17),
          of(
              "a recipe twice",
              "dpo, loose] => dpo, dpo]",
              "\"dpo\", \"loose\") => \"dpo\", \"dpo\")",
              "PLB0209",
              18),
          of(
              "a weight without a feature",
              "weights: { polite: 1 } => weights: { polite: 1, kind: 2 }",
              "weight(\"polite\", 1) => weight(\"polite\", 1); weight(\"kind\", 2)",
              "PLB0206",
              8));

  @Override
  public String toString() {
    return name;
  }
}
