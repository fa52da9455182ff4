package org.plumbline.dsl.spec.render;

import java.util.Locale;

/** Makes foreign text safe and predictable on a terminal. */
final class Printable {
  private Printable() {}

  /** The text with a blank for every tab and a mark for every character that moves the cursor. */
  static String of(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints().forEach(c -> safe.appendCodePoint(shown(c)));
    return safe.toString();
  }

  /** How many columns a terminal takes for the text. */
  static int width(String text) {
    return text.codePoints().map(Printable::width).sum();
  }

  private static int shown(int c) {
    if (c == '\t') {
      return ' ';
    }
    // Escape sequences could repaint the screen, and bidirectional marks could reorder the line.
    boolean format = Character.getType(c) == Character.FORMAT;
    return Character.isISOControl(c) || format ? '\ufffd' : c;
  }

  private static int width(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    boolean wide =
        (c >= 0x1100 && c <= 0x115f)
            || (c >= 0x2e80 && c <= 0xa4cf)
            || (c >= 0xac00 && c <= 0xd7a3)
            || (c >= 0xf900 && c <= 0xfaff)
            || (c >= 0xfe30 && c <= 0xfe6f)
            || (c >= 0xff00 && c <= 0xff60)
            || (c >= 0xffe0 && c <= 0xffe6)
            || (c >= 0x1f300 && c <= 0x1faff)
            || (c >= 0x20000 && c <= 0x3fffd);
    return wide ? 2 : 1;
  }

  /** {@code 1 error}, {@code 2 errors}. */
  static String count(long number, String noun) {
    return String.format(Locale.ROOT, "%d %s%s", number, noun, number == 1 ? "" : "s");
  }
}
