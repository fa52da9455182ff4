// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.plumbline.engine.plan.SmallSpec.keys;
import static org.plumbline.engine.plan.SmallSpec.node;
import static org.plumbline.engine.plan.SmallSpec.plan;
import static org.plumbline.engine.plan.SmallSpec.text;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.shape.Canonical;
import org.plumbline.dsl.spec.Specs;

/** The laws of keys. */
class KeysTest {

  @Test
  void namesOrderAndPathsDoNotCount() {
    Plan renamed = plan(SmallSpec.text("renamed.plumb.yaml"));

    assertThat(renamed.byId().keySet()).doesNotContain("sft@1", "rm@1", "prefs@1", "demos");
    assertThat(keySet(renamed)).isEqualTo(keySet(plan()));
  }

  @Test
  void commentsAndLayoutDoNotCount() {
    String other = "# about this\n" + text().replace("steps: 400 } }", "steps:   400 } } # many\n");

    assertThat(keys(plan(other))).isEqualTo(keys(plan()));
  }

  @Test
  void pathsDoNotCountAndContentsDo() {
    String moved = text().replace("demos.jsonl", "demos.jsonl#moved");
    String edited = text().replace("demos.jsonl", "edited.jsonl");

    assertThat(keys(plan(moved))).isEqualTo(keys(plan()));
    assertThat(changed(plan(), plan(edited))).contains("demos", "sft@1", "evaluate.dpo@2");
    assertThat(changed(plan(), plan(edited))).doesNotContain("base@1", "prompts");
  }

  @Test
  void aFileOfADeclaredThingCounts() {
    Set<String> changed = changed(plan(), plan(text().replace("rude.txt", "ruder.txt")));

    assertThat(changed).contains("prefs@1", "revised@1", "evaluate.sft@1").doesNotContain("sft@1");
  }

  @Test
  void versionOfAnOperationCountsForItsNodesAndWhatReadsThem() {
    Planner newer =
        new Planner(o -> o.equals("bradley_terry") ? 2 : 1, SmallSpec.RUNTIME, SmallSpec::file);

    Set<String> changed = changed(plan(), SmallSpec.plan(newer, text()));

    assertThat(changed).contains("rm@1", "ppo@1").doesNotContain("sft@1", "dpo@1", "prefs@1");
  }

  @Test
  void theRuntimeCountsForAll() {
    Planner other = new Planner(o -> 1, Map.of("device", "cuda"), SmallSpec::file);

    assertThat(changed(plan(), SmallSpec.plan(other, text()))).isEqualTo(plan().byId().keySet());
  }

  @Test
  void theRuntimeCountsForNothingThatIsComputedWithoutTheEngine() {
    Operations loadsInPlain = new LoadsInPlain();
    Plan here =
        SmallSpec.plan(new Planner(loadsInPlain, SmallSpec.RUNTIME, SmallSpec::file), text());
    Plan there =
        SmallSpec.plan(
            new Planner(loadsInPlain, Map.of("device", "cuda"), SmallSpec::file), text());

    for (PlanNode node : here.nodes()) {
      boolean plain = node.operation().equals("load");
      assertThat(node.parts().runtime()).isEqualTo(plain ? Map.of() : SmallSpec.RUNTIME);
    }
    assertThat(changed(here, there))
        .doesNotContain("demos", "prompts")
        .hasSize((int) here.nodes().stream().filter(n -> !n.operation().equals("load")).count());
  }

  private static final class LoadsInPlain implements Operations {
    @Override
    public int version(String operation) {
      return 1;
    }

    @Override
    public boolean computesWithEngine(String operation) {
      return !operation.equals("load");
    }
  }

  private static PlanNode node(Plan plan, String id) {
    return Objects.requireNonNull(plan.byId().get(id));
  }

  private static String watching(String monitors) {
    return text().replaceFirst("\\ncompare:\n", "\ncompare:\n  monitors: { " + monitors + " }\n");
  }

  @Test
  void aThresholdThatStopsCountsForThePoliciesThatItWatches() {
    Set<String> changed = changed(plan(), plan(watching("kl: { warn: 5, stop: 20 }")));

    assertThat(changed).contains("ppo@1", "dpo@1", "evaluate.ppo@1");
    assertThat(changed).doesNotContain("sft@1", "rm@1", "prefs@1");
    assertThat(changed(plan(watching("kl: { stop: 10 }")), plan(watching("kl: { stop: 20 }"))))
        .contains("ppo@1", "dpo@1");
  }

