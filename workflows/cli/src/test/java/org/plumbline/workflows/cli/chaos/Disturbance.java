// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.chaos;

/** What is done to a run. */
enum Disturbance {
  /** {@code kill -9} of the worker that computes the node; another is started. */
  KILL_WORKER(6),
  /** {@code kill -9} of all workers; as many are started. */
  KILL_WORKERS(2),
  /** The worker is stopped until its right to the node has passed to another, then it goes on. */
  FREEZE_WORKER(4),
  /** SIGTERM: it must give back what it has and exit with 0. */
  DRAIN_WORKER(3),
  /** {@code kill -9} of whoever follows the run; the spec is run again. */
  KILL_CLIENT(2),
  /** All workers are killed, the run is cancelled, others are started, the run is resumed. */
  CANCEL(2),
  /** {@code kill -9} of the Temporal server, which is soon started again from its file. */
  KILL_SERVER(4),
  /** The same, but it stays away for longer than workers may be silent. */
  LOSE_SERVER(1),
  /** {@code kill -9} of the server of the bucket, which is soon started again. */
  KILL_BUCKET(4),
  /** The server of the bucket is stopped for longer than a right lasts, then it goes on. */
  FREEZE_BUCKET(2);

  /** How often it is drawn, compared with others. */
  final int weight;

  Disturbance(int weight) {
    this.weight = weight;
  }

  boolean needsServer() {
    return this == KILL_SERVER || this == LOSE_SERVER;
  }

  boolean needsBucket() {
    return this == KILL_BUCKET || this == FREEZE_BUCKET;
  }
}
