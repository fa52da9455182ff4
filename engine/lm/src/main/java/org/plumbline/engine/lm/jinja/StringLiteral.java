// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.jinja;

/** What stands between the quotes of a string, with Python's escapes. */
final class StringLiteral {

  private static final String ESCAPES = "\\'\"nrtabfv";
  private static final String MEANINGS = "\\'\"\n\r\t\u0007\b\f\u000b";

  private StringLiteral() {}

  static String value(String written, int line) {
    StringBuilder value = new StringBuilder();
    for (int i = 0; i < written.length(); i++) {
      char c = written.charAt(i);
      if (c != '\\') {
        value.append(c);
        continue;
      }
      char escape = written.charAt(++i);
      int plain = ESCAPES.indexOf(escape);
      int digits = escape == 'x' ? 2 : escape == 'u' ? 4 : escape == 'U' ? 8 : 0;
      if (plain >= 0) {
        value.append(MEANINGS.charAt(plain));
      } else if (digits > 0) {
        value.appendCodePoint(code(written, i + 1, digits, line));
        i += digits;
      } else if (escape >= '0' && escape <= '7') {
        int end = i;
        while (end < Math.min(i + 3, written.length())
            && written.charAt(end) >= '0'
            && written.charAt(end) <= '7') {
          end++;
        }
        value.append((char) Integer.parseInt(written.substring(i, end), 8));
        i = end - 1;
      } else if (escape == 'N') {
        throw new TemplateException(line, "the escape `\\N` is not supported");
      } else if (escape != '\n') {
        value.append('\\').append(escape); // as Python, which keeps what it does not know
      }
    }
    return value.toString();
  }

  private static int code(String written, int from, int digits, int line) {
    try {
      int code = Integer.parseInt(written.substring(from, from + digits), 16);
      if (Character.isValidCodePoint(code)) {
        return code;
      }
    } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
      // reported below, with what was written
    }
    throw new TemplateException(line, "`" + written + "` has an escape that is no character");
  }
}
