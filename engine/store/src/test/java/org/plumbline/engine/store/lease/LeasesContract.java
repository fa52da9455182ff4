// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What leases promise, wherever they are kept. */
abstract class LeasesContract {

  /** Leases as one process sees them; each call is another process, or acts like one. */
  abstract Leases leases() throws IOException;

  /** Takes the lease of this name away from whoever has it. */
  abstract void takeAway(String name) throws IOException;

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

  @Test
  void ofManyAtOnceOneGetsIt() throws Exception {
    List<Lease> got = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Leases each = leases();
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

    assertThat(got).hasSize(1);
    got.get(0).close();
  }

  @Test
  void aNameLeadsNowhereElse() throws IOException {
    Leases leases = leases();
    for (String odd : List.of("", "..", "a/b", "a.b")) {
      assertThatThrownBy(() -> leases.tryAcquire(odd)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
