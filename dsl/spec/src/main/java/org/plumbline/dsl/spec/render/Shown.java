// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.render;

import java.util.Locale;
import org.plumbline.dsl.model.diagnostic.Printable;

/** How foreign text is laid out on a terminal. */
final class Shown {
  private Shown() {}

  /** The text on one line, with a blank for every tab; what acts on a terminal is spelled out. */
  static String of(String text) {
    return Printable.line(text.replace('\t', ' '));
  }

  /** How many columns a terminal takes for the text. */
  static int width(String text) {
    return text.codePoints().map(Shown::width).sum();
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
