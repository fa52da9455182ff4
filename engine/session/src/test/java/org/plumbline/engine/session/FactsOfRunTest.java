// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.spec.SpecResult;
import org.plumbline.dsl.spec.Specs;
import org.plumbline.engine.plan.FileRef;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.plan.Planner;
import org.plumbline.engine.plan.Sha256;
import org.plumbline.engine.report.ComparedRecipe;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.PlanSummary;
import org.plumbline.engine.report.RunFacts;
import org.plumbline.engine.report.Settings;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.record.NodeOutcome;
import org.plumbline.engine.store.record.Provenance;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.engine.store.record.RunStart;
import org.plumbline.engine.store.runs.ActiveRun;

class FactsOfRunTest {
  private static final String SPEC =
      """
      plumb: v1
      name: tiny
      seeds: [1]
      models:
        base: { pretrain: { preset: micro, corpus: corpus.txt, steps: 40 } }
      data:
        demos: { jsonl: demos.jsonl }
        prompts: { jsonl: prompts.jsonl }
      values:
        kind: { features: { words: { length: words } }, weights: { words: -0.02 } }
      evaluators:
        crowd: { values: kind, groups: { people: { count: 3, rationality: 3 } } }
      feedback:
        prefs: { comparisons: { of: sft, prompts: prompts, evaluators: crowd, pairs: 300 } }
      policies:
        sft: { supervised: { from: base, data: demos, steps: 10 } }
        dpo: { dpo: { from: sft, feedback: prefs, steps: 30 } }
      """;

  private static final String TIME = "2026-01-01T00:00:00Z";

  @TempDir Path temp;

  @Test
  void onlyStepsOfTrainingAreCountedAsSuch() {
    Plan plan = plan();
    PlanSummary summary;
    try (Store store = Store.open(temp.resolve("store"));
        ActiveRun run = store.runs().start(start(plan, Map.of()))) {
      // What a stage counts while it works are rows and pairs, too.
      plan.nodes().forEach(node -> run.outcome(done(node, 1000)));
      summary = new FactsOfRun(store, run.record(), plan).facts(comparison()).plan();
    }

    assertThat(summary.steps()).isEqualTo(40 + 10 + 30);
    assertThat(summary.stepsAlone()).isEqualTo((40 + 10) + (40 + 10 + 30));
    assertThat(summary.nodes())
        .filteredOn(node -> node.name().equals("prefs") || node.name().equals("demos"))
        .hasSize(2)
        .allSatisfy(node -> assertThat(node.steps()).isZero());
  }

  @Test
  void whatWasChangedOnTheCommandLineIsPartOfTheCommand() {
    Plan plan = plan();
    Map<String, String> changes = Map.of("policies.dpo.dpo.steps", "9");
    try (Store store = Store.open(temp.resolve("store"));
        ActiveRun run = store.runs().start(start(plan, changes))) {
      assertThat(new FactsOfRun(store, run.record(), plan).facts(comparison()).commands().get(0))
          .extracting(RunFacts.Command::command)
          .isEqualTo("plumb run tiny.plumb.yaml -D 'policies.dpo.dpo.steps=9'");
    }
  }

  private static Plan plan() {
    SpecResult spec = Specs.readText("tiny.plumb.yaml", SPEC, List.of());
    return new Planner(
            operation -> 1,
            Map.of(),
            file -> new FileRef(file.written(), file.written(), Sha256.of(file.written())))
        .plan(spec.experiment().orElseThrow(), spec.recipes(), Sha256.of(SPEC));
  }

  private RunStart start(Plan plan, Map<String, String> changes) {
    return new RunStart(
        plan,
        new RunRecord.Spec("tiny.plumb.yaml", SPEC, Sha256.of(SPEC)),
        temp.toString(),
        Map.of(),
        changes,
        Provenance.here("0", Map.of()));
  }

  private static NodeOutcome done(PlanNode node, long steps) {
    String artifact = Sha256.of(node.id());
    return new NodeOutcome(
        node.id(), node.key(), NodeOutcome.RUN, artifact, 1, steps, null, TIME, null);
  }

  private static Comparison comparison() {
    return new Comparison(
        "tiny",
        "sft",
        Stream.of("sft", "dpo").map(name -> new ComparedRecipe(name, name, "", null)).toList(),
        List.of(1L),
        1,
        1,
        "gold",
        List.of(),
        new Settings(List.of(), 0, List.of()),
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        null,
        List.of(),
        null,
        null);
  }
}
