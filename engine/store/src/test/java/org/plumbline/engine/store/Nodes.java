// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.engine.plan.FileRef;
import org.plumbline.engine.plan.KeyParts;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.store.record.Provenance;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.engine.store.record.RunStart;

/** Nodes and plans for tests. */
public final class Nodes {
  /** Of all that tests compute. */
  public static final Provenance PROVENANCE = Provenance.here("0.1.0", Map.of("engine", "none"));

  private Nodes() {}

  /** A node that counts to so many steps. */
  public static PlanNode counting(String name, long steps, PlanNode... inputs) {
    return counting(name, steps, Map.of(), inputs);
  }

  /** A node that counts to so many steps and reads files. */
  public static PlanNode counting(
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

  /** A plan of these nodes. */
  public static Plan plan(String experiment, PlanNode... nodes) {
    return new Plan(experiment, List.of(1L), "digest", List.of(nodes), List.of());
  }

  /** The start of a run of a plan. */
  public static RunStart start(Plan plan) {
    return new RunStart(
        plan,
        new RunRecord.Spec("x.plumb.yaml", "plumb: v1", "digest"),
        "/specs",
        Map.of("name", plan.experiment()),
        Map.of(),
        PROVENANCE);
  }
}
