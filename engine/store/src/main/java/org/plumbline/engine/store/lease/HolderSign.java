// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.lease;

/**
 * What a holder writes down of itself.
 *
 * @param token its fencing token
 * @param beat grows as long as it lives
 * @param machine that it is on; empty if it has given the right back
 */
record HolderSign(long token, long beat, String machine) {
  private static final int PARTS = 3;

  /** Reads a sign; what is none is that of nobody. */
  static HolderSign parse(String text) {
    String[] parts = text.strip().split(" ", -1);
    boolean known = parts[0].matches("\\d{1,18}");
    long token = known ? Long.parseLong(parts[0]) : 0;
    if (!known || parts.length != PARTS || !parts[1].matches("\\d{1,18}")) {
      return new HolderSign(token, 0, ""); // of nobody, or of an older version: a token alone
    }
    return new HolderSign(token, Long.parseLong(parts[1]), parts[2]);
  }

  String text() {
    return token + " " + beat + (machine.isEmpty() ? "" : " " + machine);
  }

  /** Whether the holder may live although its lock is free, for it is on another machine. */
  boolean elsewhere() {
    return !machine.isEmpty() && !machine.equals(Machine.id());
  }
}
