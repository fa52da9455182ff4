// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.run;

import java.time.Duration;
import java.util.Map;

/** Is told how a node gets on. Called by the thread that runs the node; must return at once. */
public interface NodeListener {

  /** Tells nobody. */
  NodeListener SILENT = new NodeListener() {};

  /** Another process, or another run, works on the same node; this one waits for its result. */
  default void waiting() {}

  /**
   * Work begins.
   *
   * @param fromStep the step of the checkpoint that it goes on from; 0 at the beginning
   */
  default void started(long fromStep) {}

  /** How far the work is. */
  default void progress(long step, long total, Map<String, Double> metrics) {}

  /**
   * A checkpoint is saved.
   *
   * @param time that it took
   */
  default void checkpoint(long step, long bytes, Duration time) {}

  /** Something worth knowing about the data or the result. */
  default void note(String text) {}

  /** Something was found broken and is mended: a damaged checkpoint or artifact. */
  default void problem(String text) {}
}
