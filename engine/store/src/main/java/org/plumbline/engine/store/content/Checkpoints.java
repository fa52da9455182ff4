// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.content;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** States of nodes that are not finished: of each the two newest. */
public interface Checkpoints {
  /** How many are kept. */
  int KEPT = 2;

  /** A new empty folder in which one is prepared. */
  Path prepare() throws IOException;

  /** The newest one whose digests are right; damaged ones are reported and deleted. */
  Optional<SavedCheckpoint> newest(String key, Consumer<String> problem) throws IOException;

  /**
   * What can be told of the newest one without reading it.
   *
   * @param step the number of steps that were done
   * @param time when it was saved, by the clock of whoever keeps it
   */
  record Mark(long step, Instant time) {}

  /** The newest one, which is neither verified nor touched. */
  Optional<Mark> look(String key) throws IOException;

  /**
   * Takes over a folder that holds the state after a step.
   *
   * @return how many bytes it holds
   */
  long commit(String key, CheckpointId id, Path folder, Map<String, Object> about)
      throws IOException;

  /**
   * What was answered to a node from outside since it began; kept beside its checkpoints and as
   * long as they are, but when it comes and not when they are saved.
   */
  KeptAnswers answers(String key, Asker asker) throws IOException;

  /** The largest token of those who have left something of a node; 0 if nobody has. */
  long newestToken(String key) throws IOException;

  /**
   * Deletes all of a node.
   *
   * @param token of who does it: what later holders have left stays
   */
  void clear(String key, long token) throws IOException;
}
