// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.page;

/** Small words. */
public final class Phrase {

  private Phrase() {}

  /** {@code 1 recipe}, {@code 7 recipes}. */
  public static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** The first digits of a digest. */
  static String brief(String digest) {
    return digest.length() <= 12 ? digest : digest.substring(0, 12) + "…";
  }

  /** The text, filled up with blanks on the right. */
  public static String left(String text, int width) {
    return text.length() >= width ? text : text + " ".repeat(width - text.length());
  }

  /** The text, filled up with blanks on the left. */
  public static String right(String text, int width) {
    return text.length() >= width ? text : " ".repeat(width - text.length()) + text;
  }
}