  @Test
  void whatOnlyWarnsNotesOrPausesDoesNotCount() {
    String warning = watching("kl: { note: 1, warn: 5, pause: 7 }, ensemble_spread: 1");

    assertThat(changed(plan(), plan(warning))).isEmpty();
    assertThat(
            changed(
                plan(watching("kl: { stop: 20 }")), plan(watching("kl: { warn: 5, stop: 20 }"))))
        .isEmpty();
  }

  @Test
  void onlyThePoliciesThatAreNamedAreWatched() {
    String named = watching("policies: [dpo], kl: { stop: 20 }");

    assertThat(changed(plan(), plan(named))).contains("dpo@1").doesNotContain("ppo@1");
  }

  @Test
  void aStopByTheScoreWaitsForTheReward() {
    Plan plan = plan(watching("policies: [dpo], ensemble_spread: { stop: 2 }"));

    assertThat(node(plan, "dpo@1").inputs()).containsKey("monitors.reward");
    assertThat(node(plan(), "dpo@1").inputs()).doesNotContainKey("monitors.reward");
  }

  @Test
  void aStopByTheDistanceWaitsForTheFeedbackToo() {
    Plan plan = plan(watching("policies: [dpo], mahalanobis: { stop: 0.5 }"));

    assertThat(node(plan, "dpo@1").inputs()).containsKeys("monitors.reward", "monitors.feedback");
    assertThat(
            node(plan(watching("policies: [dpo], ensemble_spread: { stop: 2 }")), "dpo@1").inputs())
        .doesNotContainKey("monitors.feedback");
  }

  private static String comparing(String keys) {
    return text().replaceFirst("\\ncompare:\n", "\ncompare:\n" + keys + "\n");
  }

  @Test
  void whatIsNotMeasuredIsNoPartOfAnEvaluation() {
    Plan lengths = plan(comparing("  metrics: [length]"));

    assertThat(changed(plan(), lengths)).allMatch(id -> id.startsWith("evaluate."));
    assertThat(node(lengths, "evaluate.sft@1").inputs()).doesNotContainKey("reward");
    assertThat(node(lengths, "evaluate.sft@1").settings())
        .doesNotContainKeys("values", "groups", "trigger")
        .containsEntry("without_drift", true);
  }

  @Test
  void everythingInWordsIsWhatIsMeasuredWithoutAWord() {
    String all =
        "  metrics: [gold, reward, kl, win_rate, length, distinct, entropy, proxy_gold_gap,"
            + " ensemble_spread, trigger_lift, groups, cost, compute]";

    assertThat(changed(plan(), plan(comparing(all)))).isEmpty();
  }

  @Test
  void whoJudgesIsAskedTheSameWhateverElseIsMeasured() {
    Plan judged = plan(comparing("  judge: crowd"));
    Plan less = plan(comparing("  judge: crowd\n  metrics: [win_rate]"));

    assertThat(judged.byId()).containsKey("judge.ppo@1").doesNotContainKey("judge.sft@1");
    assertThat(node(judged, "evaluate.ppo@1").inputs()).containsKey("verdicts");
    assertThat(changed(judged, less)).noneMatch(id -> id.startsWith("judge."));
    assertThat(plan(comparing("  judge: crowd\n  metrics: [kl]")).byId())
        .doesNotContainKey("judge.ppo@1");
  }

  @Test
  void eachAttackIsANodeThatNothingElseChanges() {
    String attack = "  red_team: { feature: words, attacks: [random, beam], target_text: yes%s }";
    Plan attacked = plan(comparing(attack.formatted("")));
    Plan less = plan(comparing(attack.formatted("") + "\n  metrics: [red_team]"));
    Plan wider = plan(comparing(attack.formatted(", width: 3")));
    Plan more = plan(comparing(attack.formatted("").replace("beam", "beam, plain")));

    assertThat(attacked.byId()).containsKeys("attack.random.ppo@1", "attack.beam.sft@2");
    assertThat(node(attacked, "evaluate.ppo@1").inputs().get("attacks")).hasSize(2);
    assertThat(changed(attacked, less)).noneMatch(id -> id.startsWith("attack."));
    assertThat(changed(attacked, wider)).anyMatch(id -> id.startsWith("attack.beam."));
    assertThat(changed(attacked, wider)).allMatch(id -> id.matches("(evaluate|attack.beam).*"));
    assertThat(changed(attacked, more)).allMatch(id -> id.matches("(evaluate|attack.plain).*"));
    assertThat(changed(plan(), attacked)).allMatch(id -> id.matches("(evaluate|attack).*"));
    assertThat(plan(comparing(attack.formatted("") + "\n  metrics: [kl]")).byId())
        .doesNotContainKey("attack.random.ppo@1");
  }

