// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.store.Nodes;
import org.plumbline.engine.store.Store;

/** Runners of nodes that count, for tests. */
public final class Runners {
  private Runners() {}

  /** On behalf of a run that nobody stops. */
  public static NodeRunner.Task task(String run) {
    return task(run, () -> false);
  }

  /** On behalf of a run that nobody stops, of a node that reads these artifacts, by key. */
  static NodeRunner.Task task(String run, Map<String, String> inputs) {
    return new NodeRunner.Task(run, "x", false, inputs, () -> false);
  }

  /** On behalf of a run that nobody stops, of a node that reads what the store has. */
  public static NodeRunner.Task task(String run, Store store, PlanNode node) {
    return task(run, inputs(store, node));
  }

  /** What a node reads, by key, as far as the store has it. */
  public static Map<String, String> inputs(Store store, PlanNode node) {
    Map<String, String> digests = new HashMap<>();
    for (List<PlanNode.Input> role : node.inputs().values()) {
      for (PlanNode.Input input : role) {
        store.result(input.key()).ifPresent(made -> digests.put(input.key(), made.digest()));
      }
    }
    return digests;
  }

  static NodeRunner.Task task(String run, BooleanSupplier stop) {
    return new NodeRunner.Task(run, "x", false, Map.of(), stop);
  }

  /** A runner that saves a checkpoint after each step. */
  public static NodeRunner runner(Store store) {
    return runner(store, CheckpointTiming.everySteps(1));
  }

  /** A runner that saves checkpoints when it is said. */
  public static NodeRunner runner(Store store, CheckpointTiming timing) {
    return new NodeRunner(store, Runners::bind, Nodes.PROVENANCE, timing);
  }

  private static <T> T bind(Map<String, Object> plain, Class<T> type) {
    Object steps = plain.get("steps");
    return type.cast(
        new Counting.Settings(
            ((Number) (steps == null ? 0 : steps)).longValue(), "" + plain.get("label")));
  }
}
