// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.jinja;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.plumbline.engine.lm.jinja.TemplateValues.Callable;
import org.plumbline.engine.lm.jinja.TemplateValues.Lazy;
import org.plumbline.engine.lm.jinja.TemplateValues.None;
import org.plumbline.engine.lm.jinja.TemplateValues.Safe;
import org.plumbline.engine.lm.jinja.TemplateValues.Undefined;

/** What can follow {@code is}. */
final class Tests {

  /** Tests by the names that stand for comparing with something. */
  private static final Map<String, String> COMPARISONS =
      Map.ofEntries(
          Map.entry("==", "=="),
          Map.entry("eq", "=="),
          Map.entry("equalto", "=="),
          Map.entry("ne", "!="),
          Map.entry("!=", "!="),
          Map.entry("lt", "<"),
          Map.entry("<", "<"),
          Map.entry("lessthan", "<"),
          Map.entry("le", "<="),
          Map.entry("<=", "<="),
          Map.entry("gt", ">"),
          Map.entry(">", ">"),
          Map.entry("greaterthan", ">"),
          Map.entry("ge", ">="),
          Map.entry(">=", ">="),
          Map.entry("in", "in"));

  private Tests() {}

  static boolean apply(String test, Object value, Arguments arguments) {
    TemplateLimits.use(value);
    String comparison = COMPARISONS.get(test);
    if (comparison != null) {
      return Expression.holds(comparison, value, arguments.bind(test, "other").need(0));
    }
    if (test.equals("divisibleby") || test.equals("sameas")) {
      Object other = arguments.bind(test, "other").need(0);
      return test.equals("sameas") ? same(value, other) : remainder(value, other) == 0;
    }
    arguments.bind(test);
    return switch (test) {
      case "defined" -> !(value instanceof Undefined);
      case "undefined" -> value instanceof Undefined;
      case "none" -> value instanceof None;
      case "true" -> value.equals(true);
      case "false" -> value.equals(false);
      case "boolean" -> value instanceof Boolean;
      case "integer" -> value instanceof Long;
      case "float" -> value instanceof Double;
      case "number" -> TemplateValues.isNumber(value);
      case "string" -> isText(value);
      case "mapping" -> value instanceof Map<?, ?>;
      // as in Python, where something undefined has a length and can be gone through
      case "sequence" -> isSequence(value) || value instanceof Undefined;
      case "iterable" -> isSequence(value) || value instanceof Undefined || value instanceof Lazy;
      case "callable" -> value instanceof Callable;
      case "odd" -> remainder(value, 2L) == 1;
      case "even" -> remainder(value, 2L) == 0;
      case "lower" -> Text.of(value).equals(Text.of(value).toLowerCase(Locale.ROOT));
      case "upper" -> Text.of(value).equals(Text.of(value).toUpperCase(Locale.ROOT));
      default -> throw new TemplateException("the test `" + test + "` is not supported");
    };
  }

  private static boolean isText(Object value) {
    return value instanceof String || value instanceof Safe;
  }

  private static boolean isSequence(Object value) {
    return isText(value) || value instanceof List<?> || value instanceof Map<?, ?>;
  }

  private static boolean same(Object a, Object b) {
    TemplateLimits.use(b);
    boolean small = a instanceof String || a instanceof Long || a instanceof Boolean;
    return a == b || (small && a.equals(b));
  }

  private static long remainder(Object value, Object divisor) {
    Object rest = Arithmetic.apply("%", value, divisor);
    return rest instanceof Long whole ? whole : ((Double) rest).equals(0.0) ? 0 : -1;
  }
}
