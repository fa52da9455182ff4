// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.plumbline.engine.lm.jinja.Arguments.Bound;
import org.plumbline.engine.lm.jinja.TemplateValues.Lazy;
import org.plumbline.engine.lm.jinja.TemplateValues.None;
import org.plumbline.engine.lm.jinja.TemplateValues.Safe;
import org.plumbline.engine.lm.jinja.TemplateValues.Tuple;
import org.plumbline.engine.lm.jinja.TemplateValues.Undefined;

/** What can follow {@code |}. */
final class Filters {

  private interface Filter {
    Object apply(Object value, Arguments arguments);
  }

  private static final Map<String, Filter> ALL = new HashMap<>();

  static {
    texts();
    lists();
    choosing();
    numbers();
    ALL.put("default", Filters::fallback);
    ALL.put("d", Filters::fallback);
    ALL.put("tojson", (v, a) -> JinjaJson.of(v, a));
  }

  private Filters() {}

  static Object apply(String name, Object value, Arguments arguments) {
    Filter filter = ALL.get(name);
    if (filter == null) {
      throw new TemplateException("the filter `" + name + "` is not supported");
    }
    TemplateLimits.use(value);
    Object result = filter.apply(value, arguments);
    TemplateLimits.use(result);
    return result;
  }

  private static Object fallback(Object value, Arguments arguments) {
    Bound b = arguments.bind("default", "default_value", "boolean");
    boolean missing = value instanceof Undefined || (b.truth(1) && !TemplateValues.truth(value));
    return missing ? b.get(0, "") : value;
  }

  // ---- texts ----

  private static void texts() {
    text("trim", (t, a) -> Text.stripped(t, a.bind("trim", "chars").get(0, None.NONE), true, true));
    text("upper", (t, a) -> t.toUpperCase(Locale.ROOT));
    text("lower", (t, a) -> t.toLowerCase(Locale.ROOT));
    text("capitalize", (t, a) -> Text.capitalized(t));
    text("string", (t, a) -> t);
    text("indent", Filters::indent);
    text(
        "replace",
        (t, a) -> {
          Bound b = a.bind("replace", "old", "new", "count");
          return Text.replaced(t, Text.of(b.need(0)), Text.of(b.need(1)), b.whole(2, -1));
        });
    ALL.put("safe", (v, a) -> new Safe(Text.of(v)));
  }

  private interface TextFilter {
    Object apply(String text, Arguments arguments);
  }

  private static void text(String name, TextFilter filter) {
    ALL.put(
        name,
        (value, arguments) -> {
          if (value instanceof Safe) {
            throw new TemplateException(
                "the filter `" + name + "` on a text marked `safe` is not supported");
          }
          return filter.apply(Text.of(value), arguments);
        });
  }

  private static Object indent(String text, Arguments arguments) {
    Bound b = arguments.bind("indent", "width", "first", "blank");
    String by =
        b.get(0, 4L) instanceof String given
            ? given
            : " ".repeat(Math.max(0, Math.min(1000, b.whole(0, 4))));
    TemplateLimits.items(text.chars().filter(c -> c == '\n').count());
    String[] lines = text.split("\n", -1);
    TemplateLimits.length(text.length() + (long) lines.length * by.length());
    StringBuilder result = new StringBuilder(b.truth(1) ? by : "");
    for (int i = 0; i < lines.length; i++) {
      boolean indented = i > 0 && (b.truth(2) || !lines[i].isEmpty());
      result.append(i > 0 ? "\n" : "").append(indented ? by : "").append(lines[i]);
    }
    return result.toString();
  }

  // ---- lists ----

  private static void lists() {
    ALL.put("length", (v, a) -> TemplateValues.length(v));
    ALL.put("count", (v, a) -> TemplateValues.length(v));
    ALL.put("list", (v, a) -> new ArrayList<>(TemplateValues.items(v)));
    ALL.put("first", (v, a) -> end(TemplateValues.items(v), true));
    ALL.put("last", (v, a) -> end(TemplateValues.items(v), false));
    ALL.put("reverse", Filters::reversed);
    ALL.put("join", Filters::join);
    ALL.put("items", (v, a) -> items(v));
    ALL.put("dictsort", Filters::dictsort);
    ALL.put("sort", Filters::sort);
  }

  private static Object end(List<Object> items, boolean first) {
    if (items.isEmpty()) {
      return new Undefined(first ? "the first of no items" : "the last of no items");
    }
    return items.get(first ? 0 : items.size() - 1);
  }

