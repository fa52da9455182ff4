// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.judge;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Spreads requests of several threads evenly, so that no minute has more than so many. */
final class RequestPace {
  private static final Map<String, RequestPace> SHARED = new ConcurrentHashMap<>();

  private final long gap;
  private final LongSupplier clock;
  private @Nullable Long next;

  /** That of all who ask the same address in this process. */
  static RequestPace of(String url, @Nullable Integer perMinute) {
    return perMinute == null
        ? new RequestPace(null, System::nanoTime)
        : SHARED.computeIfAbsent(
            url + " " + perMinute, address -> new RequestPace(perMinute, System::nanoTime));
  }

  /**
   * A pace.
   *
   * @param perMinute most requests; null for no limit
   * @param clock in nanoseconds
   */
  RequestPace(@Nullable Integer perMinute, LongSupplier clock) {
    this.gap = perMinute == null ? 0 : Duration.ofMinutes(1).toNanos() / perMinute;
    this.clock = clock;
  }

  /** Takes the place of one request, and says how long to wait for it. */
  synchronized Duration take() {
    long now = clock.getAsLong();
    Long free = next;
    long mine = free == null || free - now < 0 ? now : free;
    next = mine + gap;
    return Duration.ofNanos(mine - now);
  }
}
