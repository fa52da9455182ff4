// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.engine.lm.jinja.TemplateValues.Callable;
import org.plumbline.engine.lm.jinja.TemplateValues.None;
import org.plumbline.engine.lm.jinja.TemplateValues.Tuple;
import org.plumbline.engine.lm.jinja.TemplateValues.Undefined;

/** Something with a value. Evaluate it by {@link Frame#value}, which counts. */
sealed interface Expression {

  Object evaluate(Frame frame);

  record Literal(Object value) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      return value;
    }
  }

  record Name(String name) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      return frame.get(name);
    }
  }

  /** A list, or a tuple. */
  record Items(List<Expression> items, boolean tuple) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      List<Object> values = values(items, frame);
      return tuple ? new Tuple(values) : values;
    }
  }

  record Entry(Expression key, Expression value) {}

  record Mapping(List<Entry> entries) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      Map<Object, Object> values = new LinkedHashMap<>();
      for (Entry entry : entries) {
        values.put(TemplateValues.key(frame.value(entry.key())), frame.value(entry.value()));
      }
      return values;
    }
  }

  record Attribute(Expression of, String name) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      return TemplateValues.attribute(frame.value(of), name);
    }
  }

  record Item(Expression of, Expression key) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      return TemplateValues.item(frame.value(of), frame.value(key));
    }
  }

  record Slice(Expression of, Expression start, Expression stop, Expression step)
      implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      return TemplateValues.slice(
          frame.value(of), frame.value(start), frame.value(stop), frame.value(step));
    }
  }

  /** What stands in parentheses after a function, filter or test. */
  record Given(List<Expression> positional, Map<String, Expression> named) {
    static final Given NOTHING = new Given(List.of(), Map.of());

    Arguments evaluate(Frame frame) {
      Map<String, Object> values = new LinkedHashMap<>();
      named.forEach((name, expression) -> values.put(name, frame.value(expression)));
      return new Arguments(values(positional, frame), values);
    }
  }

  record Call(Expression function, Given given) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      Object value = frame.value(function);
      if (value instanceof Callable callable) {
        return callable.call(given.evaluate(frame));
      }
      if (value instanceof Undefined undefined) {
        throw undefined.error();
      }
      throw new TemplateException(TemplateValues.type(value) + " cannot be called");
    }
  }

  record Filtered(Expression of, String filter, Given given) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      return Filters.apply(filter, frame.value(of), given.evaluate(frame));
    }
  }

  record Tested(Expression of, String test, Given given) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      return Tests.apply(test, frame.value(of), given.evaluate(frame));
    }
  }

  record Not(Expression of) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      return !frame.truth(of);
    }
  }

  record And(Expression left, Expression right) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      Object value = frame.value(left);
      return TemplateValues.truth(value) ? frame.value(right) : value;
    }
  }

  record Or(Expression left, Expression right) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      Object value = frame.value(left);
      return TemplateValues.truth(value) ? value : frame.value(right);
    }
  }

  record Choice(Expression then, Expression condition, Expression otherwise) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      return frame.value(frame.truth(condition) ? then : otherwise);
    }
  }

  /** What a choice without {@code else} gives. */
  record Missing() implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      return new Undefined("the missing else of an if");
    }
  }

  record Comparison(String operator, Expression right) {}

  /** A chain such as {@code a < b <= c}. */
  record Compared(Expression first, List<Comparison> rest) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      Object left = frame.value(first);
      for (Comparison next : rest) {
        Object right = frame.value(next.right());
        if (!holds(next.operator(), left, right)) {
          return false;
        }
        left = right;
      }
      return true;
    }
  }

  /** Texts joined by {@code ~}. */
  record Joined(List<Expression> parts) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      return Text.joined(values(parts, frame), "");
    }
  }

  record Computed(String operator, Expression left, Expression right) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      return Arithmetic.apply(operator, frame.value(left), frame.value(right));
    }
  }

  record Negative(Expression of) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      return Arithmetic.negative(frame.value(of));
    }
  }

  Literal NONE = new Literal(None.NONE);

  static List<Object> values(List<Expression> expressions, Frame frame) {
    List<Object> values = new ArrayList<>();
    expressions.forEach(expression -> values.add(frame.value(expression)));
    return values;
  }

  /** Compares two values by an operator. */
  static boolean holds(String operator, Object left, Object right) {
    return switch (operator) {
      case "==" -> TemplateValues.equal(left, right);
      case "!=" -> !TemplateValues.equal(left, right);
      case "in" -> TemplateValues.contains(right, left);
      case "not in" -> !TemplateValues.contains(right, left);
      case "<" -> TemplateValues.compare(left, right) < 0;
      case "<=" -> TemplateValues.compare(left, right) <= 0;
      case ">" -> TemplateValues.compare(left, right) > 0;
      case ">=" -> TemplateValues.compare(left, right) >= 0;
      default -> throw new AssertionError(operator);
    };
  }
}
