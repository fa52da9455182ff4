// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.bucket;

import java.util.List;
import java.util.SortedSet;
import org.plumbline.engine.store.lease.Lease;

/** A right of which this process has written down that it has it. */
final class HeldObject implements Lease {
  private final LeaseFolder objects;
  private LeaseObject mine;
  private boolean lost;

  HeldObject(LeaseFolder objects, LeaseObject mine) {
    this.objects = objects;
    this.mine = mine;
  }

  @Override
  public synchronized long token() {
    return mine.token();
  }

  @Override
  public synchronized void exceed(long other) {
    if (other >= mine.token() && isHeld()) {
      LeaseObject next = mine.with(other + 1, mine.beat());
      lost = !objects.create(next);
      objects.delete(List.of(mine.token()));
      mine = next;
    }
  }

  @Override
  public synchronized boolean isHeld() {
    if (!lost) {
      SortedSet<Long> tokens = objects.tokens();
      lost = tokens.isEmpty() || tokens.last() != mine.token();
    }
    return !lost;
  }

  @Override
  public synchronized boolean renew() {
    if (isHeld()) {
      mine = mine.with(mine.token(), mine.beat() + 1);
      objects.put(mine);
    }
    return !lost;
  }

  @Override
  public synchronized void close() {
    if (isHeld()) {
      objects.put(mine.released());
    }
    lost = true;
  }
}
