package org.plumbline.dsl.spec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;

/**
 * Writes plain data as JSON whose bytes depend on the data alone: keys in the order of the
 * language, no blanks, and numbers in one form.
 */
final class CanonicalJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private CanonicalJson() {}

  static String write(Object plain) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
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
