// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.lease;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Future;
import org.plumbline.engine.store.record.StoreFailure;

/** Rights of which it is said by itself that their holder lives, until they are given back. */
public final class RenewedLeases implements Leases {
  private final Leases leases;

  /** Those that are kept as these. */
  public RenewedLeases(Leases leases) {
    this.leases = leases;
  }

  @Override
  public Optional<Lease> tryAcquire(String name) throws IOException {
    return leases.tryAcquire(name).map(lease -> new Renewed(lease, leases.time().renewal()));
  }

  @Override
  public Optional<Instant> sign(String name) throws IOException {
    return leases.sign(name);
  }

  @Override
  public LeaseTime time() {
    return leases.time();
  }

  @Override
  public Duration pause() {
    return leases.pause();
  }

  private static final class Renewed implements Lease {
    private final Lease lease;
    private final Future<?> renewal;

    Renewed(Lease lease, Duration time) {
      this.lease = lease;
      this.renewal = Renewals.every(time, this::say);
    }

    private void say() {
      try {
        lease.renew();
      } catch (IOException | StoreFailure e) {
        return; // it is tried again soon
      }
    }

    @Override
    public long token() {
      return lease.token();
    }

    @Override
    public void exceed(long other) throws IOException {
      lease.exceed(other);
    }

    @Override
    public boolean isHeld() throws IOException {
      return lease.isHeld();
    }

    @Override
    public boolean renew() throws IOException {
      return lease.renew();
    }

    @Override
    public void close() throws IOException {
      renewal.cancel(false);
      lease.close();
    }
  }
}
