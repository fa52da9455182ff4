// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.bind;

import java.math.BigDecimal;
import java.util.Locale;
import org.plumbline.dsl.model.shape.Field;
import org.plumbline.dsl.model.shape.NumberRange;
import org.plumbline.dsl.model.shape.Type;

/** Words for types and ranges in messages. */
public final class Wording {
  private Wording() {}

  /** What a value must be: {@code a whole number}. */
  public static String of(Type type) {
    if (type instanceof Type.Text) {
      return "text";
    } else if (type instanceof Type.Whole) {
      return "a whole number";
    } else if (type instanceof Type.Real) {
      return "a number";
    } else if (type instanceof Type.Flag) {
      return "`true` or `false`";
    } else if (type instanceof Type.Choice choice) {
      return "one of " + Suggest.list(choice.constants().keySet());
    } else if (type instanceof Type.ListOf) {
      return "a list";
    } else if (type instanceof Type.Anything) {
      return "a value";
    }
    return "a block of keys";
  }

  /** What a number must be: {@code greater than 0 and at most 1}. */
  public static String of(NumberRange range) {
    String low = range.lowIncluded() ? "at least " : "greater than ";
    String high = range.highIncluded() ? "at most " : "less than ";
    if (range.high() == Double.POSITIVE_INFINITY) {
      return low + number(range.low());
    } else if (range.low() == Double.NEGATIVE_INFINITY) {
      return high + number(range.high());
    }
    return low + number(range.low()) + " and " + high + number(range.high());
  }

  /** What a key means and what it is by default, as a note. */
  public static String meaning(Field field) {
    StringBuilder text = new StringBuilder("`" + field.name() + "`: " + field.doc());
    if (!field.unit().isEmpty()) {
      text.append(" [").append(field.unit()).append(']');
    }
    if (field.defaultText() != null && !field.defaultText().equals("{}")) {
      text.append("; default ").append(field.defaultText());
    }
    return text.toString();
  }

  /** A number as people write it: {@code 1}, not {@code 1.0}. */
  public static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return String.format(Locale.ROOT, "%d", (long) value);
    }
    return BigDecimal.valueOf(value).stripTrailingZeros().toString();
  }
}