  private static Object reversed(Object value, Arguments arguments) {
    arguments.bind("reverse");
    if (value instanceof String) {
      return TemplateValues.slice(value, None.NONE, None.NONE, -1L);
    }
    List<Object> items = new ArrayList<>(TemplateValues.items(value));
    Collections.reverse(items);
    return Lazy.once(items);
  }

  private static Object join(Object value, Arguments arguments) {
    Bound b = arguments.bind("join", "d", "attribute");
    UnaryOperator<Object> part = attribute(b.get(1, None.NONE), None.NONE);
    List<Object> parts = TemplateValues.items(value).stream().map(part).toList();
    return Text.joined(parts, Text.of(b.get(0, "")));
  }

  private static Object items(Object value) {
    if (value instanceof Map<?, ?> map) {
      return Lazy.once(Methods.items(map));
    }
    if (value instanceof Undefined) {
      return Lazy.once(List.of());
    }
    throw new TemplateException(
        "the filter `items` needs a mapping, not " + TemplateValues.type(value));
  }

  private static Object dictsort(Object value, Arguments arguments) {
    Bound b = arguments.bind("dictsort", "case_sensitive", "by", "reverse");
    if (!(value instanceof Map<?, ?> map)) {
      throw new TemplateException("`dictsort` needs a mapping, not " + TemplateValues.type(value));
    }
    int by = b.text(1, "key").equals("value") ? 1 : 0;
    return sorted(Methods.items(map), pair -> ((Tuple) pair).get(by), b.truth(0), b.truth(2));
  }

  private static Object sort(Object value, Arguments arguments) {
    Bound b = arguments.bind("sort", "reverse", "case_sensitive", "attribute");
    UnaryOperator<Object> by = attribute(b.get(2, None.NONE), None.NONE);
    return sorted(TemplateValues.items(value), by, b.truth(1), b.truth(0));
  }

  private static List<Object> sorted(
      List<Object> items, UnaryOperator<Object> by, boolean caseSensitive, boolean reverse) {
    Comparator<Object> order =
        (a, b) ->
            TemplateValues.compare(
                folded(by.apply(a), caseSensitive), folded(by.apply(b), caseSensitive));
    List<Object> sorted = new ArrayList<>(items);
    sorted.sort(reverse ? order.reversed() : order);
    return sorted;
  }

  private static Object folded(Object value, boolean caseSensitive) {
    TemplateLimits.use(value);
    return value instanceof String text && !caseSensitive ? text.toLowerCase(Locale.ROOT) : value;
  }

  // ---- choosing and changing items ----

  private static void choosing() {
    ALL.put("map", Filters::map);
    ALL.put("select", (v, a) -> chosen(v, test("select", a, 0, i -> i), true));
    ALL.put("reject", (v, a) -> chosen(v, test("reject", a, 0, i -> i), false));
    ALL.put("selectattr", (v, a) -> chosen(v, attributeTest("selectattr", a), true));
    ALL.put("rejectattr", (v, a) -> chosen(v, attributeTest("rejectattr", a), false));
  }

  private static Object map(Object value, Arguments arguments) {
    Object attribute = arguments.named().get("attribute");
    if (attribute != null) {
      Bound b = new Arguments(List.of(), arguments.named()).bind("map", "attribute", "default");
      UnaryOperator<Object> part = attribute(attribute, b.get(1, None.NONE));
      return Lazy.once(TemplateValues.items(value).stream().map(part).toList());
    }
    if (arguments.positional().isEmpty()) {
      throw new TemplateException("`map` needs a filter or an attribute");
    }
    String filter = Text.required(arguments.positional().get(0), "the filter of `map`");
    Arguments rest = arguments.after(1);
    return Lazy.once(
        TemplateValues.items(value).stream().map(item -> apply(filter, item, rest)).toList());
  }

  private static Object chosen(Object value, Predicate<Object> test, boolean wanted) {
    return Lazy.once(
        TemplateValues.items(value).stream().filter(item -> test.test(item) == wanted).toList());
  }

  private static Predicate<Object> attributeTest(String filter, Arguments arguments) {
    if (arguments.positional().isEmpty()) {
      throw new TemplateException("`" + filter + "` needs an attribute");
    }
    return test(filter, arguments, 1, attribute(arguments.positional().get(0), None.NONE));
  }

