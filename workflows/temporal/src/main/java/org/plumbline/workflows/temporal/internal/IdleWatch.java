// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal.internal;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Notices that nothing is left to do though the end does not come: the Temporal server in this
 * process has been seen to lose the end of a run that was told to stop, once in many.
 */
public final class IdleWatch {
  private static final long LOOK_MILLIS = 200;

  private final BooleanSupplier busy;
  private final BooleanSupplier ended;

  /**
   * A watch over a run.
   *
   * @param busy whether anything is being computed
   * @param ended whether the end has come
   */
  public IdleWatch(BooleanSupplier busy, BooleanSupplier ended) {
    this.busy = busy;
    this.ended = ended;
  }

  /** Waits for the end; returns whether nothing was done for so long without it. */
  public boolean lost(Duration patience) throws InterruptedException {
    long idleSince = System.nanoTime();
    while (!ended.getAsBoolean()) {
      long now = System.nanoTime();
      if (busy.getAsBoolean()) {
        idleSince = now;
      } else if (now - idleSince > patience.toNanos()) {
        return true;
      }
      Thread.sleep(LOOK_MILLIS);
    }
    return false;
  }
}
