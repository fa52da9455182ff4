// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.gc;

import java.util.HashSet;
import java.util.Set;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.store.record.NodeOutcome;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.engine.store.record.RunStatus;
import org.plumbline.engine.store.runs.Runs;

/**
 * What runs refer to.
 *
 * @param keys of the nodes of their plans
 * @param open those of them that are in the plan of a run which has not finished
 * @param inputs digests of the files that their plans name
 * @param artifacts digests of the results that their nodes had; a node that was forced later has
 *     another by now
 */
record RunNeeds(Set<String> keys, Set<String> open, Set<String> inputs, Set<String> artifacts) {

  RunNeeds() {
    this(new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>());
  }

  void add(RunRecord run, Plan plan, Runs runs) {
    for (PlanNode node : plan.nodes()) {
      keys.add(node.key());
      node.files().values().forEach(file -> inputs.add(file.digest()));
      if (run.status() != RunStatus.FINISHED) {
        open.add(node.key());
      }
    }
    for (NodeOutcome outcome : runs.outcomes(run.id()).values()) {
      String artifact = outcome.artifact();
      if (artifact != null) {
        artifacts.add(artifact);
      }
    }
  }
}
