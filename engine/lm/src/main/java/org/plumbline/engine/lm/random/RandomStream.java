// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.random;

/**
 * Random numbers as a pure function of (seed, purpose, step, index): nothing is consumed, so
 * nothing has to be saved, and every machine, batch size and order of work sees the same numbers.
 *
 * <p>Philox4x32-10 with key = seed and counter = (index, purpose, step). Immutable and thread-safe.
 * Logarithms and cosines are {@link StrictMath}'s, whose bits do not depend on the machine.
 */
public final class RandomStream {

  private final long seed;
  private final RandomPurpose purpose;
  private final int step;

  private RandomStream(long seed, RandomPurpose purpose, int step) {
    this.seed = seed;
    this.purpose = purpose;
    this.step = step;
  }

  /** Names a stream; {@code step} counts whatever the caller repeats (update, epoch, round). */
  public static RandomStream of(long seed, RandomPurpose purpose, int step) {
    return new RandomStream(seed, purpose, step);
  }

  /** Returns the stream of the same seed and purpose at another step. */
  public RandomStream at(int otherStep) {
    return new RandomStream(seed, purpose, otherStep);
  }

  /** Returns the stream of the same seed and step for another purpose. */
  public RandomStream forPurpose(RandomPurpose other) {
    return new RandomStream(seed, other, step);
  }

  public int[] block(long index) {
    int[] counter = {(int) index, (int) (index >>> 32), purpose.stream(), step};
    return Philox.block(counter, (int) seed, (int) (seed >>> 32));
  }

  /** Returns the uniform number in [0, 1) at an index. */
  public double uniform(long index) {
    int[] words = block(index);
    return unit(words[0], words[1]);
  }

  /** Returns the standard normal number at an index (Box–Muller, first of the pair). */
  public double normal(long index) {
    return normalPair(index)[0];
  }

  public double[] normalPair(long index) {
    int[] words = block(index);
    double radius = StrictMath.sqrt(-2 * StrictMath.log1p(-unit(words[0], words[1])));
    double angle = 2 * StrictMath.PI * unit(words[2], words[3]);
    return new double[] {radius * StrictMath.cos(angle), radius * StrictMath.sin(angle)};
  }

  /** Returns the category drawn at an index, in proportion to the weights. */
  public int categorical(long index, double[] weights) {
    return RandomSequence.categorical(uniform(index), weights);
  }

  /**
   * Returns as many numbers as wanted that belong to one item; the first equals {@link #uniform} at
   * that index, and no two items below 2^48 share any.
   */
  public RandomSequence forItem(long item) {
    return new RandomSequence(this, item, 1L << 48);
  }

  /** Returns a sequence of numbers from index 0 on, for example to shuffle. */
  public RandomSequence sequence() {
    return new RandomSequence(this, 0, 1);
  }

  /** Returns the numbers 0 to n-1 in random order. */
  public int[] permutation(int n) {
    return sequence().permutation(n);
  }

  static double unit(int high, int low) {
    return ((((long) high << 32) | (low & 0xFFFFFFFFL)) >>> 11) * 0x1.0p-53;
  }
}
