// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.plan;

import java.util.List;
import java.util.Optional;

/** What is known of nodes that have finished before; the store implements it. */
public interface NodeHistory {

  /** Nothing has ever run. */
  NodeHistory NONE =
      new NodeHistory() {
        @Override
        public Result result(String key) {
          return new Result.Unknown();
        }

        @Override
        public Optional<Earlier> sameNode(String experiment, String id) {
          return Optional.empty();
        }

        @Override
        public List<Earlier> sameOperation(String operation) {
          return List.of();
        }
      };

  /** The result of the node with this key, verified. */
  Result result(String key);

  /** The node of this id in the newest run of the experiment that had one. */
  Optional<Earlier> sameNode(String experiment, String id);

  /** Finished nodes of an operation, newest first; perhaps not all of them. */
  List<Earlier> sameOperation(String operation);

  /**
   * A node of an earlier run, to compare with.
   *
   * @param run its short name
   * @param node its id
   * @param parts of its key
   */
  record Earlier(String run, String node, KeyParts parts) {}

  /** The state of a result. */
  sealed interface Result {

    /** The node has never finished. */
    record Unknown() implements Result {}

    /** The result is there and verified. */
    record Present(String run, String artifact) implements Result {}

    /** The node has finished, but its result is gone. */
    record Missing(String artifact) implements Result {}

    /** The node has finished, but its result does not have its digest any more. */
    record Damaged(String artifact) implements Result {}

    /** The node has finished, but the record that says which result it had cannot be read. */
    record Unreadable() implements Result {}
  }
}
