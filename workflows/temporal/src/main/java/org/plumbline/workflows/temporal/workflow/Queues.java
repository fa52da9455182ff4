// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal.workflow;

/** Names of the task queues. */
public final class Queues {

  /** Workflows and the activities of a run as a whole: short, and never waiting for a core. */
  public static final String RUNS = "plumb-runs";

  /** Nodes that need a core of the processor. */
  public static final String CPU = "plumb-cpu";

  private Queues() {}
}
