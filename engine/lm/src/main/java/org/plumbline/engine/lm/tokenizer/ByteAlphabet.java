// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.tokenizer;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The printable characters that stand for bytes in byte-level BPE: printable bytes for themselves,
 * the others moved to 256 and above, in order.
 *
 * <p>Radford et al. 2019, section 2.2, and the mapping in GPT-2's published encoder.
 */
final class ByteAlphabet {

  private static final char[] CHARACTERS = characters();

  private ByteAlphabet() {}

  static char character(int unsignedByte) {
    return CHARACTERS[unsignedByte];
  }

  /** Returns all 256 characters by code point. */
  static char[] sorted() {
    char[] sorted = CHARACTERS.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  private static char[] characters() {
    char[] characters = new char[256];
    int moved = 256;
    for (int b : IntStream.range(0, 256).toArray()) {
      boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xFF && b != 0xAD);
      characters[b] = (char) (printable ? b : moved++);
    }
    return characters;
  }
}
