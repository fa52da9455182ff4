// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.bind;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes plain data as JSON whose bytes depend on the data alone: keys in the order of the
 * language, no blanks, and numbers in one form.
 */
public final class PlainJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private PlainJson() {}

  /** The data on one line without blanks: equal data gives equal bytes. */
  public static String write(Object plain) {
    return text(plain, null);
  }

  /** The data on many lines, for people; ends with a line break. */
  public static String pretty(Object plain) {
    // Not the line break of the machine: the same text everywhere.
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    return text(plain, new DefaultPrettyPrinter().withObjectIndenter(indenter)) + "\n";
  }

  private static String text(Object plain, @Nullable PrettyPrinter printer) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      if (printer != null) {
        json.setPrettyPrinter(printer);
      }
      write(plain, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(Object plain, JsonGenerator json) throws IOException {
    if (plain instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.writeFieldName((String) entry.getKey());
        write(entry.getValue(), json);
      }
      json.writeEndObject();
    } else if (plain instanceof List<?> list) {
      json.writeStartArray();
      for (Object item : list) {
        write(item, json);
      }
      json.writeEndArray();
    } else if (plain instanceof Double number) {
      json.writeNumber(number(number));
    } else if (plain instanceof Long || plain instanceof Integer) {
      json.writeNumber(((Number) plain).longValue());
    } else if (plain instanceof java.math.BigInteger number) {
      json.writeNumber(number);
    } else if (plain instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else {
      json.writeString((String) plain);
    }
  }

  /**
   * The shortest decimal that reads as the same number, always with a point or an exponent, so that
   * a real stays a real. Not {@code Double.toString}: before JDK 19 that is not the shortest
   * (JDK-4511638), and digests must not depend on the JDK.
   */
  static String number(double value) {
    if (value == 0) {
      return "0.0";
    }
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 1; digits <= 17; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits));
      if (rounded.doubleValue() == value) {
        return text(rounded.stripTrailingZeros());
      }
    }
    throw new IllegalStateException("not a finite number: " + value);
  }

  private static String text(BigDecimal number) {
    int exponent = number.precision() - number.scale() - 1;
    if (exponent >= -6 && exponent < 16) {
      String plain = number.toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    return number.unscaledValue().signum() < 0
        ? "-" + scientific(number.negate(), exponent)
        : scientific(number, exponent);
  }

  private static String scientific(BigDecimal number, int exponent) {
    String digits = number.unscaledValue().toString();
    String rest = digits.length() > 1 ? digits.substring(1) : "0";
    return digits.charAt(0) + "." + rest + "E" + exponent;
  }
}
