// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class IdleWatchTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  @Test
  void anEndThatComesIsNotLost() throws Exception {
    AtomicInteger looks = new AtomicInteger();

    assertThat(new IdleWatch(() -> true, () -> looks.incrementAndGet() > 5).lost(SHORT)).isFalse();
  }

  @Test
  void whileSomethingIsComputedNothingIsLost() throws Exception {
    AtomicInteger looks = new AtomicInteger();

    boolean lost = new IdleWatch(() -> looks.incrementAndGet() < 10, () -> false).lost(SHORT);

    assertThat(lost).isTrue();
    assertThat(looks).hasValueGreaterThan(10);
  }
}
