// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.jinja;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.jinja.TemplateValues.Safe;
import org.plumbline.engine.lm.jinja.TemplateValues.Tuple;

/** Python's operators on numbers, texts and lists. Integers have 64 bits and never wrap. */
final class Arithmetic {

  /** What comparing real numbers costs, in characters. */
  private static final int EXACT = 1 << 10;

  private Arithmetic() {}

  static int compare(Object a, Object b) {
    Object left = number(a);
    Object right = number(b);
    if (left instanceof Long x && right instanceof Long y) {
      return Long.compare(x, y);
    }
    double x = ((Number) left).doubleValue();
    double y = ((Number) right).doubleValue();
    if (Double.isFinite(x) && Double.isFinite(y)) {
      TemplateLimits.work(EXACT);
      return exact(left).compareTo(exact(right));
    }
    return Double.compare(x, y);
  }

  private static BigDecimal exact(Object number) {
    return number instanceof Long whole ? new BigDecimal(whole) : new BigDecimal((Double) number);
  }

  private static Object number(Object value) {
    return value instanceof Boolean bool ? (Object) (bool ? 1L : 0L) : value;
  }

  static Object negative(Object value) {
    if (!TemplateValues.isNumber(value)) {
      throw new TemplateException(TemplateValues.type(value) + " has no negative");
    }
    Object number = number(value);
    return number instanceof Long whole ? (Object) Math.negateExact(whole) : -(Double) number;
  }

  /** Computes {@code a operator b} for {@code + - * / // % **}. */
  static Object apply(String operator, Object a, Object b) {
    if (TemplateValues.isNumber(a) && TemplateValues.isNumber(b)) {
      try {
        return numbers(operator, number(a), number(b));
      } catch (ArithmeticException e) {
        throw new TemplateException(
            "`" + operator + "` of " + Text.of(a) + " and " + Text.of(b) + " is not possible");
      }
    }
    if (operator.equals("+")) {
      Object sum = sum(a, b);
      if (sum != null) {
        return sum;
      }
    }
    if (operator.equals("*") && (a instanceof Long || b instanceof Long)) {
      Object repeated = a instanceof Long times ? repeated(b, times) : null;
      repeated = b instanceof Long times ? repeated(a, times) : repeated;
      if (repeated != null) {
        return repeated;
      }
    }
    throw new TemplateException(
        "`"
            + operator
            + "` is not possible between "
            + TemplateValues.type(a)
            + " and "
            + TemplateValues.type(b));
  }

  private static Object numbers(String operator, Object a, Object b) {
    double x = ((Number) a).doubleValue();
    double y = ((Number) b).doubleValue();
    boolean whole = a instanceof Long && b instanceof Long;
    long m = whole ? (Long) a : 0;
    long n = whole ? (Long) b : 0;
    if (y == 0 && (operator.startsWith("/") || operator.equals("%"))) {
      throw new ArithmeticException();
    }
    return switch (operator) {
      case "+" -> whole ? (Object) Math.addExact(m, n) : x + y;
      case "-" -> whole ? (Object) Math.subtractExact(m, n) : x - y;
      case "*" -> whole ? (Object) Math.multiplyExact(m, n) : x * y;
      case "/" -> x / y;
      case "//" -> whole ? (Object) Math.floorDiv(m, n) : Math.floor(x / y);
      case "%" -> whole ? (Object) Math.floorMod(m, n) : x - y * Math.floor(x / y);
      case "**" -> whole && n >= 0 ? (Object) power(m, n) : StrictMath.pow(x, y);
      default -> throw new AssertionError(operator);
    };
  }

  private static long power(long base, long exponent) {
    if (exponent > 64 && Math.abs(base) > 1) {
      throw new ArithmeticException();
    }
    long result = 1;
    for (long i = exponent > 64 ? exponent % 2 + 2 : exponent; i > 0; i--) {
      result = Math.multiplyExact(result, base);
    }
    return result;
  }

  private static @Nullable Object sum(Object a, Object b) {
    if (a instanceof Safe || b instanceof Safe) {
      boolean texts = (a instanceof Safe || a instanceof String);
      if (!texts || !(b instanceof Safe || b instanceof String)) {
        return null;
      }
      String left = escaped(a);
      String right = escaped(b);
      TemplateLimits.length((long) left.length() + right.length());
      return new Safe(left + right);
    }
    if (a instanceof String left && b instanceof String right) {
      TemplateLimits.length((long) left.length() + right.length());
      return left + right;
    }
    if (a instanceof List<?> left
        && b instanceof List<?> right
        && a instanceof Tuple == b instanceof Tuple) {
      TemplateLimits.items((long) left.size() + right.size());
      List<Object> all = new ArrayList<>(left);
      all.addAll(right);
      return a instanceof Tuple ? new Tuple(all) : all;
    }
    return null;
  }

  private static String escaped(Object value) {
    return value instanceof Safe safe ? safe.text() : Text.escaped((String) value);
  }

  private static @Nullable Object repeated(Object value, long times) {
    long n = Math.max(0, Math.min(times, Integer.MAX_VALUE));
    if (value instanceof String text) {
      TemplateLimits.length(n * text.length());
      return text.repeat((int) n);
    }
    if (value instanceof List<?> list) {
      TemplateLimits.items(n * list.size());
      List<Object> all = new ArrayList<>();
      for (int i = 0; i < n && !list.isEmpty(); i++) {
        all.addAll(list);
      }
      return value instanceof Tuple ? new Tuple(all) : all;
    }
    return null;
  }
}
