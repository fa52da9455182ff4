package org.plumbline.engine.store;

import java.io.InterruptedIOException;

/** Waits. */
final class Pause {
  private Pause() {}

  static void milliseconds(long time) throws InterruptedIOException {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a lock");
    }
  }
}
