// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.jinja;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.jinja.TemplateValues.Callable;
import org.plumbline.engine.lm.jinja.TemplateValues.Namespace;
import org.plumbline.engine.lm.jinja.TemplateValues.Undefined;

/** Something that writes text or sets variables. */
sealed interface Statement {

  /** How it goes on. */
  enum Flow {
    NEXT,
    BREAK,
    CONTINUE
  }

  Flow execute(Frame frame, StringBuilder out);

  /** Statements in order, each with the line where it begins. */
  record Block(List<Statement> statements, List<Integer> lines) implements Statement {
    static final Block EMPTY = new Block(List.of(), List.of());

    @Override
    public Flow execute(Frame frame, StringBuilder out) {
      for (int i = 0; i < statements.size(); i++) {
        try {
          Flow flow = statements.get(i).execute(frame, out);
          TemplateLimits.length(out.length());
          if (flow != Flow.NEXT) {
            return flow;
          }
        } catch (TemplateException e) {
          throw e.at(lines.get(i));
        }
      }
      return Flow.NEXT;
    }

    String text(Frame frame) {
      StringBuilder text = new StringBuilder();
      execute(frame, text);
      return text.toString();
    }
  }

  record Data(String text) implements Statement {
    @Override
    public Flow execute(Frame frame, StringBuilder out) {
      frame.limits().step(text);
      out.append(text);
      return Flow.NEXT;
    }
  }

  record Output(Expression expression) implements Statement {
    @Override
    public Flow execute(Frame frame, StringBuilder out) {
      out.append(Text.of(frame.value(expression)));
      return Flow.NEXT;
    }
  }

  record Branch(Expression condition, Block then, Block otherwise) implements Statement {
    @Override
    public Flow execute(Frame frame, StringBuilder out) {
      return (frame.truth(condition) ? then : otherwise).execute(frame, out);
    }
  }

  record For(
      Target target, Expression items, @Nullable Expression condition, Block body, Block otherwise)
      implements Statement {
    @Override
    public Flow execute(Frame frame, StringBuilder out) {
      Iterator<Object> all = TemplateValues.items(frame.value(items)).iterator();
      Loop loop = new Loop(condition == null ? all : new Kept(all, frame, target, condition));
      boolean any = false;
      while (loop.advance()) {
        any = true;
        Frame inner = frame.inner();
        inner.set("loop", loop);
        target.set(inner, loop.current());
        frame.limits().step(loop.current());
        if (body.execute(inner, out) == Flow.BREAK) {
          break;
        }
      }
      return any ? Flow.NEXT : otherwise.execute(frame.inner(), out);
    }
  }

  /** The items of a loop that its condition keeps. */
  final class Kept implements Iterator<Object> {
    private final Iterator<Object> all;
    private final Frame frame;
    private final Target target;
    private final Expression condition;
    private @Nullable Object next;

    Kept(Iterator<Object> all, Frame frame, Target target, Expression condition) {
      this.all = all;
      this.frame = frame;
      this.target = target;
      this.condition = condition;
    }

    @Override
    public boolean hasNext() {
      while (next == null && all.hasNext()) {
        Object item = all.next();
        Frame inner = frame.inner();
        target.set(inner, item);
        next = inner.truth(condition) ? item : null;
      }
      return next != null;
    }

    @Override
    public Object next() {
      Object item = hasNext() ? next : null;
      if (item == null) {
        throw new java.util.NoSuchElementException();
      }
      next = null;
      return item;
    }
  }

  record Set(Target target, Expression value) implements Statement {
    @Override
    public Flow execute(Frame frame, StringBuilder out) {
      target.set(frame, frame.value(value));
      return Flow.NEXT;
    }
  }

  /** {@code set} with a body, whose text goes through filters. */
  record SetText(Target target, Block body, Expression filtered) implements Statement {
    @Override
    public Flow execute(Frame frame, StringBuilder out) {
      Frame inner = frame.inner();
      inner.set(BODY, body.text(frame.inner()));
      target.set(frame, inner.value(filtered));
      return Flow.NEXT;
    }
  }

