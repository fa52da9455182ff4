// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data.parquet;

/** Counts what was left out of the rows of a file. */
final class Restoration {
  private long rows;
  private boolean inRow;

  /** A row begins. */
  void row() {
    inRow = false;
  }

  /** So many fields of a struct were null. */
  void absent(int fields) {
    if (fields > 0 && !inRow) {
      inRow = true;
      rows++;
    }
  }

  /** How many rows had structs with fields that are null. */
  long rows() {
    return rows;
  }
}
