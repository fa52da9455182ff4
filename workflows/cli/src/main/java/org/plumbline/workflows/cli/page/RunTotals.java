// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.store.record.NodeOutcome;

/**
 * How many nodes of a run came to what.
 *
 * @param nodes of its plan
 * @param computed in the run itself
 * @param reused whose result was there
 * @param failed without a result
 * @param missing not tried, or not finished yet
 */
public record RunTotals(int nodes, int computed, int reused, int failed, int missing) {

  public static RunTotals of(Plan plan, Map<String, NodeOutcome> outcomes) {
    int computed = 0;
    int reused = 0;
    int failed = 0;
    for (PlanNode node : plan.nodes()) {
      NodeOutcome outcome = outcomes.get(node.id());
      if (outcome == null) {
        continue;
      }
      if (outcome.artifact() == null) {
        failed++;
      } else if (outcome.action().equals(NodeOutcome.REUSE)) {
        reused++;
      } else {
        computed++;
      }
    }
    int all = plan.nodes().size();
    return new RunTotals(all, computed, reused, failed, all - computed - reused - failed);
  }

  public int finished() {
    return computed + reused;
  }

  /** {@code 67 run, 72 reused, 1 failed, 2 not started}. */
  public String words() {
    List<String> parts = new ArrayList<>(List.of(computed + " run", reused + " reused"));
    if (failed > 0) {
      parts.add(failed + " failed");
    }
    if (missing > 0) {
      parts.add(missing + " not finished");
    }
    return String.join(", ", parts);
  }
}
