// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DataOrderTest {

  @Test
  void everyRowIsVisitedOncePerEpochAlsoAcrossBatches() {
    DataOrder order = new DataOrder(3, 10, 4);

    int[] visits = IntStream.range(0, 5).flatMap(s -> Arrays.stream(order.batch(s))).toArray();

    assertThat(Arrays.copyOfRange(visits, 0, 10))
        .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(Arrays.copyOfRange(visits, 10, 20))
        .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)
        .isNotEqualTo(Arrays.copyOfRange(visits, 0, 10));
  }

  @Test
  void aStepHasTheSameRowsWhereverTheVisitStarts() {
    DataOrder whole = new DataOrder(3, 10, 4);
    for (int step = 0; step < 7; step++) {
      whole.batch(step);
    }

    assertThat(new DataOrder(3, 10, 4).batch(7)).isEqualTo(whole.batch(7));
  }

  @Test
  void batchesLargerThanTheDataRepeatRows() {
    assertThat(new DataOrder(3, 2, 5).batch(0)).hasSize(5).contains(0, 1);
  }
}
