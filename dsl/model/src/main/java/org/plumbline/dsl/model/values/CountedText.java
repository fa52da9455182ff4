// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.values;

/**
 * A text that only so many characters are read of, however often: what a regular expression looks
 * through, so that one that goes back and forth without end is found out. Not thread-safe.
 */
public final class CountedText implements CharSequence {
  private final String text;
  private long left;

  /**
   * A text to be read.
   *
   * @param most how many characters may be read before {@link TooMuch} is thrown
   */
  public CountedText(String text, long most) {
    this.text = text;
    this.left = most;
  }

  /** That more was read than may be. */
  public static final class TooMuch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooMuch() {
      super("too many characters are read", null, false, false);
    }
  }

  @Override
  public char charAt(int index) {
    if (left-- <= 0) {
      throw new TooMuch();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
