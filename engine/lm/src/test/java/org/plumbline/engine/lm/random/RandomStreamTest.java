// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomStreamTest {

  private static final RandomStream STREAM = RandomStream.of(42, RandomPurpose.ROLLOUT_TOKENS, 7);

  @Test
  void blocksAreKeyedBySeedPurposeStepAndIndex() {
    assertThat(STREAM.block(0)).containsExactly(0xf19bcae4, 0x0d898979, 0x1fc36425, 0x0b0241de);
    assertThat(STREAM.block(1)).containsExactly(0x92b91c8a, 0x2d8c94af, 0xf6ceb7c4, 0xe6496fb1);
  }

  @Test
  void uniformTakesTheHighBitsOfTheFirstTwoWords() {
    assertThat(STREAM.uniform(0)).isEqualTo(0.9437834555406309);
    assertThat(RandomStream.unit(0x1fc36425, 0x0b0241de)).isEqualTo(0.12407518295641129);
  }

  @Test
  void normalIsBoxMuller() {
    assertThat(STREAM.normalPair(0)[0]).isCloseTo(1.706457353096465, within(1e-14));
    assertThat(STREAM.normalPair(0)[1]).isCloseTo(1.6867399509342555, within(1e-14));
    assertThat(STREAM.normal(0)).isEqualTo(STREAM.normalPair(0)[0]);
  }

  @Test
  void categoricalTakesTheFirstCumulativeWeightAboveTheNumber() {
    assertThat(STREAM.categorical(0, new double[] {.42, .18, .08, .32})).isEqualTo(3);
    assertThat(RandomSequence.categorical(0.42, new double[] {.42, .18, .08, .32})).isEqualTo(1);
    assertThat(RandomSequence.categorical(0, new double[] {0, 3, 1})).isEqualTo(1);
    assertThat(RandomSequence.categorical(Math.nextDown(1), new double[] {1, 3, 0})).isEqualTo(1);
  }

  @Test
  void categoricalNeedsAWeight() {
    assertThatThrownBy(() -> RandomSequence.categorical(0.5, new double[2]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shuffleSwapsFromTheLastElementDown() {
    SplittableRandom words = new SplittableRandom(42);
    SplittableRandom others = new SplittableRandom(0);

    assertThat(new RandomSequence(words::nextLong).permutation(8))
        .containsExactly(4, 3, 2, 0, 7, 6, 1, 5);
    assertThat(new RandomSequence(others::nextLong).permutation(5)).containsExactly(2, 3, 0, 1, 4);
  }

  @Test
  void permutationsHoldEveryNumberOnce() {
    int[] order = STREAM.permutation(1000);

    assertThat(Arrays.stream(order).sorted().toArray())
        .isEqualTo(IntStream.range(0, 1000).toArray());
    assertThat(order).isNotEqualTo(STREAM.at(8).permutation(1000));
  }

  @Test
  void boundedIsWithinBoundsAndEven() {
    int[] counts = new int[6];
    RandomSequence draws = STREAM.sequence();
    for (int i = 0; i < 60_000; i++) {
      counts[draws.bounded(6)]++;
    }

    // binomial standard deviation is 91
    for (int count : counts) {
      assertThat(count).isCloseTo(10_000, within(365));
    }
  }

  @Test
  void numbersOfAnItemStartWithItsOwnIndexAndMeetNoOther() {
    RandomSequence first = STREAM.forItem(5);
    RandomSequence second = STREAM.forItem(6);

    assertThat(first.uniform()).isEqualTo(STREAM.uniform(5));
    double[] mine = IntStream.range(0, 100).mapToDouble(i -> first.uniform()).toArray();
    double[] others = IntStream.range(0, 101).mapToDouble(i -> second.uniform()).toArray();
    assertThat(mine).doesNotContain(others);
  }

  @Test
  void purposesStepsAndSeedsAreIndependent() {
    assertThat(
            new double[] {
              STREAM.uniform(0),
              STREAM.at(8).uniform(0),
              RandomStream.of(43, RandomPurpose.ROLLOUT_TOKENS, 7).uniform(0),
              RandomStream.of(42L + (1L << 32), RandomPurpose.ROLLOUT_TOKENS, 7).uniform(0),
              RandomStream.of(42, RandomPurpose.MINIBATCH, 7).uniform(0)
            })
        .doesNotHaveDuplicates();
  }
}
