// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.progress;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Calls something again and again from a thread of its own. */
final class Ticker implements AutoCloseable {

  private final ScheduledExecutorService clock;
  private final ScheduledFuture<?> ticks;

  Ticker(Duration every, Runnable task) {
    clock =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "ticker");
              thread.setDaemon(true);
              return thread;
            });
    long millis = every.toMillis();
    ticks = clock.scheduleAtFixedRate(task, millis, millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    ticks.cancel(false);
    clock.shutdownNow();
  }
}
