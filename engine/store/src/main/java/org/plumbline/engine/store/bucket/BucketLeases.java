// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.bucket;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import org.plumbline.engine.store.lease.Lease;
import org.plumbline.engine.store.lease.LeaseTime;
import org.plumbline.engine.store.lease.Leases;
import org.plumbline.engine.store.lease.Watches;

/**
 * Rights as objects under the tokens of their holders: whoever writes the next one, of which there
 * can be one only, has the right. More than that no server needs to promise. A holder that has died
 * is seen at once on its own machine, and elsewhere by its silence.
 */
final class BucketLeases implements Leases {
  /** Beyond the length of a lease: servers tell times in seconds. */
  private static final Duration ROUNDING = Duration.ofSeconds(2);

  private final Bucket bucket;
  private final String folder;
  private final LeaseTime time;
  private final Watches watches;

  BucketLeases(Bucket bucket, String folder, LeaseTime time) {
    this.bucket = bucket;
    this.folder = folder;
    this.time = time;
    this.watches = new Watches(time);
  }

  @Override
  public LeaseTime time() {
    return time;
  }

  @Override
  public Duration pause() {
    return Duration.ofMillis(250);
  }

  @Override
  public Optional<Lease> tryAcquire(String name) {
    Leases.requireName(name);
    LeaseFolder objects = new LeaseFolder(bucket, folder + name + "/");
    SortedSet<Long> tokens = objects.tokens();
    long last = tokens.isEmpty() ? 0 : tokens.last();
    if (last > 0 && isHeld(name, objects, last)) {
      return Optional.empty();
    }
    LeaseObject mine = LeaseObject.mine(last + 1);
    if (!objects.create(mine)) {
      return Optional.empty(); // somebody was quicker
    }
    watches.forget(name);
    objects.delete(tokens);
    return Optional.of(new HeldObject(objects, mine));
  }

  @Override
  public Optional<Instant> sign(String name) {
    LeaseFolder objects = new LeaseFolder(bucket, folder + name + "/");
    SortedSet<Long> tokens = objects.tokens();
    return tokens.isEmpty()
        ? Optional.empty()
        : objects
            .read(tokens.last())
            .filter(found -> !LeaseObject.read(found.content()).free())
            .map(found -> Instant.now().minus(found.age()));
  }

  private boolean isHeld(String name, LeaseFolder objects, long token) {
    Bucket.Found found = objects.read(token).orElse(null);
    if (found == null) {
      return true; // a later one has just begun
    }
    LeaseObject holder = LeaseObject.read(found.content());
    return !holder.free() && !holder.dead() && !silent(name, token + " " + holder.beat(), found);
  }

  private boolean silent(String name, String sign, Bucket.Found found) {
    return watches.expired(name, sign) || found.age().compareTo(time.length().plus(ROUNDING)) > 0;
  }
}
