// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

import java.nio.charset.StandardCharsets;

/**
 * The SplitMix64 generator.
 *
 * <p>Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014; the
 * constants are those of the public-domain reference by Vigna. Bounded draws follow Lemire, "Fast
 * random integer generation in an interval", 2019, arXiv:1805.10941: multiply high, reject the
 * short remainder.
 */
public final class SplitMix64 {

  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  /** A stream that starts from {@code seed}. */
  public SplitMix64(long seed) {
    state = seed;
  }

  /** A stream of its own for a purpose, so that adding one use never shifts another. */
  public static SplitMix64 stream(long seed, String purpose) {
    long hash = 0xCBF29CE484222325L; // FNV-1a, 64 bits
    for (byte b : purpose.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * 0x100000001B3L;
    }
    return new SplitMix64(new SplitMix64(seed).nextLong() ^ hash);
  }

  /** The next 64 bits. */
  public long nextLong() {
    state += GAMMA;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** A double in [0, 1) with 53 random bits. */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** An int in [0, {@code bound}), without bias. */
  public int bounded(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound must be positive: " + bound);
    }
    long n = bound;
    long short_ = Long.remainderUnsigned(-n, n); // 2^64 mod n
    while (true) {
      long x = nextLong();
      if (Long.compareUnsigned(x * n, short_) >= 0) {
        return (int) multiplyHighUnsigned(x, n);
      }
    }
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

  // Math.unsignedMultiplyHigh exists only from JDK 18 on.
  private static long multiplyHighUnsigned(long x, long n) {
    return Math.multiplyHigh(x, n) + (x < 0 ? n : 0);
  }
}
