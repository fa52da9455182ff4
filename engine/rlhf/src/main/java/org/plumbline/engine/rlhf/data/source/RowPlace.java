// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data.source;

/**
 * A place in a file.
 *
 * @param file the file as the user names it
 * @param line counted from 1; for a file without lines the row
 * @param column counted from 1; 0 if the whole line is meant, -1 if {@code line} is a row
 */
public record RowPlace(String file, long line, long column) {

  /** A row of a file that has no lines. */
  public static RowPlace row(String file, long row) {
    return new RowPlace(file, row, -1);
  }

  /** The same line as a whole. */
  RowPlace wholeLine() {
    return new RowPlace(file, line, 0);
  }

  /** {@code file:line}, {@code file:line:column}, or {@code file, row 7}. */
  @Override
  public String toString() {
    if (column < 0) {
      return file + ", row " + line;
    }
    return column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
  }
}
