// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.plumbline.dsl.spec.SpecResult;
import org.plumbline.dsl.spec.Specs;
import org.plumbline.engine.plan.FileRef;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.plan.Planner;
import org.plumbline.engine.plan.Sha256;

/** By what two specifications measure, and whether it is the same. */
class YardstickTest {

  static final String SPEC =
      """
      plumb: v1
      name: tiny
      seeds: [1]
      models:
        base: { pretrain: { preset: micro, corpus: corpus.txt, steps: 40 } }
      data:
        demos: { jsonl: demos.jsonl }
        prompts: { jsonl: prompts.jsonl }
        test: { jsonl: test.jsonl }
      values:
        kind: { features: { words: { length: words } }, weights: { words: -0.02 } }
      evaluators:
        crowd: { values: kind, groups: { people: { count: 3, rationality: 3 } } }
      feedback:
        prefs: { comparisons: { of: sft, prompts: prompts, evaluators: crowd, pairs: 300 } }
      rewards:
        rm: { bradley_terry: { from: sft, feedback: prefs, steps: 20 } }
      policies:
        sft: { supervised: { from: base, data: demos, steps: 10 } }
        dpo: { dpo: { from: sft, feedback: prefs, steps: 30 } }
      compare:
        recipes: [sft, dpo]
        against: sft
        prompts: test
        values: kind
        reward: rm
      """;

  @Test
  void otherNamesAndOtherRecipesAreMeasuredAlike() {
    String renamed =
        SPEC.replace("name: tiny", "name: other")
            .replace("kind", "wanted")
            .replace("steps: 30", "steps: 60");

    assertThat(of(SPEC).differs(of(renamed))).isEmpty();
  }

  @Test
  void whatDiffersIsNamed() {
    assertThat(of(SPEC).differs(of(SPEC.replace("words: -0.02", "words: -0.03"))))
        .hasValue("other values");
    assertThat(of(SPEC).differs(of(SPEC.replace("steps: 20", "steps: 25"))))
        .hasValue("another judge");
    assertThat(of(SPEC).differs(of(SPEC.replace("test.jsonl", "others.jsonl"))))
        .hasValue("other prompts");
    assertThat(
            of(SPEC)
                .differs(
                    of(SPEC.replace("  values: kind\n", "  values: kind\n  max_new_tokens: 9\n"))))
        .hasValue("another length of answers");
  }

  @Test
  void howRecipesWereAttackedCounts() {
    String search = "  values: kind\n  red_team: { feature: words, tries: %d }\n";
    String few = SPEC.replace("  values: kind\n", search.formatted(8));
    String many = SPEC.replace("  values: kind\n", search.formatted(9));

    assertThat(of(few).differs(of(few))).isEmpty();
    assertThat(of(few).differs(of(many))).hasValue("other attacks");
    assertThat(of(SPEC).differs(of(few))).hasValue("other attacks");
  }

  private static Yardstick of(String text) {
    Plan plan = plan(text);
    PlanNode evaluation =
        plan.nodes().stream()
            .filter(n -> n.operation().equals("evaluate") && n.entry().equals("dpo"))
            .findFirst()
            .orElseThrow();
    List<PlanNode> attacks =
        plan.nodes().stream()
            .filter(n -> n.operation().equals("red_team") && n.entry().equals("dpo"))
            .toList();
    return Yardstick.of(evaluation, attacks);
  }

  static Plan plan(String text) {
    SpecResult spec = Specs.readText("tiny.plumb.yaml", text, List.of());
    return new Planner(
            operation -> 1,
            Map.of(),
            file -> new FileRef(file.written(), file.written(), Sha256.of(file.written())))
        .plan(spec.experiment().orElseThrow(), spec.recipes(), Sha256.of(text));
  }
}
