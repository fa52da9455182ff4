// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.disk;

import java.io.InterruptedIOException;

/** Waits. */
public final class Pause {
  private Pause() {}

  public static void milliseconds(long time) throws InterruptedIOException {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a lock");
    }
  }
}
