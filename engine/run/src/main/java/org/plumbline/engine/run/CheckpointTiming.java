// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.run;

import java.time.Duration;

/** When it is time for a checkpoint. */
@FunctionalInterface
public interface CheckpointTiming {

  /**
   * Every two seconds, or less often where saving takes more than 3 % of the time: that much work
   * may be lost.
   */
  CheckpointTiming DEFAULT = atMost(0.03, every(Duration.ofSeconds(2)));

  /**
   * Whether it is time.
   *
   * @param nanos of work since the last checkpoint, or since the work began
   * @param steps how often it was asked since then, this time included
   * @param saving how many nanoseconds the last checkpoint took; 0 before the first
   */
  boolean due(long nanos, long steps, long saving);

  /** After so much time. */
  static CheckpointTiming every(Duration time) {
    return (nanos, steps, saving) -> nanos >= time.toNanos();
  }

  /** When another says so, but not if saving takes more than a share of the work's own time. */
  static CheckpointTiming atMost(double share, CheckpointTiming other) {
    return (nanos, steps, saving) -> saving <= share * nanos && other.due(nanos, steps, saving);
  }

  /** After so many steps, for tests. */
  static CheckpointTiming everySteps(long count) {
    return (nanos, steps, saving) -> steps >= count;
  }
}
