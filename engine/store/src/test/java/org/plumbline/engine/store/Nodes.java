package org.plumbline.engine.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.plumbline.engine.plan.FileRef;
import org.plumbline.engine.plan.KeyParts;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;

/** Nodes, plans and runners for tests. */
final class Nodes {
  static final Provenance PROVENANCE = Provenance.here("0.1.0", Map.of("engine", "none"));

  private Nodes() {}

  /** A node that counts to so many steps. */
  static PlanNode counting(String name, long steps, PlanNode... inputs) {
    return counting(name, steps, Map.of(), inputs);
  }

  static PlanNode counting(
      String name, long steps, Map<String, FileRef> files, PlanNode... inputs) {
    Map<String, Object> settings = Map.of("steps", steps, "label", name);
    List<PlanNode.Input> read = new ArrayList<>();
    List<KeyParts.InputKey> keys = new ArrayList<>();
    for (PlanNode input : inputs) {
      read.add(new PlanNode.Input(input.id(), input.key(), ""));
      keys.add(new KeyParts.InputKey(input.key(), ""));
    }
    Map<String, String> digests = new HashMap<>();
    files.forEach((role, file) -> digests.put(role, file.digest()));
    KeyParts parts =
        new KeyParts(1, "count", 1, settings, Map.of("from", keys), digests, 1, Map.of());
    return new PlanNode(
        name + "@1",
        name,
        "policies",
        name,
        "count",
        1,
        Counting.Settings.class.getName(),
        settings,
        Map.of(),
        Map.of("from", read),
        files,
        1,
        "cpu",
        parts.key(),
        parts,
        List.of(name));
  }

  static Plan plan(String experiment, PlanNode... nodes) {
    return new Plan(experiment, List.of(1L), "digest", List.of(nodes), List.of());
  }

  static RunStart start(Plan plan) {
    return new RunStart(
        plan,
        new RunRecord.Spec("x.plumb.yaml", "plumb: v1", "digest"),
        "/specs",
        Map.of("name", plan.experiment()),
        Map.of(),
        PROVENANCE);
  }

  static NodeRunner.Task task(String run) {
    return task(run, () -> false);
  }

  static NodeRunner.Task task(String run, BooleanSupplier stop) {
    return new NodeRunner.Task(run, "x", false, stop);
  }

  static NodeRunner runner(Store store) {
    return runner(store, CheckpointTiming.everySteps(1));
  }

  static NodeRunner runner(Store store, CheckpointTiming timing) {
    return new NodeRunner(store, Nodes::bind, PROVENANCE, timing);
  }

  private static <T> T bind(Map<String, Object> plain, Class<T> type) {
    Object steps = plain.get("steps");
    return type.cast(
        new Counting.Settings(
            ((Number) (steps == null ? 0 : steps)).longValue(), "" + plain.get("label")));
  }
}