  private static Predicate<Object> test(
      String filter, Arguments arguments, int at, UnaryOperator<Object> part) {
    if (arguments.positional().size() <= at) {
      return item -> TemplateValues.truth(part.apply(item));
    }
    String test = Text.required(arguments.positional().get(at), "the test of `" + filter + "`");
    Arguments rest = arguments.after(at + 1);
    return item -> Tests.apply(test, part.apply(item), rest);
  }

  /** Returns what takes {@code a.b.0} from an item; everything if there is no path. */
  private static UnaryOperator<Object> attribute(Object path, Object fallback) {
    if (path instanceof None) {
      return item -> item;
    }
    List<Object> steps = new ArrayList<>();
    if (path instanceof Long) {
      steps.add(path);
    } else {
      for (String step : Text.required(path, "an attribute").split("\\.", -1)) {
        steps.add(step.matches("[0-9]{1,9}") ? (Object) Long.valueOf(step) : step);
      }
    }
    return item -> {
      Object value = item;
      TemplateLimits.work((long) TemplateLimits.ITEM * steps.size());
      for (Object step : steps) {
        value = TemplateValues.item(value, step);
        if (value instanceof Undefined && !(fallback instanceof None)) {
          value = fallback;
        }
      }
      return value;
    };
  }

  // ---- numbers ----

  private static void numbers() {
    ALL.put("abs", (v, a) -> absolute(v));
    ALL.put("int", Filters::whole);
    ALL.put("float", Filters::real);
    ALL.put("sum", Filters::sum);
    ALL.put("min", (v, a) -> extreme(v, a.bind("min", "case_sensitive", "attribute"), -1));
    ALL.put("max", (v, a) -> extreme(v, a.bind("max", "case_sensitive", "attribute"), 1));
  }

  private static Object absolute(Object value) {
    return TemplateValues.compare(value, 0L) < 0 ? Arithmetic.negative(value) : value;
  }

  private static Object whole(Object value, Arguments arguments) {
    Bound b = arguments.bind("int", "default", "base");
    Object fallback = b.get(0, 0L);
    if (value instanceof Boolean bool) {
      return bool ? 1L : 0L;
    }
    if (value instanceof Long) {
      return value;
    }
    try {
      if (value instanceof String text && text.strip().matches("[-+]?[0-9]+")) {
        return Long.valueOf(text.strip());
      }
      Object number = real(value, Arguments.NONE);
      boolean readable = value instanceof Double || value instanceof String;
      double real = (Double) number;
      return readable && Double.isFinite(real) && isReal(value) ? (Object) (long) real : fallback;
    } catch (NumberFormatException e) {
      throw new TemplateException("the whole number " + Text.of(value) + " is too large");
    }
  }

  private static boolean isReal(Object value) {
    return value instanceof Double
        || (value instanceof String text
            && text.strip().matches("[-+]?([0-9]++\\.?+[0-9]*+|\\.[0-9]++)([eE][-+]?[0-9]++)?"));
  }

  private static Object real(Object value, Arguments arguments) {
    Object fallback = arguments.bind("float", "default").get(0, 0.0);
    if (value instanceof Boolean bool) {
      return bool ? 1.0 : 0.0;
    }
    if (value instanceof Long || value instanceof Double) {
      return ((Number) value).doubleValue();
    }
    return isReal(value) ? (Object) Double.valueOf(((String) value).strip()) : fallback;
  }

  private static Object sum(Object value, Arguments arguments) {
    Bound b = arguments.bind("sum", "attribute", "start");
    UnaryOperator<Object> part = attribute(b.get(0, None.NONE), None.NONE);
    Object sum = b.get(1, 0L);
    for (Object item : TemplateValues.items(value)) {
      sum = Arithmetic.apply("+", sum, part.apply(item));
      TemplateLimits.use(sum);
    }
    return sum;
  }

  private static Object extreme(Object value, Bound b, int sign) {
    UnaryOperator<Object> by = attribute(b.get(1, None.NONE), None.NONE);
    List<Object> items = TemplateValues.items(value);
    Object best = items.isEmpty() ? new Undefined("the extreme of no items") : items.get(0);
    for (Object item : items) {
      Object candidate = folded(by.apply(item), b.truth(0));
      if (sign * TemplateValues.compare(candidate, folded(by.apply(best), b.truth(0))) > 0) {
        best = item;
      }
    }
    return best;
  }
}
