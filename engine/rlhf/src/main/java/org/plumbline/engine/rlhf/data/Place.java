package org.plumbline.engine.rlhf.data;

/**
 * A place in a file.
 *
 * @param file the file as the user names it
 * @param line counted from 1
 * @param column counted from 1; 0 if the whole line is meant
 */
public record Place(String file, long line, long column) {

  /** The same line as a whole. */
  Place wholeLine() {
    return new Place(file, line, 0);
  }

  /** {@code file:line} or {@code file:line:column}. */
  @Override
  public String toString() {
    return column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
  }
}
