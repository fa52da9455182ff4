// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.plumbline.engine.plan.SmallSpec.plan;
import static org.plumbline.engine.plan.SmallSpec.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DecisionsTest {

  /** One finished run. */
  private static final class OneRun implements NodeHistory {
    private final Plan plan;
    private final Map<String, Result> results = new HashMap<>();

    OneRun(Plan plan) {
      this.plan = plan;
      plan.nodes().forEach(n -> results.put(n.key(), new Result.Present("7f3a", "d-" + n.id())));
    }

    @Override
    public Result result(String key) {
      return results.getOrDefault(key, new Result.Unknown());
    }

    @Override
    public Optional<Earlier> sameNode(String experiment, String id) {
      return Optional.ofNullable(plan.byId().get(id))
          .filter(node -> plan.experiment().equals(experiment))
          .map(node -> new Earlier("7f3a", id, node.parts()));
    }

    @Override
    public List<Earlier> sameOperation(String operation) {
      return plan.nodes().stream()
          .filter(node -> node.operation().equals(operation))
          .map(node -> new Earlier("7f3a", node.id(), node.parts()))
          .toList();
    }
  }

  private static List<Reason> reasons(Decisions decisions, String id) {
    return decisions.of(id).orElseThrow().reasons();
  }

  @Test
  void inAnEmptyStoreEverythingRunsBecauseItNeverRan() {
    Decisions decisions = Decisions.of(plan(), NodeHistory.NONE);

    assertThat(decisions.reused()).isZero();
    assertThat(decisions.choices())
        .allMatch(choice -> choice.reasons().equals(List.of(new Reason.NeverRan())));
  }

  @Test
  void whatFinishedIsReused() {
    Decisions decisions = Decisions.of(plan(), new OneRun(plan()));

    assertThat(decisions.running()).isZero();
    assertThat(decisions.of("rm@1").orElseThrow().decision())
        .isEqualTo(new Decision.Reuse("7f3a", "d-rm@1"));
  }

  @Test
  void aChangedSettingIsNamedWithOldAndNewValueAndTheRestRunsBecauseOfIt() {
    Plan changed = plan(text().replace("ensemble: 2", "ensemble: 3"));

    Decisions decisions = Decisions.of(changed, new OneRun(plan()));

    assertThat(reasons(decisions, "rm@1"))
        .containsExactly(new Reason.ParamChanged("ensemble", "2", "3"));
    assertThat(reasons(decisions, "ppo@1")).containsExactly(new Reason.UpstreamRuns("rm@1"));
    assertThat(decisions.of("dpo@1").orElseThrow().runs()).isFalse();
  }

  @Test
  void aChangedSettingOfADeclaredThingIsNamedByItsPathFromTheNode() {
    Plan changed = plan(text().replace("count: 12", "count: 13"));

    Decisions decisions = Decisions.of(changed, new OneRun(plan()));

    assertThat(reasons(decisions, "prefs@1"))
        .containsExactly(new Reason.ParamChanged("evaluators.groups.careful.count", "12", "13"));
  }

  @Test
  void aChangedFileIsNamed() {
    Plan changed = plan(text().replace("demos.jsonl", "new.jsonl"));

    assertThat(reasons(Decisions.of(changed, new OneRun(plan())), "demos"))
        .containsExactly(
            new Reason.InputChanged(
                "jsonl", Sha256.of("demos.jsonl"), Sha256.of("new.jsonl"), "new.jsonl"));
  }

  @Test
  void readingAnotherFinishedNodeIsAChangedInput() {
    Plan before = plan();
    Plan changed = plan(text().replace("dpo: { from: sft,", "dpo: { from: revised,"));

    Decisions decisions = Decisions.of(changed, new OneRun(before));

    assertThat(reasons(decisions, "dpo@1"))
        .containsExactly(
            new Reason.InputChanged(
                "from",
                SmallSpec.node(before, "sft@1").key(),
                SmallSpec.node(before, "revised@1").key(),
                "revised@1"));
  }

  @Test
  void aNewVersionOfTheOperationAndAnotherRuntimeAreNamed() {
    Planner newer =
        new Planner(
            o -> o.equals("dpo") ? 2 : 1,
            Map.of("engine", "PyTorch 2.8.0", "device", "cpu"),
            SmallSpec::file);

    Decisions decisions = Decisions.of(SmallSpec.plan(newer, text()), new OneRun(plan()));

    assertThat(reasons(decisions, "dpo@1"))
        .startsWith(
            new Reason.OperationChanged("dpo", 1, 2),
            new Reason.RuntimeChanged("engine", "PyTorch 2.7.1", "PyTorch 2.8.0"));
  }

  @Test
  void aMissingOrDamagedResultRunsAgainAndWhatReadsItIsStillReused() {
    OneRun history = new OneRun(plan());
    String sft = SmallSpec.node(plan(), "sft@1").key();
    String base = SmallSpec.node(plan(), "base@1").key();
    history.results.put(sft, new NodeHistory.Result.Missing("ab"));
    history.results.put(base, new NodeHistory.Result.Damaged("cd"));

    Decisions decisions = Decisions.of(plan(), history);

    assertThat(reasons(decisions, "sft@1")).containsExactly(new Reason.ArtifactMissing("ab"));
    assertThat(reasons(decisions, "base@1")).containsExactly(new Reason.Corrupt("cd"));
    assertThat(decisions.running()).isEqualTo(2);
  }

  @Test
  void aForcedNodeRuns() {
    Decisions decisions =
        Decisions.of(plan(), new OneRun(plan()), node -> node.name().equals("sft"));

    assertThat(decisions.running()).isEqualTo(2);
    assertThat(reasons(decisions, "sft@2")).containsExactly(new Reason.Forced("--force"));
  }

  @Test
  void inAnotherExperimentTheMostSimilarNodeIsComparedWith() {
    Plan other = plan(text().replace("name: small", "name: other").replace("beta: 0.1", "beta: 1"));

    Decisions decisions = Decisions.of(other, new OneRun(plan()));

    assertThat(reasons(decisions, "dpo@2"))
        .containsExactly(new Reason.ParamChanged("beta", "0.1", "1"));
    assertThat(decisions.of("dpo@2").orElseThrow().comparedWith())
        .extracting(earlier -> earlier == null ? "" : earlier.node())
        .isEqualTo("dpo@2");
  }

  @Test
  void rowsFoldTheSeeds() {
    OneRun history = new OneRun(plan());
    history.results.remove(SmallSpec.node(plan(), "rm@2").key());

    List<Decisions.Row> rows = Decisions.of(plan(), history).rows();

    assertThat(rows)
        .contains(
            new Decisions.Row("rm", "bradley_terry", "rewards", 1, 1, "never ran"),
            new Decisions.Row(
                "sft", "supervised", "policies", 2, 0, "every input unchanged, made by run 7f3a"));
  }

  @Test
  void theJsonHasTheDocumentedFields() {
    Plan changed = plan(text().replace("ensemble: 2", "ensemble: 3"));

    Map<String, Object> plain = Decisions.of(changed, new OneRun(plan())).toPlain();

    PlanNode rm = SmallSpec.node(changed, "rm@1");
    assertThat((List<?>) plain.get("nodes"))
        .filteredOn(node -> "rm@1".equals(((Map<?, ?>) node).get("id")))
        .singleElement()
        .isEqualTo(
            Map.of(
                "name", "rm",
                "operation", "bradley_terry",
                "key", rm.key(),
                "action", "run",
                "reasons",
                    List.of(
                        Map.of(
                            "reason", "param-changed",
                            "path", "ensemble",
                            "was", "2",
                            "is", "3",
                            "text", "ensemble 2 → 3")),
                "id", "rm@1",
                "section", "rewards",
                "seed", 1L,
                "recipes", rm.recipes()));
  }
}
