package org.plumbline.engine.lm.jinja;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.plumbline.engine.lm.jinja.Values.None;
import org.plumbline.engine.lm.jinja.Values.Safe;
import org.plumbline.engine.lm.jinja.Values.Tuple;
import org.plumbline.engine.lm.jinja.Values.Undefined;

/** Texts: how values print, and what Python does with strings. */
final class Text {

  private static final Pattern LEADING = Pattern.compile("\\A" + Lexer.SPACE + "+");
  private static final Pattern TRAILING = Pattern.compile(Lexer.SPACE + "+\\z");

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
    throw new TemplateException(what + " must be a text, not " + Values.type(value));
  }

  /** Returns a value as it is written in Python. */
  static String repr(Object value) {
    StringBuilder written = new StringBuilder();
    write(value, written);
    return written.toString();
  }

  private static void write(Object value, StringBuilder out) {
    Limits.length(out.length());
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
      throw new TemplateException(Values.type(value) + " cannot be printed");
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
                String form = c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x";
                written.append(String.format(Locale.ROOT, form, c));
              }
            });
    return written.append(quote).toString();
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

  /** Joins what items print as. */
  static String joined(List<?> items, String separator) {
    StringBuilder all = new StringBuilder();
    String between = "";
    for (Object item : items) {
      all.append(between).append(of(item));
      between = separator;
      Limits.length(all.length());
    }
    return all.toString();
  }

  static int compare(String a, String b) {
    int[] left = a.codePoints().toArray();
    int[] right = b.codePoints().toArray();
    return java.util.Arrays.compare(left, right);
  }

  /** Strips white space, or the given characters, from the left, the right, or both. */
  static String stripped(String text, Object characters, boolean left, boolean right) {
    if (characters instanceof None) {
      String result = left ? LEADING.matcher(text).replaceFirst("") : text;
      return right ? TRAILING.matcher(result).replaceFirst("") : result;
    }
    String set = required(characters, "what is stripped");
    int start = 0;
    int end = text.length();
    while (left && start < end && set.indexOf(text.codePointAt(start)) >= 0) {
      start += Character.charCount(text.codePointAt(start));
    }
    while (right && end > start && set.indexOf(text.codePointBefore(end)) >= 0) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(start, end);
  }

  /** Splits at a separator, or at white space for None, at most so often (all if negative). */
  static List<Object> split(String text, Object separator, int most) {
    List<Object> parts = new ArrayList<>();
    if (separator instanceof None) {
      String rest = stripped(text, separator, true, false);
      while (!rest.isEmpty() && (most < 0 || parts.size() < most)) {
        String[] two = rest.split(Lexer.SPACE + "+", 2);
        parts.add(two[0]);
        rest = two.length > 1 ? two[1] : "";
      }
      if (!rest.isEmpty()) {
        parts.add(stripped(rest, separator, false, true));
      }
      return parts;
    }
    String by = separator(separator);
    int from = 0;
    int at = text.indexOf(by);
    while (at >= 0 && (most < 0 || parts.size() < most)) {
      parts.add(text.substring(from, at));
      from = at + by.length();
      at = text.indexOf(by, from);
    }
    parts.add(text.substring(from));
    return parts;
  }

  /** Splits at a separator from the right. */
  static List<Object> splitFromRight(String text, Object separator, int most) {
    if (separator instanceof None) {
      throw new TemplateException("`rsplit` without a separator is not supported");
    }
    String by = separator(separator);
    List<Object> parts = new ArrayList<>();
    String rest = text;
    int at = rest.lastIndexOf(by);
    while (at >= 0 && (most < 0 || parts.size() < most)) {
      parts.add(0, rest.substring(at + by.length()));
      rest = rest.substring(0, at);
      at = rest.lastIndexOf(by);
    }
    parts.add(0, rest);
    return parts;
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
    int at = text.indexOf(old);
    for (int n = 0; at >= 0 && n != most; n++) {
      Limits.length((long) result.length() + by.length());
      result.append(text, from, at).append(by);
      from = at + old.length();
      at = text.indexOf(old, from);
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
