// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.tree;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers and truth values as they are written in YAML 1.2's core schema. */
public final class Scalars {
  private static final Pattern REAL =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+");

  /** Larger than any number that a spec can hold, in every base. */
  private static final int MOST_DIGITS = 2000;

  private Scalars() {}

  /** What an unquoted text means: a number, a truth value, or the text itself. */
  public static Object resolve(String text) {
    Optional<Object> whole = whole(text);
    if (whole.isPresent()) {
      return whole.get();
    }
    return switch (text) {
      case "true", "True", "TRUE" -> true;
      case "false", "False", "FALSE" -> false;
      default -> real(text).<Object>map(value -> value).orElse(text);
    };
  }

  /** A whole number as {@code Long}, or as {@code BigInteger} if it does not fit. */
  public static Optional<Object> whole(String text) {
    if (text.startsWith("0x") || text.startsWith("0o")) {
      int radix = text.charAt(1) == 'x' ? 16 : 8;
      return digits(text.substring(2), radix);
    }
    return WHOLE.matcher(text).matches() ? digits(text, 10) : Optional.empty();
  }

  /** A real number; {@code .nan} and {@code .inf} included. */
  public static Optional<Double> real(String text) {
    return switch (text) {
      case ".nan", ".NaN", ".NAN" -> Optional.of(Double.NaN);
      case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF" ->
          Optional.of(Double.POSITIVE_INFINITY);
      case "-.inf", "-.Inf", "-.INF" -> Optional.of(Double.NEGATIVE_INFINITY);
      default ->
          REAL.matcher(text).matches() ? Optional.of(Double.parseDouble(text)) : Optional.empty();
    };
  }

  private static Optional<Object> digits(String digits, int radix) {
    try {
      BigInteger value = new BigInteger(few(digits, radix), radix);
      return Optional.of(value.bitLength() < 64 ? (Object) value.longValue() : value);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * As many digits as it takes to be too large for everything: the time to read them all grows with
   * the square of their number.
   */
  private static String few(String digits, int radix) {
    boolean numeric = digits.chars().skip(1).allMatch(c -> Character.digit(c, radix) >= 0);
    if (digits.length() <= MOST_DIGITS || !numeric) {
      return digits;
    }
    int start = 0;
    while (start < digits.length() - 1 && "+-0".indexOf(digits.charAt(start)) >= 0) {
      start++;
    }
    String sign = digits.startsWith("-") ? "-" : "";
    return sign + digits.substring(start, Math.min(digits.length(), start + MOST_DIGITS));
  }
}
