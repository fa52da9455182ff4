// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.run;

import java.io.IOException;

/**
 * One operation of a plan: settings and input artifacts in, one artifact out.
 *
 * <p>A stage is a plain object without state. It knows nothing of plans, runs or Temporal. Equal
 * settings, inputs and seed give the same bytes, whether or not it was interrupted in between.
 */
public interface Stage {

  /** The name of the operation, as it stands in plans: {@code ppo}. */
  String operation();

  /** Raised by one whenever a change alters results; part of the key of every node. */
  int version();

  /**
   * Whether its numbers come from the engine: only then do keys hold the engine, the device and the
   * threads, and is the engine started. What does not gives the same bytes everywhere.
   */
  default boolean computesWithEngine() {
    return true;
  }

  /**
   * Does the work: writes the artifact's files into {@link StageContext#output()}.
   *
   * @throws StageFailure if the inputs or the settings make a result impossible; not tried again
   * @throws Unreachable if something outside does not answer; tried again after a pause
   * @throws StageStopped if the run was told to stop; a checkpoint was saved before
   */
  void run(StageContext context) throws IOException;
}
