// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.record;

import org.jspecify.annotations.Nullable;

/**
 * What became of a node in a run.
 *
 * @param node its id
 * @param key its key
 * @param action {@code run} or {@code reuse}
 * @param artifact digest of the result; null if there is none
 * @param seconds of computing, all attempts together; for a reused node what it once took
 * @param steps that were done
 * @param resumedFrom the step of the checkpoint that it went on from, or null
 * @param started when it started, or was found, in this run; ISO 8601
 * @param failure why there is no result, or null
 */
public record NodeOutcome(
    String node,
    String key,
    String action,
    @Nullable String artifact,
    double seconds,
    long steps,
    @Nullable Long resumedFrom,
    String started,
    @Nullable String failure) {

  public NodeOutcome {
    RecordChecks.require(node, key, action);
    RecordChecks.requireTime(started);
    RecordChecks.requireSeconds(seconds);
  }

  /** The action of a node that was computed in the run. */
  public static final String RUN = "run";

  /** The action of a node whose result was there. */
  public static final String REUSE = "reuse";

  /** A node that gave no result. */
  public static NodeOutcome failed(
      String node, String key, String started, double seconds, String failure) {
    return new NodeOutcome(node, key, RUN, null, seconds, 0, null, started, failure);
  }

  /**
   * A node that has its result.
   *
   * @param node its id in this run
   * @param action {@link #RUN} or {@link #REUSE}
   */
  public static NodeOutcome of(String node, NodeRecord record, String action, String started) {
    return new NodeOutcome(
        node,
        record.key(),
        action,
        record.artifact(),
        record.seconds(),
        record.steps(),
        record.resumedFrom(),
        started,
        null);
  }
}
