// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.run.work;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.run.work.NodeEnd.State;
import org.plumbline.engine.store.record.RunStatus;

/**
 * How a run ended.
 *
 * @param nodes all nodes in the order of the plan; where a server conducts the run, those only that
 *     have no artifact
 * @param cancelled whether it was told to stop
 * @param comparisonFailure why the comparison could not be computed, if it could not
 * @param beginningFailure why not even what is to be done could be found out, if it could not
 */
public record RunResult(
    List<NodeEnd> nodes,
    boolean cancelled,
    @Nullable NodeFailure comparisonFailure,
    @Nullable NodeFailure beginningFailure) {
  public RunResult {
    nodes = List.copyOf(nodes);
  }

  /** The nodes that ended so. */
  public List<NodeEnd> in(State state) {
    return nodes.stream().filter(n -> n.state() == state).toList();
  }

  /** How the run ended in a word. */
  public RunStatus status() {
    if (finished()) {
      return RunStatus.FINISHED;
    }
    return cancelled && in(State.FAILED).isEmpty() ? RunStatus.CANCELLED : RunStatus.FAILED;
  }

  /** All failures: of nodes, of the beginning, of the comparison. */
  public List<NodeFailure> failures() {
    List<NodeFailure> failures = new ArrayList<>();
    for (NodeEnd node : in(State.FAILED)) {
      if (node.failure() != null) {
        failures.add(node.failure());
      }
    }
    if (beginningFailure != null) {
      failures.add(beginningFailure);
    }
    if (comparisonFailure != null) {
      failures.add(comparisonFailure);
    }
    return failures;
  }

  /** Why the run failed, in one sentence; null if it did not. */
  public @Nullable String message() {
    return status() == RunStatus.FAILED
        ? failures().stream().map(NodeFailure::message).findFirst().orElse(null)
        : null;
  }

  /** Whether every node has its artifact and the comparison is there. */
  public boolean finished() {
    return comparisonFailure == null
        && beginningFailure == null
        && in(State.DONE).size() == nodes.size();
  }
}
