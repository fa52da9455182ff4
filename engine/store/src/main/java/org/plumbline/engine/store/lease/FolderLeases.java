// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.lease;

import java.io.IOException;
import java.util.Optional;
import org.plumbline.engine.store.disk.FileMutex;
import org.plumbline.engine.store.disk.StoreLayout;

/**
 * Rights as locks on files of the store: the system takes them back when a process dies, and never
 * before, so they need no time. The token is a counter in the file.
 */
public final class FolderLeases implements Leases {
  private final StoreLayout ground;
  private final String part;

  /**
   * Those to a part of the store.
   *
   * @param part whose rights they are: {@link StoreLayout#CHECKPOINTS}
   */
  public FolderLeases(StoreLayout ground, String part) {
    this.ground = ground;
    this.part = part;
  }

  @Override
  public Optional<Lease> tryAcquire(String name) throws IOException {
    if (!name.matches("[A-Za-z0-9-]+")) {
      throw new IllegalArgumentException("not the name of a right: " + name);
    }
    ground.mustBeThere();
    Optional<FileMutex> free = FileMutex.tryAcquire(ground.locksOf(part).resolve(name + ".lock"));
    if (free.isEmpty()) {
      return Optional.empty();
    }
    FileMutex mutex = free.get();
    boolean counted = false;
    try {
      Lease lease = new Held(mutex, mutex.count());
      counted = true;
      return Optional.of(lease);
    } finally {
      if (!counted) {
        mutex.close();
      }
    }
  }

  private record Held(FileMutex mutex, long token) implements Lease {

    @Override
    public boolean renew() throws IOException {
      return mutex.isThere();
    }

    @Override
    public void close() throws IOException {
      mutex.close();
    }
  }
}
