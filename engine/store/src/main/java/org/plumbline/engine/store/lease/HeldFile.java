// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.lease;

import java.io.IOException;
import org.plumbline.engine.store.disk.FileMutex;

/** A right whose lock this process has. */
final class HeldFile implements Lease {
  private final FileMutex mutex;
  private final String machine;
  private long token;
  private long beat;
  private boolean lost;

  /**
   * A right that this process has now.
   *
   * @param machine what is written down of where the holder is
   */
  HeldFile(FileMutex mutex, long token, String machine) {
    this.mutex = mutex;
    this.token = token;
    this.machine = machine;
  }

  @Override
  public synchronized long token() {
    return token;
  }

  @Override
  public synchronized void exceed(long other) throws IOException {
    if (other >= token) {
      token = other + 1;
      say();
    }
  }

  @Override
  public synchronized boolean isHeld() throws IOException {
    lost |= !mutex.isThere();
    return !lost;
  }

  @Override
  public synchronized boolean renew() throws IOException {
    if (isHeld()) {
      beat++;
      say();
    }
    return isHeld();
  }

  synchronized void say() throws IOException {
    mutex.write(new HolderSign(token, beat, machine).text());
  }

  @Override
  public synchronized void close() throws IOException {
    boolean interrupted = Thread.interrupted(); // it would close the file before it is written
    try {
      if (isHeld()) {
        mutex.write(new HolderSign(token, beat, "").text());
      }
    } finally {
      lost = true;
      mutex.close();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
