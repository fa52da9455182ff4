// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import java.util.Arrays;

/** Rows of token ids, put together and taken apart. */
final class Tokens {
  private Tokens() {}

  static int[] joined(int[] first, int[] second) {
    int[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  static int[] with(int[] ids, int last) {
    return joined(ids, new int[] {last});
  }

  static int[] from(int[] ids, int from, int to) {
    return Arrays.copyOfRange(ids, from, to);
  }

  static boolean begin(int[] ids, int[] beginning) {
    return ids.length >= beginning.length
        && Arrays.equals(ids, 0, beginning.length, beginning, 0, beginning.length);
  }

  /** The last tokens, after what every text begins with. */
  static int[] end(int[] ids, int most, int[] beginning) {
    if (ids.length <= most) {
      return ids;
    }
    boolean kept = beginning.length < most && begin(ids, beginning);
    int[] first = kept ? beginning : new int[0];
    return joined(first, from(ids, ids.length - most + first.length, ids.length));
  }
}
