// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.jinja;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import org.plumbline.engine.lm.jinja.TemplateValues.None;
import org.plumbline.engine.lm.jinja.TemplateValues.Safe;
import org.plumbline.engine.lm.jinja.TemplateValues.Tuple;
import org.plumbline.engine.lm.jinja.TemplateValues.Undefined;

/** Texts: how values print, and what Python does with strings. */
final class Text {

  /** What finding the digits of a number costs, in characters. */
  private static final int NUMBER = 1 << 14;

  /** So many characters are compared before they are counted. */
  private static final int SEARCHED = 1 << 12;

  private Text() {}

  /** Returns what a value prints as, Python's {@code str}. */
  static String of(Object value) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof Safe safe) {
      return safe.text();
    }
    return value instanceof Undefined ? "" : repr(value);
  }

  /** Returns a text that is one, or the empty text for something undefined. */
  static String required(Object value, String what) {
    if (value instanceof String text) {
      return text;
    }
    throw new TemplateException(what + " must be a text, not " + TemplateValues.type(value));
  }

  /** Returns a value as it is written in Python. */
  static String repr(Object value) {
    StringBuilder written = new StringBuilder();
    write(value, written);
    return written.toString();
  }

  private static void write(Object value, StringBuilder out) {
    TemplateLimits.length(out.length());
    if (value instanceof String text) {
      out.append(quoted(text));
    } else if (value instanceof None) {
      out.append("None");
    } else if (value instanceof Boolean bool) {
      out.append(bool ? "True" : "False");
    } else if (value instanceof Long || value instanceof BigInteger) {
      out.append(value);
    } else if (value instanceof Double number) {
      out.append(number(number));
    } else if (value instanceof Tuple tuple) {
      write(tuple, out.append('('));
      out.append(tuple.size() == 1 ? ",)" : ")");
    } else if (value instanceof List<?> list) {
      write(list, out.append('['));
      out.append(']');
    } else if (value instanceof Map<?, ?> map) {
      out.append('{');
      String comma = "";
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        write(entry.getKey(), out.append(comma));
        write(entry.getValue(), out.append(": "));
        comma = ", ";
      }
      out.append('}');
    } else {
      throw new TemplateException(TemplateValues.type(value) + " cannot be printed");
    }
  }

  private static void write(List<?> items, StringBuilder out) {
    String comma = "";
    for (Object item : items) {
      write(item, out.append(comma));
      comma = ", ";
    }
  }

  /** Returns the shortest digits that give the number again, as Python writes them. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    TemplateLimits.work(NUMBER);
    BigDecimal exact = new BigDecimal(value);
    BigDecimal shortest = exact;
    for (int digits = 1; digits <= 17; digits++) {
      shortest = exact.round(new MathContext(digits));
      if (shortest.doubleValue() == value) {
        break;
      }
    }
    shortest = shortest.stripTrailingZeros();
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= -4 && exponent < 16) {
      String plain = shortest.toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    String mantissa = shortest.movePointLeft(exponent).stripTrailingZeros().toPlainString();
    return mantissa + String.format(Locale.ROOT, "e%+03d", exponent);
  }

  private static String quoted(String text) {
    char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
    StringBuilder written = new StringBuilder().append(quote);
    text.codePoints()
        .forEach(
            c -> {
              if (c == quote || c == '\\') {
                written.append('\\').append((char) c);
              } else if (c == '\n' || c == '\r' || c == '\t') {
                written.append(c == '\n' ? "\\n" : c == '\r' ? "\\r" : "\\t");
              } else if (printable(c)) {
                written.appendCodePoint(c);
              } else {
                written.append(escape(c));
              }
            });
    return written.append(quote).toString();
  }

  private static String escape(int c) {
    if (c < 0x100) {
      return "\\x" + HexFormat.of().toHexDigits((byte) c);
    }
    return c < 0x10000
        ? "\\u" + HexFormat.of().toHexDigits((char) c)
        : "\\U" + HexFormat.of().toHexDigits(c);
  }

  private static boolean printable(int c) {
    return c == ' '
        || switch (Character.getType(c)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.PRIVATE_USE,
              Character.UNASSIGNED,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR,
              Character.SPACE_SEPARATOR ->
              false;
          default -> true;
        };
  }

  /** Returns each code point as a text. */
  static List<String> characters(String text) {
    return text.codePoints().mapToObj(Character::toString).toList();
  }

  /** Returns a code point as a text. */
  static String character(String text, int index) {
    TemplateLimits.work(text.length());
    return Character.toString(text.codePointAt(text.offsetByCodePoints(0, index)));
  }

  /** Joins what items print as. */
  static String joined(List<?> items, String separator) {
    StringBuilder all = new StringBuilder();
    String between = "";
    for (Object item : items) {
      all.append(between).append(of(item));
      between = separator;
      TemplateLimits.length(all.length());
    }
    TemplateLimits.work(all.length());
    return all.toString();
  }

  static int compare(String a, String b) {
    TemplateLimits.work((long) a.length() + b.length());
    int[] left = a.codePoints().toArray();
    int[] right = b.codePoints().toArray();
    return java.util.Arrays.compare(left, right);
  }

  /** Strips white space, or the given characters, from the left, the right, or both. */
  static String stripped(String text, Object characters, boolean left, boolean right) {
    IntPredicate goes = Text::isSpace;
    if (!(characters instanceof None)) {
      BitSet set = new BitSet();
      required(characters, "what is stripped").codePoints().forEach(set::set);
      goes = set::get;
    }
    int start = 0;
    int end = text.length();
    while (left && start < end && goes.test(text.codePointAt(start))) {
      start += Character.charCount(text.codePointAt(start));
    }
    while (right && end > start && goes.test(text.codePointBefore(end))) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(start, end);
  }

  /** Python's white space, {@link Lexer#SPACE}. */
  static boolean isSpace(int c) {
    return (c >= '\t' && c <= '\r')
        || (c >= 0x1c && c <= ' ')
        || c == 0x85
        || c == 0xa0
        || c == 0x1680
        || (c >= 0x2000 && c <= 0x200a)
        || c == 0x2028
        || c == 0x2029
        || c == 0x202f
        || c == 0x205f
        || c == 0x3000;
  }

  /** Returns where a text has another first, from a place on, or -1; counts what is compared. */
  static int find(String text, String part, int from) {
    return search(text, part, from, 1);
  }

  /** Returns where a text has another last, or -1; counts what is compared. */
  static int findLast(String text, String part, int from) {
    return search(text, part, Math.min(from, text.length() - part.length()), -1);
  }

  private static int search(String text, String part, int from, int by) {
    int last = text.length() - part.length();
    long compared = 0;
    int found = -1;
    for (int i = from; found < 0 && i >= 0 && i <= last; i += by) {
      int same = 0;
      while (same < part.length() && text.charAt(i + same) == part.charAt(same)) {
        same++;
      }
      found = same == part.length() ? i : -1;
      compared += same + 1;
      if (compared > SEARCHED) {
        TemplateLimits.work(compared);
        compared = 0;
      }
    }
    TemplateLimits.work(compared);
    return found;
  }

  /** Splits at a separator, or at white space for None, at most so often (all if negative). */
  static List<Object> split(String text, Object separator, int most) {
    List<Object> parts = new ArrayList<>();
    if (separator instanceof None) {
      int from = skip(text, 0, true);
      while (from < text.length() && (most < 0 || parts.size() < most)) {
        int end = skip(text, from, false);
        part(parts, text.substring(from, end));
        from = skip(text, end, true);
      }
      if (from < text.length()) {
        parts.add(stripped(text.substring(from), separator, false, true));
      }
      return parts;
    }
    String by = separator(separator);
    int from = 0;
    int at = find(text, by, 0);
    while (at >= 0 && (most < 0 || parts.size() < most)) {
      part(parts, text.substring(from, at));
      from = at + by.length();
      at = find(text, by, from);
    }
    parts.add(text.substring(from));
    return parts;
  }

  /** Returns where white space, or what is none, ends. */
  private static int skip(String text, int from, boolean space) {
    int at = from;
    while (at < text.length() && isSpace(text.charAt(at)) == space) {
      at++;
    }
    return at;
  }

  /** Adds one more part that a text is taken apart into. */
  static void part(List<Object> parts, String part) {
    parts.add(part);
    TemplateLimits.items(parts.size());
    TemplateLimits.work(TemplateLimits.ITEM);
  }

  /** Splits at a separator from the right. */
  static List<Object> splitFromRight(String text, Object separator, int most) {
    if (separator instanceof None) {
      throw new TemplateException("`rsplit` without a separator is not supported");
    }
    String by = separator(separator);
    List<Object> parts = new ArrayList<>();
    int end = text.length();
    int at = findLast(text, by, end);
    while (at >= 0 && (most < 0 || parts.size() < most)) {
      part(parts, text.substring(at + by.length(), end));
      end = at;
      at = findLast(text, by, end - by.length());
    }
    parts.add(text.substring(0, end));
    Collections.reverse(parts);
    return parts;
  }

  /** Returns how often a text has another that is not empty. */
  static long count(String text, String part) {
    long count = 0;
    for (int at = find(text, part, 0); at >= 0; at = find(text, part, at + part.length())) {
      count++;
    }
    return count;
  }

  static String separator(Object given) {
    String by = required(given, "a separator");
    if (by.isEmpty()) {
      throw new TemplateException("a separator must not be empty");
    }
    return by;
  }

  /** Replaces at most so many occurrences (all if negative). */
  static String replaced(String text, String old, String by, int most) {
    if (old.isEmpty()) {
      throw new TemplateException("replacing an empty text is not supported");
    }
    StringBuilder result = new StringBuilder();
    int from = 0;
    int at = find(text, old, 0);
    for (int n = 0; at >= 0 && n != most; n++) {
      TemplateLimits.length((long) result.length() + by.length());
      result.append(text, from, at).append(by);
      from = at + old.length();
      at = find(text, old, from);
    }
    return result.append(text.substring(from)).toString();
  }

  /** Makes the first character upper case and the others lower case. */
  static String capitalized(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int end = text.offsetByCodePoints(0, 1);
    return text.substring(0, end).toUpperCase(Locale.ROOT)
        + text.substring(end).toLowerCase(Locale.ROOT);
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&#39;")
        .replace("\"", "&#34;");
  }
}
