// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What leases promise, wherever they are kept. */
public abstract class LeasesContract {

  private final AtomicLong nanos = new AtomicLong();

  /** The clock of all, which stands still unless it is told to go on. */
  protected LeaseTime time() {
    return new LeaseTime(Duration.ofSeconds(30), nanos::get);
  }

  /** Leases as one process sees them; each call is another process, or acts like one. */
  protected abstract Leases leases() throws IOException;

  /** Takes the lease of this name away from whoever has it. */
  protected abstract void takeAway(String name) throws IOException;

  @Test
  void oneHasItAtATime() throws IOException {
    Leases mine = leases();
    Leases others = leases();
    try (Lease held = mine.tryAcquire("node").orElseThrow()) {
      assertThat(others.tryAcquire("node")).isEmpty();
      assertThat(mine.tryAcquire("node")).isEmpty();
      assertThat(held.renew()).isTrue();
      others.tryAcquire("other").orElseThrow().close();
    }
    others.tryAcquire("node").orElseThrow().close();
  }

  @Test
  void tokensGrowWithEveryHolder() throws IOException {
    long last = 0;
    for (int holder = 0; holder < 12; holder++) {
      try (Lease lease = leases().tryAcquire("node").orElseThrow()) {
        assertThat(lease.token()).isGreaterThan(last);
        last = lease.token();
      }
    }
  }

  @Test
  void whoHasLostItIsToldAndTheNextOnesTokenIsItsOwn() throws IOException {
    try (Lease held = leases().tryAcquire("node").orElseThrow()) {
      takeAway("node");

      assertThat(held.renew()).isFalse();
      assertThat(held.renew()).isFalse();
    }
  }

  /** Asks every second, as somebody does who waits. */
  private Optional<Lease> ask(Leases leases, int seconds) throws IOException {
    Optional<Lease> lease = leases.tryAcquire("node");
    for (int i = 0; i < seconds && lease.isEmpty(); i++) {
      nanos.addAndGet(1_000_000_000L);
      lease = leases.tryAcquire("node");
    }
    return lease;
  }

  @Test
  void whoGivesNoSignOfLifeLosesItToWhoWaits() throws IOException {
    Leases waiting = leases();
    try (Lease frozen = leases().tryAcquire("node").orElseThrow()) {
      assertThat(ask(waiting, 29)).isEmpty();
      try (Lease next = ask(waiting, 1).orElseThrow()) {
        assertThat(next.token()).isGreaterThan(frozen.token());
        assertThat(next.isHeld()).isTrue();
        assertThat(frozen.isHeld()).isFalse();
        assertThat(frozen.renew()).isFalse();
        assertThat(leases().tryAcquire("node")).isEmpty();
      }
      assertThat(frozen.renew()).isFalse();
    }
    try (Lease third = leases().tryAcquire("node").orElseThrow()) {
      assertThat(third.isHeld()).isTrue();
    }
  }

  @Test
  void whoGivesSignsOfLifeKeepsIt() throws IOException {
    Leases waiting = leases();
    try (Lease held = leases().tryAcquire("node").orElseThrow()) {
      for (int i = 0; i < 12; i++) {
        assertThat(ask(waiting, 10)).isEmpty();
        assertThat(held.renew()).isTrue();
      }
    }
  }

  @Test
  void whoHasNotLookedMeanwhileMustLookAnew() throws IOException {
    Leases waiting = leases();
    try (Lease held = leases().tryAcquire("node").orElseThrow()) {
      assertThat(ask(waiting, 20)).isEmpty();
      nanos.addAndGet(3_600_000_000_000L); // both were frozen, or this one was

      assertThat(ask(waiting, 29)).isEmpty();
      assertThat(held.isHeld()).isTrue();
      ask(waiting, 1).orElseThrow().close();
    }
  }

  @Test
  void ofManyThatWaitForAFrozenOneOneGetsIt() throws Exception {
    List<Leases> waiting = List.of(leases(), leases(), leases(), leases());
    try (Lease frozen = leases().tryAcquire("node").orElseThrow()) {
      for (int second = 0; second < 30; second++) {
        for (Leases each : waiting) {
          assertThat(each.tryAcquire("node")).isEmpty();
        }
        nanos.addAndGet(1_000_000_000L);
      }

      assertThat(atOnce(waiting)).hasSize(1);
      assertThat(frozen.isHeld()).isFalse();
    }
  }

  @Test
  void aTokenExceedsWhatWasSeen() throws IOException {
    try (Lease lease = leases().tryAcquire("node").orElseThrow()) {
      lease.exceed(41);
      lease.exceed(7);
      assertThat(lease.token()).isEqualTo(42);
    }
    try (Lease next = leases().tryAcquire("node").orElseThrow()) {
      assertThat(next.token()).isEqualTo(43);
    }
  }

  @Test
  void ofManyAtOnceOneGetsIt() throws Exception {
    List<Leases> many = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      many.add(leases());
    }

    List<Lease> got = atOnce(many);

    assertThat(got).hasSize(1);
    got.get(0).close();
  }

  private static List<Lease> atOnce(List<Leases> all) throws InterruptedException {
    List<Lease> got = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (Leases each : all) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  Optional<Lease> lease = each.tryAcquire("node");
                  lease.ifPresent(got::add);
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return got;
  }

  @Test
  void aNameLeadsNowhereElse() throws IOException {
    Leases leases = leases();
    for (String odd : List.of("", "..", "a/b", "a.b")) {
      assertThatThrownBy(() -> leases.tryAcquire(odd)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
