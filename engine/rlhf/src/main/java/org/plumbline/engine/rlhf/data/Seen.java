// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/**
 * Remembers rows by 64 bits of the SHA-256 of their texts: at most 24 bytes for a row, so that
 * millions of rows leave room. Among ten million different rows, two are taken for equal with a
 * probability of 3 in a million.
 */
final class Seen {
  private long[] slots = new long[1 << 10];
  private int used;

  /** Remembers a row; false if it was known. */
  boolean add(List<String> row) {
    if (3L * used > 2L * slots.length) {
      grow();
    }
    boolean fresh = put(word(row));
    used += fresh ? 1 : 0;
    return fresh;
  }

  /** Whether a row is known. */
  boolean contains(List<String> row) {
    long word = word(row);
    int at = start(word);
    while (slots[at] != 0) {
      if (slots[at] == word) {
        return true;
      }
      at = at + 1 & slots.length - 1;
    }
    return false;
  }

  private boolean put(long word) {
    int at = start(word);
    while (slots[at] != 0) {
      if (slots[at] == word) {
        return false;
      }
      at = at + 1 & slots.length - 1;
    }
    slots[at] = word;
    return true;
  }

  private int start(long word) {
    return (int) word & slots.length - 1;
  }

  private void grow() {
    long[] old = slots;
    slots = new long[2 * old.length];
    for (long word : old) {
      if (word != 0) {
        put(word);
      }
    }
  }

  private static long word(List<String> row) {
    MessageDigest digest = TextHash.sha256();
    for (String text : row) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
      digest.update(bytes);
    }
    long word = ByteBuffer.wrap(digest.digest()).getLong();
    // 0 marks a free slot.
    return word == 0 ? 1 : word;
  }
}
