// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.run.work;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.store.record.RunStatus;

/** What the activities of a run do: everything that touches disk and tensors. Thread-safe. */
public interface RunWork {

  /**
   * Reads the plan of a run and finds the nodes whose artifacts are in the store; each is verified.
   */
  Resolution resolve(String run) throws IOException;

  /**
   * Computes a node, unless the store has its artifact by now.
   *
   * @throws org.plumbline.engine.run.StageFailure if trying again would not help
   * @throws org.plumbline.engine.run.StageStopped if the channel asked to stop; a checkpoint was
   *     saved before
   * @throws IOException if the world failed it: it may be tried again
   */
  NodeResult compute(NodeTask task, NodeChannel channel) throws IOException;

  /** Computes the comparison of a run whose nodes are all done, and writes it down. */
  void compare(String run) throws IOException;

  /**
   * Writes down how a run has ended that a server conducts.
   *
   * @param message why it failed, or null
   */
  void end(String run, RunStatus status, @Nullable String message) throws IOException;
}
