// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.BitSet;
import java.util.Deque;

/**
 * Looks through SentencePiece's table of characters to replace: a double-array trie (Darts) and the
 * texts that its leaves point to. The library reads beyond the end of one that is damaged.
 */
final class CharsmapCheck {

  /** Bytes of what stands for a character; the longest known has 33. */
  private static final int LONGEST = 256;

  private final int[] units;
  private final byte[] texts;
  private int longest = 1;

  private CharsmapCheck(int[] units, byte[] texts) {
    this.units = units;
    this.texts = texts;
  }

  /**
   * Checks a table.
   *
   * @return how many times longer a text may become
   * @throws IllegalArgumentException if it is damaged
   */
  static int growth(String base64) {
    ByteBuffer bytes =
        ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.remaining() < Integer.BYTES) {
      throw damaged();
    }
    long size = Integer.toUnsignedLong(bytes.getInt());
    if (size < Integer.BYTES || size % Integer.BYTES != 0 || size > bytes.remaining()) {
      throw damaged();
    }
    int[] units = new int[(int) size / Integer.BYTES];
    bytes.asIntBuffer().get(units);
    bytes.position(bytes.position() + (int) size);
    byte[] texts = new byte[bytes.remaining()];
    bytes.get(texts);
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(texts));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("is not UTF-8", e);
    }
    CharsmapCheck check = new CharsmapCheck(units, texts);
    check.walk();
    return check.longest;
  }

  /** Goes wherever a text could lead, and sees that it is within the trie. */
  private void walk() {
    BitSet seen = new BitSet();
    Deque<Integer> open = new ArrayDeque<>();
    open.add(offset(units[0]));
    while (!open.isEmpty()) {
      int base = open.remove();
      if (seen.get(base)) {
        continue;
      }
      seen.set(base);
      for (int key = 1; key < 256; key++) {
        int unit = unit(base ^ key);
        if ((unit & 0x800000FF) == key) {
          int next = base ^ key ^ offset(unit);
          if ((unit >> 8 & 1) == 1) {
            leaf(unit(next) & 0x7FFFFFFF);
          }
          open.add(next);
        }
      }
    }
  }

  private int unit(int at) {
    if (at < 0 || at >= units.length) {
      throw damaged();
    }
    return units[at];
  }

  /** Darts' encoding of a distance: 21 bits, or as many times 256. */
  private static int offset(int unit) {
    return (unit >>> 10) << ((unit & (1 << 9)) >>> 6);
  }

  private void leaf(int from) {
    if (from > texts.length || (from < texts.length && !VocabularyCheck.begins(texts[from]))) {
      throw damaged();
    }
    int end = from;
    while (end < texts.length && texts[end] != 0) {
      end++;
    }
    longest = Math.max(longest, end - from);
    if (longest > LONGEST) {
      throw new IllegalArgumentException("makes one character " + LONGEST + " bytes and more");
    }
  }

  private static IllegalArgumentException damaged() {
    return new IllegalArgumentException("is damaged");
  }
}
