// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

/** How many words are put in, left out or replaced between two texts (Levenshtein 1966). */
final class EditDistance {
  private EditDistance() {}

  static int words(String one, String other) {
    String[] from = one.strip().split("\\s+");
    String[] to = other.strip().split("\\s+");
    int[] row = new int[to.length + 1];
    for (int j = 0; j <= to.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length; i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length; j++) {
        int replaced = diagonal + (from[i - 1].equals(to[j - 1]) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length];
  }
}
