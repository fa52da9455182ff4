// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.random;

import java.util.List;
import java.util.function.LongSupplier;

/** A sequence of random numbers that starts at a fixed place of a {@link RandomStream}. */
public final class RandomSequence {

  private final LongSupplier words;

  RandomSequence(RandomStream stream, long first, long stride) {
    this.words = new BlockWords(stream, first, stride);
  }

  RandomSequence(LongSupplier words) {
    this.words = words;
  }

  /** Returns the next 64 random bits. */
  public long bits() {
    return words.getAsLong();
  }

  /** Returns the next uniform number in [0, 1). */
  public double uniform() {
    return (bits() >>> 11) * 0x1.0p-53;
  }

  /** Returns the next standard normal number; takes two words and drops the pair's second. */
  public double normal() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log1p(-uniform()));
    return radius * StrictMath.cos(2 * StrictMath.PI * uniform());
  }

  /**
   * Returns the next whole number in [0, n), without bias: the high word of a 128-bit product, with
   * rejection (Lemire, "Fast Random Integer Generation in an Interval", 2019).
   */
  public int bounded(int n) {
    if (n <= 0) {
      throw new IllegalArgumentException("bound must be positive, not " + n);
    }
    // 2^64 mod n, with n positive and 2^64 - n taken as an unsigned number
    long threshold = Long.remainderUnsigned(-(long) n, n);
    while (true) {
      long word = bits();
      if (Long.compareUnsigned(word * n, threshold) >= 0) {
        // unsigned high word: multiplyHigh treats the word as signed
        return (int) (Math.multiplyHigh(word, n) + ((word >> 63) & n));
      }
    }
  }

  /** Returns true with the given probability. */
  public boolean chance(double probability) {
    return uniform() < probability;
  }

  /** Returns the next category, in proportion to the weights. */
  public int categorical(double[] weights) {
    return categorical(uniform(), weights);
  }

  /** Returns the next element of a list, all equally likely. */
  public <T> T pick(List<T> from) {
    return from.get(bounded(from.size()));
  }

  /** Puts the array into random order (Fisher–Yates from the last element down). */
  public void shuffle(int[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = bounded(i + 1);
      int swapped = values[i];
      values[i] = values[j];
      values[j] = swapped;
    }
  }

  /** Returns the numbers 0 to n-1 in random order. */
  public int[] permutation(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    shuffle(order);
    return order;
  }

  /**
   * Returns the smallest i whose cumulative weight exceeds u times the total; the last one with a
   * weight when rounding leaves none.
   */
  static int categorical(double u, double[] weights) {
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    double target = u * total;
    double cumulative = 0;
    int last = -1;
    for (int i = 0; i < weights.length; i++) {
      cumulative += weights[i];
      if (weights[i] > 0) {
        last = i;
        if (target < cumulative) {
          return i;
        }
      }
    }
    if (last < 0) {
      throw new IllegalArgumentException("no category has a positive weight");
    }
    return last;
  }

  /** Two 64-bit words of each block, at indices first, first + stride, ... */
  private static final class BlockWords implements LongSupplier {

    private final RandomStream stream;
    private final long stride;
    private long index;
    private int[] block = {};

    BlockWords(RandomStream stream, long first, long stride) {
      this.stream = stream;
      this.index = first;
      this.stride = stride;
    }

    @Override
    public long getAsLong() {
      int[] words = block;
      if (words.length == 0) {
        words = stream.block(index);
        index += stride;
        block = words;
        return join(words[0], words[1]);
      }
      block = new int[] {};
      return join(words[2], words[3]);
    }

    private static long join(int high, int low) {
      return ((long) high << 32) | (low & 0xFFFFFFFFL);
    }
  }
}
