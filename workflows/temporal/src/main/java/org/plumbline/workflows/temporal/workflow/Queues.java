// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal.workflow;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.run.work.ResolvedNode.Resource;
import org.plumbline.engine.run.work.RunOrder;

/**
 * Names of the task queues. On a server that several use, each place has its own: who polls one has
 * the same store, the same version of plumb and computes in the same way.
 *
 * @param place where a run is served; empty inside one process
 */
public record Queues(String place) {

  /** Those of a run. */
  public static Queues of(RunOrder order) {
    RunOrder.@Nullable Served served = order.served();
    return new Queues(served == null ? "" : served.place());
  }

  /** Workflows and the activities of a run as a whole: short, and never waiting for a core. */
  public String runs() {
    return name("runs");
  }

  /** Nodes that need this of a worker. */
  public String nodes(Resource resource) {
    return name(resource.name().toLowerCase(Locale.ROOT));
  }

  /** What the nodes of a queue need of a worker, in a word: {@code cpu}. */
  public static String kind(String queue) {
    return queue.split("-", 3)[1];
  }

  private String name(String kind) {
    return "plumb-" + kind + (place.isEmpty() ? "" : "-" + place);
  }
}
