// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.run.work;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.run.work.NodeEnd.State;

/**
 * How a run ended.
 *
 * @param nodes all nodes in the order of the plan
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

  /** Whether every node has its artifact and the comparison is there. */
  public boolean finished() {
    return comparisonFailure == null
        && beginningFailure == null
        && in(State.DONE).size() == nodes.size();
  }
}
