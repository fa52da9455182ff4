// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal.workflow;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.plumbline.engine.run.work.RunOrder;
import org.plumbline.engine.run.work.RunResult;

/** A run: walks its plan until every node that can be computed is. */
@WorkflowInterface
public interface RunWorkflow {

  /** The name of the workflow in histories. */
  String TYPE = "run";

  /** The name of the signal to stop. */
  String STOP = "stop";

  /** Executes the plan that the record of the run holds. */
  @WorkflowMethod(name = TYPE)
  RunResult run(RunOrder order);

  /**
   * Stops all nodes at their next checkpoint and starts no more.
   *
   * <p>Unlike a cancellation by Temporal's own means, it leaves the run's result to be read.
   */
  @SignalMethod(name = STOP)
  void stop();
}
