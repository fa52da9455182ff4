// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CheckpointTimingTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void smallCheckpointsAreSavedEveryTwoSeconds() {
    assertThat(CheckpointTiming.DEFAULT.due(2 * SECOND - 1, 1, 0)).isFalse();
    assertThat(CheckpointTiming.DEFAULT.due(2 * SECOND, 1, 0)).isTrue();
    assertThat(CheckpointTiming.DEFAULT.due(2 * SECOND, 1, SECOND / 20)).isTrue();
  }

  @Test
  void largeOnesAreSavedAsOftenAsTakesAThirtiethOfTheTime() {
    assertThat(CheckpointTiming.DEFAULT.due(99 * SECOND, 1, 3 * SECOND)).isFalse();
    assertThat(CheckpointTiming.DEFAULT.due(101 * SECOND, 1, 3 * SECOND)).isTrue();
  }
}