  /** {@code filter}: a body whose text goes through filters. */
  record Filter(Block body, Expression filtered) implements Statement {
    @Override
    public Flow execute(Frame frame, StringBuilder out) {
      Frame inner = frame.inner();
      inner.set(BODY, body.text(frame.inner()));
      out.append(Text.of(inner.value(filtered)));
      return Flow.NEXT;
    }
  }

  /** The name of a body's text; no template can spell it. */
  String BODY = " body";

  /** A body with variables of its own: {@code with}, and {@code generation}, which has none. */
  record With(List<Target> targets, List<Expression> values, Block body) implements Statement {
    @Override
    public Flow execute(Frame frame, StringBuilder out) {
      Frame inner = frame.inner();
      for (int i = 0; i < targets.size(); i++) {
        targets.get(i).set(inner, frame.value(values.get(i)));
      }
      return body.execute(inner, out);
    }
  }

  record Jump(Flow flow) implements Statement {
    @Override
    public Flow execute(Frame frame, StringBuilder out) {
      return flow;
    }
  }

  /** A parameter of a macro. */
  record Parameter(String name, @Nullable Expression fallback) {}

  record Macro(String name, List<Parameter> parameters, Block body) implements Statement {
    @Override
    public Flow execute(Frame frame, StringBuilder out) {
      frame.set(name, in(frame));
      return Flow.NEXT;
    }

    /** Returns the macro as it is called, seeing the variables of where it stands. */
    Callable in(Frame outer) {
      return arguments -> {
        Frame frame = outer.inner();
        Map<String, Object> named = new java.util.LinkedHashMap<>(arguments.named());
        Object caller = named.remove("caller");
        frame.set("caller", caller == null ? new Undefined("caller") : caller);
        String[] names = parameters.stream().map(Parameter::name).toArray(String[]::new);
        Arguments.Bound bound = new Arguments(arguments.positional(), named).bind(name, names);
        for (int i = 0; i < names.length; i++) {
          Expression fallback = parameters.get(i).fallback();
          Object missing = new Undefined(names[i]);
          Object value = bound.get(i, missing);
          if (value == missing && fallback != null) {
            value = frame.value(fallback);
          }
          frame.set(names[i], value);
        }
        frame.limits().enterCall();
        try {
          return body.text(frame);
        } finally {
          frame.limits().leaveCall();
        }
      };
    }
  }

  /** {@code call}: a macro that is given the body as {@code caller}. */
  record CallBlock(Macro caller, Expression function, Expression.Given given) implements Statement {
    @Override
    public Flow execute(Frame frame, StringBuilder out) {
      Arguments arguments = given.evaluate(frame);
      Map<String, Object> named = new java.util.LinkedHashMap<>(arguments.named());
      named.put("caller", caller.in(frame));
      if (!(frame.value(function) instanceof Callable callable)) {
        throw new TemplateException("`call` needs a macro");
      }
      out.append(Text.of(callable.call(new Arguments(arguments.positional(), named))));
      return Flow.NEXT;
    }
  }

  /** What a value is given to: a name, an attribute of a namespace, or several targets. */
  sealed interface Target {
    void set(Frame frame, Object value);
  }

  record NameTarget(String name) implements Target {
    @Override
    public void set(Frame frame, Object value) {
      frame.set(name, value);
    }
  }

  record AttributeTarget(String namespace, String attribute) implements Target {
    @Override
    public void set(Frame frame, Object value) {
      if (!(frame.get(namespace) instanceof Namespace target)) {
        throw new TemplateException(
            "`" + namespace + "` is no namespace: its attributes cannot be set");
      }
      target.set(attribute, value);
    }
  }

  record TupleTarget(List<Target> targets) implements Target {
    @Override
    public void set(Frame frame, Object value) {
      List<Object> parts = TemplateValues.items(value);
      if (parts.size() != targets.size()) {
        throw new TemplateException(
            parts.size() + " values cannot go to " + targets.size() + " names");
      }
      for (int i = 0; i < parts.size(); i++) {
        targets.get(i).set(frame, parts.get(i));
      }
    }
  }
}
