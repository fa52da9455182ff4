// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Whether a worker can do what it is there for. Whatever hangs is not ready. Thread-safe. */
public final class Readiness {
  private static final Executor THREADS =
      work -> {
        Thread thread = new Thread(work, "readiness");
        thread.setDaemon(true);
        thread.start();
      };

  private final Duration patience;
  private final Map<String, BooleanSupplier> needs = new LinkedHashMap<>();
  private final Map<String, CompletableFuture<Boolean>> asked = new LinkedHashMap<>();

  /** What does not answer for so long is not there. */
  public Readiness(Duration patience) {
    this.patience = patience;
  }

  /**
   * Something that must be so.
   *
   * @param otherwise what is wrong if it is not
   * @param need is asked; what it throws means no
   */
  public synchronized void need(String otherwise, BooleanSupplier need) {
    needs.put(otherwise, need);
  }

  /** What is wrong now. */
  List<String> missing() throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    List<String> missing = new ArrayList<>();
    for (Map.Entry<String, CompletableFuture<Boolean>> each : ask().entrySet()) {
      if (!holds(each.getValue(), end - System.nanoTime())) {
        missing.add(each.getKey());
      }
    }
    return missing;
  }

  /** Each is asked once at a time: what hangs is not asked again. */
  private synchronized Map<String, CompletableFuture<Boolean>> ask() {
    needs.forEach(
        (otherwise, need) -> {
          CompletableFuture<Boolean> before = asked.get(otherwise);
          if (before == null || before.isDone()) {
            asked.put(otherwise, CompletableFuture.supplyAsync(need::getAsBoolean, THREADS));
          }
        });
    return new LinkedHashMap<>(asked);
  }

  private static boolean holds(CompletableFuture<Boolean> answer, long nanos)
      throws InterruptedException {
    try {
      return answer.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }
}
