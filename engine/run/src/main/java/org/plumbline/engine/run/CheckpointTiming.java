// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.run;

import java.time.Duration;

/** When it is time for a checkpoint. */
@FunctionalInterface
public interface CheckpointTiming {

  /** Every two seconds: that much work may be lost. */
  CheckpointTiming DEFAULT = every(Duration.ofSeconds(2));

  /**
   * Whether it is time.
   *
   * @param nanos of work since the last checkpoint, or since the work began
   * @param steps how often it was asked since then, this time included
   */
  boolean due(long nanos, long steps);

  /** After so much time. */
  static CheckpointTiming every(Duration time) {
    return (nanos, steps) -> nanos >= time.toNanos();
  }

  /** After so many steps, for tests. */
  static CheckpointTiming everySteps(long count) {
    return (nanos, steps) -> steps >= count;
  }
}
