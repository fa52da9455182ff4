// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.bench;

/**
 * Measures how often something happens: a while to warm up first, then the wanted seconds, from the
 * end of one event to the end of another.
 */
final class Clock {
  private static final double NANOS = 1e9;

  /** Steps that are never counted: the first ones load and compile. */
  private static final int WARM_STEPS = 2;

  private final double seconds;
  private final long begun = System.nanoTime();
  private long start;
  private long last;
  private int warm;
  private int counted;

  Clock(double seconds) {
    this.seconds = seconds;
  }

  /** Notes that one event has ended; returns whether the time is up. */
  boolean tick() {
    long now = System.nanoTime();
    if (start == 0) {
      if (++warm > WARM_STEPS && now - begun >= Math.min(2, seconds / 2) * NANOS) {
        start = now;
      }
      return false;
    }
    counted++;
    last = now;
    return last - start >= seconds * NANOS;
  }

  /** Returns events per second. */
  double rate() {
    return counted * NANOS / (last - start);
  }
}
