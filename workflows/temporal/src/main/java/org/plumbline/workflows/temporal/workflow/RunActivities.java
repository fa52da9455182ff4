// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal.workflow;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.plumbline.engine.run.work.Resolution;

/**
 * The activities that concern a run as a whole. Those that compute nodes are named after their
 * operations.
 */
@ActivityInterface
public interface RunActivities {

  /** Answers for all nodes at once which of them the store has. */
  @ActivityMethod(name = "run.resolve")
  Resolution resolve(String run);

  /** Computes and writes the comparison. */
  @ActivityMethod(name = "run.compare")
  void compare(String run);
}
