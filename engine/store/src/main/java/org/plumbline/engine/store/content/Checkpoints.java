// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.content;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** States of nodes that are not finished: of each the two newest. */
public interface Checkpoints {
  /** How many are kept. */
  int KEPT = 2;

  /** What the key of a node is. */
  String KEY = "[0-9a-f]{64}";

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
   * What is there of a node.
   *
   * @param time when something was added last, in milliseconds since 1970
   * @param states bytes of checkpoints, whole or not
   * @param answers bytes of what was answered to it
   */
  record Left(String key, long time, long states, long answers) {}

  /** What is there of all nodes. */
  List<Left> list() throws IOException;

  /** Deletes the checkpoints of a node as {@link #clear} does, and no answers. */
  void clearStates(String key, long token) throws IOException;

  /**
   * Deletes all of a node.
   *
   * @param token of who does it: what later holders have left stays
   */
  void clear(String key, long token) throws IOException;
}
