// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.run.work;

import java.time.Duration;
import java.util.Map;

/** The line between a node that is being computed and its run. Thread-safe. */
public interface NodeChannel {

  /** The computation begins: from a checkpoint after so many steps, or from nothing (0). */
  void started(long fromStep);

  /** How far the computation is. */
  void progress(long step, long total, Map<String, Double> metrics);

  /**
   * A checkpoint is saved.
   *
   * @param time that it took
   */
  default void checkpoint(long step, long bytes, Duration time) {}

  /** Something that the user should know. */
  void note(String text);

  /** Whether the run was told to stop. */
  boolean stopRequested();
}
