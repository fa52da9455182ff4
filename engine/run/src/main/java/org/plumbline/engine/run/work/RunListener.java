// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.run.work;

import java.time.Duration;
import java.util.Map;

/**
 * Hears what happens in a run, as it happens and in this process. Called by many threads, never by
 * two at once.
 */
public interface RunListener {

  /** It is known what the store has. */
  default void resolved(Resolution resolution) {}

  /** This process is handed a node, for the so-manieth time since it was handed out. */
  default void taken(String node, int attempt) {}

  /** A node begins, from a checkpoint after so many steps or from nothing (0). */
  default void started(String node, long fromStep) {}

  /** A node has come so far. */
  default void progress(String node, long step, long total, Map<String, Double> metrics) {}

  /** A node has something to say. */
  default void note(String node, String text) {}

  /** A node has its artifact. */
  default void done(String node, NodeResult result) {}

  /** The world failed a node; it is tried again after a pause. */
  default void retrying(String node, NodeFailure failure, Duration pause) {}

  /** A node has failed for good. */
  default void failed(String node, NodeFailure failure) {}

  /** A node has stopped because it was told to. */
  default void stopped(String node) {}

  /** The comparison begins. */
  default void comparing() {}

  /** The comparison is written. */
  default void compared() {}
}
