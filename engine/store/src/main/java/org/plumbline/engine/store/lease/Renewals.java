// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.lease;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads of their own that say of what this process holds that it lives, whatever its work is. */
public final class Renewals {
  private static final int THREADS = 2;

  private Renewals() {}

  /** Made when the first right is held. */
  private static final class Threads {
    static final ScheduledThreadPoolExecutor ALL = make();

    private static ScheduledThreadPoolExecutor make() {
      ScheduledThreadPoolExecutor threads =
          new ScheduledThreadPoolExecutor(
              THREADS,
              work -> {
                Thread thread = new Thread(work, "lease-renewal");
                thread.setDaemon(true);
                return thread;
              });
      threads.setRemoveOnCancelPolicy(true);
      return threads;
    }
  }

  /** Does something every so often until it is cancelled. */
  public static Future<?> every(Duration time, Runnable renewal) {
    long nanos = time.toNanos();
    return Threads.ALL.scheduleWithFixedDelay(renewal, nanos, nanos, TimeUnit.NANOSECONDS);
  }
}
