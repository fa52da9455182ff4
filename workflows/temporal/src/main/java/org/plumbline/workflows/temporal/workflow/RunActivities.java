// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal.workflow;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.run.work.Resolution;
import org.plumbline.engine.store.record.RunStatus;

/**
 * The activities that concern a run as a whole. Those that compute nodes are named after their
 * operations.
 */
@ActivityInterface
public interface RunActivities {

  /**
   * Answers for so many nodes of the plan at once which of them the store has.
   *
   * @param from the place in the plan of the first
   */
  @ActivityMethod(name = "run.resolve")
  Resolution resolve(String run, int from, int most);

  /** Computes and writes the comparison. */
  @ActivityMethod(name = "run.compare")
  void compare(String run);

  /** Writes down how a run has ended that a server conducts. */
  @ActivityMethod(name = "run.end")
  void end(String run, RunStatus status, @Nullable String message);
}
