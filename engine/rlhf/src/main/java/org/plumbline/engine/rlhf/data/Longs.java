// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import java.util.Arrays;

/** A growing list of numbers: 8 bytes for each. */
final class Longs {
  private long[] values = new long[1 << 10];
  private int size;

  void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size + (size >> 1));
    }
    values[size++] = value;
  }

  int size() {
    return size;
  }

  long get(int index) {
    return values[index];
  }

  /** The numbers in ascending order. */
  long[] sorted() {
    long[] sorted = Arrays.copyOf(values, size);
    Arrays.sort(sorted);
    return sorted;
  }
}
