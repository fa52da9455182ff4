// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.jinja;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.jinja.TemplateValues.Undefined;

/** The variables that a block sees: its own, and those of the blocks around it. */
final class Frame {

  /** What Jinja has everywhere, and chat templates do not use. */
  private static final Set<String> UNSUPPORTED =
      Set.of("self", "super", "lipsum", "cycler", "joiner", "varargs", "kwargs");

  private final @Nullable Frame outer;
  private final TemplateLimits limits;
  private final Map<String, Object> variables = new HashMap<>();

  Frame(Map<String, Object> variables, TemplateLimits limits) {
    this.outer = null;
    this.limits = limits;
    this.variables.putAll(variables);
  }

  private Frame(Frame outer) {
    this.outer = outer;
    this.limits = outer.limits;
  }

  Frame inner() {
    return new Frame(this);
  }

  TemplateLimits limits() {
    return limits;
  }

  void set(String name, Object value) {
    variables.put(name, value);
  }

  Object get(String name) {
    for (Frame frame = this; frame != null; frame = frame.outer) {
      Object value = frame.variables.get(name);
      if (value != null) {
        return value;
      }
    }
    if (UNSUPPORTED.contains(name)) {
      throw new TemplateException("`" + name + "` is not supported");
    }
    return new Undefined(name);
  }

  /** Computes an expression, and counts the step. */
  Object value(Expression expression) {
    Object value = expression.evaluate(this);
    limits.step(value);
    return value;
  }

  boolean truth(Expression expression) {
    return TemplateValues.truth(value(expression));
  }
}
