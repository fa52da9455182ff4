// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.lease;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Rights that of all processes and threads which share a store one has at a time, by name. */
public interface Leases {

  /**
   * The right of this name, unless somebody has it. Whoever asks again and again gets it, too, when
   * its holder has given no sign of life for long enough.
   *
   * @param name of letters, digits and hyphens
   */
  Optional<Lease> tryAcquire(String name) throws IOException;

  /**
   * When the holder of a right last said that it lives, by the clock of whoever keeps the store;
   * empty if nobody holds it. Only for people to read: nothing follows from it.
   */
  Optional<Instant> sign(String name) throws IOException;

  /** How long who waits should wait before it asks again. */
  default Duration pause() {
    return Duration.ofMillis(50);
  }

  /** Refuses what is not the name of a right. */
  static void requireName(String name) {
    if (!name.matches("[A-Za-z0-9-]+")) {
      throw new IllegalArgumentException("not the name of a right: " + name);
    }
  }

  /** When a holder that gives no sign of life loses its right. */
  LeaseTime time();
}
