// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.random;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The known answers are those of Random123's {@code kat_vectors} for philox4x32 with 10 rounds. */
class PhiloxTest {

  @Test
  void zerosGiveTheKnownAnswer() {
    assertThat(Philox.block(new int[4], 0, 0))
        .containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
  }

  @Test
  void onesGiveTheKnownAnswer() {
    assertThat(Philox.block(new int[] {-1, -1, -1, -1}, -1, -1))
        .containsExactly(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
  }

  @Test
  void digitsOfPiGiveTheKnownAnswer() {
    int[] counter = {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344};

    assertThat(Philox.block(counter, 0xa4093822, 0x299f31d0))
        .containsExactly(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
  }
}
