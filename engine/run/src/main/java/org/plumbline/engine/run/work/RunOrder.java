// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.run.work;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The order to execute a run.
 *
 * @param run the run; its record holds the plan
 * @param attempts how often a node is tried when the world fails it
 * @param pauseMillis the pause before the second attempt; each later one is three times as long
 */
public record RunOrder(String run, int attempts, long pauseMillis) {

  /** Each pause is so many times longer than the one before it. */
  public static final double LONGER = 3;

  /** Five attempts within about three minutes. */
  public static RunOrder of(String run) {
    return new RunOrder(run, 5, Duration.ofSeconds(4).toMillis());
  }

  /** The pause after an attempt that the world has failed; null if it was the last. */
  public @Nullable Duration pauseAfter(int attempt) {
    if (attempt >= attempts) {
      return null;
    }
    return Duration.ofMillis(Math.round(pauseMillis * Math.pow(LONGER, attempt - 1.0)));
  }
}
