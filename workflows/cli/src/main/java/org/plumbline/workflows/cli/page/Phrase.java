// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.page;

import java.util.Locale;

/** Small words. */
public final class Phrase {

  private Phrase() {}

  /** {@code 1 recipe}, {@code 7 recipes}. */
  public static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** {@code 812 B}, {@code 4.2 kB}, {@code 310.5 MB}. */
  static String bytes(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    double value = bytes;
    String unit = "B";
    for (String larger : new String[] {"kB", "MB", "GB", "TB"}) {
      if (value < 999.95) {
        break;
      }
      value /= 1000;
      unit = larger;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, unit);
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

  /**
   * A line broken between words where it is wider than a terminal.
   *
   * @param hang how far further lines are moved to the right
   */
  public static String fit(String line, int width, int hang) {
    StringBuilder fitted = new StringBuilder();
    String rest = line;
    int indent = 0;
    while (indent + rest.length() > width) {
      int end = rest.lastIndexOf(' ', width - indent);
      if (rest.substring(0, Math.max(0, end)).isBlank()) {
        end = rest.indexOf(' ', width - indent); // a word that is longer than the line
      }
      if (end < 0) {
        break;
      }
      fitted.append(" ".repeat(indent)).append(rest.substring(0, end).stripTrailing()).append('\n');
      rest = rest.substring(end + 1).stripLeading();
      indent = hang;
    }
    return fitted.append(" ".repeat(indent)).append(rest).toString();
  }
}
