// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.run.work;

import java.util.List;

/**
 * The order to compute one node.
 *
 * @param order the run that needs it; its record holds the plan
 * @param node the node's id
 * @param inputs digests of the artifacts that it reads, in the order of {@link ResolvedNode#needs}
 */
public record NodeTask(RunOrder order, String node, List<String> inputs) {
  public NodeTask {
    inputs = List.copyOf(inputs);
  }
}
