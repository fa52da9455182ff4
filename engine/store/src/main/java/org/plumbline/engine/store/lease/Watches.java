// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.lease;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this process has seen of rights that others have: a holder whose sign of life has not
 * changed for the length of a lease, while this process looked at it all the time, has lost its
 * right. Only the clock of this process is asked.
 */
public final class Watches {
  private final LeaseTime time;
  private final Map<String, Watch> watches = new ConcurrentHashMap<>();

  private record Watch(String sign, long since, long looked) {}

  /** Watches rights that are good for so long. */
  public Watches(LeaseTime time) {
    this.time = time;
  }

  /**
   * Looks at a right that somebody else has.
   *
   * @param sign changes whenever the holder or its sign of life does
   * @return whether the holder has lost it
   */
  public boolean expired(String name, String sign) {
    long now = time.nanos().getAsLong();
    Watch watch =
        watches.merge(
            name,
            new Watch(sign, now, now),
            (before, first) ->
                before.sign().equals(sign) && now - before.looked() <= time.renewal().toNanos()
                    ? new Watch(sign, before.since(), now)
                    : first); // one that was frozen itself has seen nothing meanwhile
    return now - watch.since() >= time.length().toNanos();
  }

  /** Looks no more at a right, which this process has now. */
  public void forget(String name) {
    watches.remove(name);
  }
}
