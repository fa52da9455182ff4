// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.plan;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes plain data as JSON text that depends on nothing but the data: keys sorted, no white space,
 * numbers in their shortest form (JSON Canonicalization Scheme, RFC 8785, section 3.2).
 *
 * <p>Whole numbers of more than 53 bits are written in full, where RFC 8785 would round them.
 */
public final class CanonicalJson {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private CanonicalJson() {}

  /** The canonical text of maps, lists, texts, numbers, flags and null. */
  public static String write(@Nullable Object plain) {
    StringBuilder out = new StringBuilder(256);
    value(plain, out);
    return out.toString();
  }

  private static void value(@Nullable Object plain, StringBuilder out) {
    if (plain == null || plain instanceof Boolean) {
      out.append(plain);
    } else if (plain instanceof String text) {
      text(text, out);
    } else if (plain instanceof Double number) {
      out.append(number(number));
    } else if (plain instanceof Long || plain instanceof Integer) {
      out.append(plain);
    } else if (plain instanceof Map<?, ?> map) {
      map(map, out);
    } else if (plain instanceof Iterable<?> list) {
      list(list, out);
    } else {
      throw new IllegalArgumentException("not plain data: " + plain.getClass());
    }
  }

  private static void map(Map<?, ?> map, StringBuilder out) {
    out.append('{');
    boolean first = true;
    for (Map.Entry<?, ?> entry : new TreeMap<>(map).entrySet()) {
      if (!first) {
        out.append(',');
      }
      first = false;
      text((String) entry.getKey(), out);
      out.append(':');
      value(entry.getValue(), out);
    }
    out.append('}');
  }

  private static void list(Iterable<?> list, StringBuilder out) {
    out.append('[');
    for (Iterator<?> items = list.iterator(); items.hasNext(); ) {
      value(items.next(), out);
      if (items.hasNext()) {
        out.append(',');
      }
    }
    out.append(']');
  }

  private static void text(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < 0x20) {
            out.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 15]);
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /** As ECMAScript writes a number: the shortest digits that read back as the same double. */
  static String number(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new IllegalArgumentException("JSON has no " + value);
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal shortest = shortest(value);
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= -6 && exponent < 21) {
      return shortest.toPlainString();
    }
    String digits = shortest.unscaledValue().abs().toString();
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    String sign = value < 0 ? "-" : "";
    return sign + digits.charAt(0) + fraction + "e" + (exponent > 0 ? "+" : "") + exponent;
  }

  /**
   * Not left to {@link Double#toString}, which before JDK 19 sometimes gives a digit too many
   * (JDK-4511638): keys must not depend on the JDK.
   */
  private static BigDecimal shortest(double value) {
    BigDecimal written = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    BigDecimal best = written;
    BigDecimal exact = new BigDecimal(value);
    for (int digits = written.precision(); digits >= 1; digits--) {
      BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (rounded.doubleValue() != value) {
        break;
      }
      best = rounded;
    }
    return best.stripTrailingZeros();
  }
}