  @Test
  void addingASeedKeepsTheOthers() {
    Plan more = plan(text().replace("seeds: [1, 2]", "seeds: [2, 1, 7]"));

    assertThat(keySet(more)).containsAll(keySet(plan()));
  }

  @Test
  void addingARecipeKeepsTheOthers() {
    Plan fewer = plan(text().replace("dpo, revised", "revised"));

    assertThat(keySet(plan())).containsAll(keySet(fewer));
  }

  /** The central law: a setting counts for the nodes that carry it and for what reads them. */
  @Test
  void everySettingCountsForExactlyWhatIsDownstreamOfIt() {
    Experiment experiment = SmallSpec.read(text()).experiment().orElseThrow();
    Map<String, Object> plain = Canonical.of(experiment);
    Plan before = plain(experiment);
    int tried = 0;

    for (String path : PlainData.leaves(plain).keySet()) {
      String[] steps = path.split("\\.");
      Object changed = steps.length < 3 ? null : changedAt(plain, steps, 0);
      if (changed == null) {
        continue;
      }
      tried++;
      Plan after = plain(Specs.bindCanonical(Experiment.class, changed));
      assertThat(changed(before, after)).as(path).isEqualTo(downstream(before, steps[0], steps[1]));
    }

    assertThat(tried).isGreaterThan(80);
  }

  private static Plan plain(Experiment experiment) {
    Experiment without =
        new Experiment(
            experiment.plumb(),
            experiment.name(),
            experiment.seeds(),
            experiment.models(),
            experiment.data(),
            experiment.values(),
            experiment.evaluators(),
            experiment.feedback(),
            experiment.rewards(),
            experiment.policies(),
            Map.of(),
            null);
    return SmallSpec.PLANNER.plan(without, List.of(), "");
  }

  private static Set<String> downstream(Plan plan, String section, String name) {
    Set<String> reached = new TreeSet<>();
    for (PlanNode node : plan.nodes()) {
      boolean own = node.section().equals(section) && node.entry().equals(name);
      boolean carried = node.declared().getOrDefault(section, Map.of()).containsKey(name);
      boolean reads =
          node.inputs().values().stream()
              .flatMap(List::stream)
              .anyMatch(input -> reached.contains(input.node()));
      if (own || carried || reads) {
        reached.add(node.id());
      }
    }
    return reached;
  }

  /** A copy with a number or flag at a path changed; null if there stands something else. */
  private static @Nullable Object changedAt(Object plain, String[] steps, int at) {
    if (at == steps.length) {
      return changed(plain);
    }
    Map<Object, Object> copy = new LinkedHashMap<>((Map<?, ?>) plain);
    Object inner = copy.get(steps[at]);
    Object changed = inner == null ? null : changedAt(inner, steps, at + 1);
    if (changed == null) {
      return null;
    }
    copy.put(steps[at], changed);
    return copy;
  }

  private static @Nullable Object changed(Object value) {
    if (value instanceof Long number) {
      return number + 1;
    } else if (value instanceof Double number) {
      return number == 0 ? 0.01 : number * 0.875;
    } else if (value instanceof Boolean flag) {
      return !flag;
    } else if (value instanceof List<?> list && list.get(0) instanceof String) {
      return List.of("another");
    }
    return null;
  }

  private static Set<String> changed(Plan before, Plan after) {
    Map<String, String> old = keys(before);
    Set<String> changed = new TreeSet<>();
    keys(after)
        .forEach(
            (id, key) -> {
              if (!key.equals(old.get(id))) {
                changed.add(id);
              }
            });
    return changed;
  }

  private static Set<String> keySet(Plan plan) {
    Collection<String> keys = keys(plan).values();
    assertThat(new HashSet<>(keys)).hasSameSizeAs(plan.nodes());
    return plan.nodes().stream().map(PlanNode::key).collect(Collectors.toSet());
  }
}
