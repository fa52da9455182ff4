// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.lease;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * For how long a right is good without a sign of life of its holder, and what that is measured
 * with: a clock that only goes forward, so that it does not matter what time it is anywhere.
 *
 * @param nanos the clock
 */
public record LeaseTime(Duration length, LongSupplier nanos) {
  /** Of rights that only the system takes back, when their holder dies. */
  static final LeaseTime ENDLESS =
      new LeaseTime(Duration.ofNanos(Long.MAX_VALUE), System::nanoTime);

  private static final long DEFAULT_MILLISECONDS = 30_000;

  /** 30 seconds; the system property {@code plumb.lease.millis} says otherwise. */
  public static LeaseTime configured() {
    long millis = Long.getLong("plumb.lease.millis", DEFAULT_MILLISECONDS);
    return new LeaseTime(Duration.ofMillis(millis), System::nanoTime);
  }

  /** How often a holder says that it lives. */
  public Duration renewal() {
    return length.dividedBy(3);
  }

  boolean endless() {
    return length.equals(ENDLESS.length);
  }
}
