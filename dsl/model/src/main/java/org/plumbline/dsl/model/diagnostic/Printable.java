// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.diagnostic;

import java.util.Locale;
import java.util.function.IntPredicate;

/**
 * Shows foreign text as it is, but for those signs that do something to whoever shows it: they are
 * spelled out, as in <code>&#92;u001b</code>.
 *
 * <p>Control characters and escape sequences repaint a terminal or type into it; bidirectional
 * controls, invisible signs and separators of lines make a text look other than it is; halves of
 * characters cannot be written at all. Signs that join letters, which several languages and emoji
 * need, stay.
 */
public final class Printable {
  private Printable() {}

  /** Text of one line: line breaks and tabs are spelled out, too. */
  public static String line(String text) {
    return shown(text, Printable::acts);
  }

  /** Text of several lines: line feeds and tabs stay. */
  public static String text(String text) {
    return shown(text, c -> c != '\n' && c != '\t' && acts(c));
  }

  /** A JSON document that means the same: such signs can only stand in its strings. */
  public static String json(String document) {
    if (document.codePoints().noneMatch(c -> c >= ' ' && acts(c))) {
      return document;
    }
    StringBuilder out = new StringBuilder(document.length());
    for (int i = 0; i < document.length(); ) {
      int c = document.codePointAt(i);
      int length = Character.charCount(c);
      if (c >= ' ' && acts(c)) {
        for (int j = i; j < i + length; j++) {
          out.append(unit(document.charAt(j)));
        }
      } else {
        out.append(document, i, i + length);
      }
      i += length;
    }
    return out.toString();
  }

  private static String shown(String text, IntPredicate spelled) {
    if (text.codePoints().noneMatch(spelled)) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              if (!spelled.test(c)) {
                out.appendCodePoint(c);
              } else if (c > 0xffff) {
                out.append(String.format(Locale.ROOT, "\\u{%x}", c));
              } else {
                out.append(unit((char) c));
              }
            });
    return out.toString();
  }

  private static String unit(char c) {
    return String.format(Locale.ROOT, "\\u%04x", (int) c);
  }

  /** Whether a sign does something, or cannot be seen. */
  private static boolean acts(int c) {
    if (c < 0x7f) {
      return c < ' ';
    }
    return c < 0xa0 // delete, and the second set of controls
        || c == 0x61c // Arabic letter mark
        || c == 0x180e
        || c == 0x200b // without width
        || c == 0x200e // marks of direction
        || c == 0x200f
        || (c >= 0x2028 && c <= 0x202e) // ends of lines and paragraphs; embeddings, overrides
        || (c >= 0x2060 && c <= 0x206f) // invisible operators; isolates
        || (c >= 0xd800 && c <= 0xdfff) // halves of characters
        || c == 0xfeff
        || (c >= 0xfff9 && c <= 0xfffb)
        || (c & 0xfffe) == 0xfffe // no characters
        || (c >= 0xfdd0 && c <= 0xfdef)
        || (c >= 0xe0000 && c <= 0xe007f); // invisible copies of ASCII
  }
}
