// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.jinja.Arguments.Bound;
import org.plumbline.engine.lm.jinja.TemplateValues.Callable;
import org.plumbline.engine.lm.jinja.TemplateValues.Lazy;
import org.plumbline.engine.lm.jinja.TemplateValues.None;
import org.plumbline.engine.lm.jinja.TemplateValues.Safe;
import org.plumbline.engine.lm.jinja.TemplateValues.Tuple;
import org.plumbline.engine.lm.jinja.TemplateValues.Undefined;

/** The methods of Python's texts, lists and dictionaries that change nothing. */
final class Methods {

  private interface Method<T> {
    Object call(T self, Arguments arguments);
  }

  private static final Map<String, Method<String>> TEXT = new LinkedHashMap<>();
  private static final Map<String, Method<List<?>>> LIST = new LinkedHashMap<>();
  private static final Map<String, Method<Map<?, ?>>> MAP = new LinkedHashMap<>();

  /** Methods that change what they are called on, which a template must not. */
  private static final Set<String> CHANGING_LIST =
      Set.of("append", "clear", "extend", "insert", "pop", "remove", "reverse", "sort");

  private static final Set<String> CHANGING_MAP =
      Set.of("clear", "pop", "popitem", "setdefault", "update");

  static {
    strippingAndSplitting();
    casing();
    finding();
    TEXT.put("replace", Methods::replace);
    TEXT.put("join", (t, a) -> join(t, TemplateValues.items(a.bind("join", "items").need(0))));
    LIST.put("index", (list, a) -> index(list, a.bind("index", "item").need(0)));
    LIST.put("count", (list, a) -> count(list, a.bind("count", "item").need(0)));
    MAP.put("get", Methods::get);
    MAP.put("keys", (map, a) -> Lazy.view(new ArrayList<>(map.keySet())));
    MAP.put("values", (map, a) -> Lazy.view(new ArrayList<>(map.values())));
    MAP.put("items", (map, a) -> Lazy.view(items(map)));
    MAP.put("copy", (map, a) -> map);
  }

  private Methods() {}

  /** Returns a method bound to a value, or null if the value has none of that name. */
  static @Nullable Object of(Object value, String name) {
    if (value instanceof Safe) {
      throw new TemplateException("`" + name + "` of a text marked `safe` is not supported");
    }
    if (value instanceof String text) {
      return bound(TEXT.get(name), text);
    }
    Set<String> changing = value instanceof Map<?, ?> ? CHANGING_MAP : CHANGING_LIST;
    if ((value instanceof List<?> || value instanceof Map<?, ?>) && changing.contains(name)) {
      return new Undefined(name + ", which changes a value,");
    }
    if (value instanceof Map<?, ?> map) {
      return bound(MAP.get(name), map);
    }
    return value instanceof List<?> list ? bound(LIST.get(name), list) : null;
  }

  private static <T> @Nullable Callable bound(@Nullable Method<T> method, T self) {
    return method == null
        ? null
        : arguments -> {
          TemplateLimits.use(self); // each time: a method that was taken once can be called often
          return method.call(self, arguments);
        };
  }

  private static void strippingAndSplitting() {
    TEXT.put("strip", (t, a) -> stripped(t, a.bind("strip", "chars"), true, true));
    TEXT.put("lstrip", (t, a) -> stripped(t, a.bind("lstrip", "chars"), true, false));
    TEXT.put("rstrip", (t, a) -> stripped(t, a.bind("rstrip", "chars"), false, true));
    TEXT.put(
        "split",
        (t, a) -> {
          Bound b = a.bind("split", "sep", "maxsplit");
          return Text.split(t, b.get(0, None.NONE), b.whole(1, -1));
        });
    TEXT.put(
        "rsplit",
        (t, a) -> {
          Bound b = a.bind("rsplit", "sep", "maxsplit");
          return Text.splitFromRight(t, b.get(0, None.NONE), b.whole(1, -1));
        });
    TEXT.put("partition", (t, a) -> partition(t, a.bind("partition", "sep").need(0), false));
    TEXT.put("rpartition", (t, a) -> partition(t, a.bind("rpartition", "sep").need(0), true));
    TEXT.put("splitlines", (t, a) -> lines(t, a.bind("splitlines", "keepends").truth(0)));
  }

  private static void casing() {
    TEXT.put("upper", (t, a) -> t.toUpperCase(Locale.ROOT));
    TEXT.put("lower", (t, a) -> t.toLowerCase(Locale.ROOT));
    TEXT.put("capitalize", (t, a) -> Text.capitalized(t));
    TEXT.put("isdigit", (t, a) -> all(t, Character::isDigit));
    TEXT.put("isalpha", (t, a) -> all(t, Character::isLetter));
    TEXT.put("isalnum", (t, a) -> all(t, Character::isLetterOrDigit));
    TEXT.put("isspace", (t, a) -> !t.isEmpty() && t.matches(Lexer.SPACE + "+"));
    TEXT.put("isupper", (t, a) -> cased(t) && t.equals(t.toUpperCase(Locale.ROOT)));
    TEXT.put("islower", (t, a) -> cased(t) && t.equals(t.toLowerCase(Locale.ROOT)));
  }

  private static void finding() {
    TEXT.put("startswith", (t, a) -> any(a.bind("startswith", "prefix").need(0), t::startsWith));
    TEXT.put("endswith", (t, a) -> any(a.bind("endswith", "suffix").need(0), t::endsWith));
    TEXT.put("find", (t, a) -> place(t, Text.find(t, a.bind("find", "sub").text(0), 0)));
    TEXT.put(
        "rfind", (t, a) -> place(t, Text.findLast(t, a.bind("rfind", "sub").text(0), t.length())));
    TEXT.put("count", (t, a) -> Text.count(t, Text.separator(a.bind("count", "sub").need(0))));
    TEXT.put(
        "removeprefix",
        (t, a) -> {
          String prefix = a.bind("removeprefix", "prefix").text(0);
          return t.startsWith(prefix) ? t.substring(prefix.length()) : t;
        });
    TEXT.put(
        "removesuffix",
        (t, a) -> {
          String suffix = a.bind("removesuffix", "suffix").text(0);
          return t.endsWith(suffix) ? t.substring(0, t.length() - suffix.length()) : t;
        });
  }

  private static String stripped(String text, Bound arguments, boolean left, boolean right) {
    return Text.stripped(text, arguments.get(0, None.NONE), left, right);
  }

  private static Object replace(String text, Arguments arguments) {
    Bound b = arguments.bind("replace", "old", "new", "count");
    return Text.replaced(text, b.text(0), b.text(1), b.whole(2, -1));
  }

  private static Object join(String separator, List<Object> items) {
    items.forEach(item -> Text.required(item, "what `join` joins"));
    return Text.joined(items, separator);
  }

  private static Object partition(String text, Object separator, boolean fromRight) {
    String by = Text.separator(separator);
    int at = fromRight ? Text.findLast(text, by, text.length()) : Text.find(text, by, 0);
    if (at < 0) {
      return new Tuple(fromRight ? List.of("", "", text) : List.of(text, "", ""));
    }
    return new Tuple(List.of(text.substring(0, at), by, text.substring(at + by.length())));
  }

  private static List<Object> lines(String text, boolean keepEnds) {
    List<Object> lines = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isLineEnd(c)) {
        continue;
      }
      boolean two = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
      int next = i + (two ? 2 : 1);
      Text.part(lines, text.substring(from, keepEnds ? next : i));
      from = next;
      i = next - 1;
    }
    if (from < text.length()) {
      lines.add(text.substring(from));
    }
    return lines;
  }

  private static boolean isLineEnd(char c) {
    return (c >= '\n' && c <= '\r')
        || (c >= 0x1c && c <= 0x1e)
        || c == 0x85
        || c == 0x2028
        || c == 0x2029;
  }

  private static boolean all(String text, IntPredicate test) {
    return !text.isEmpty() && text.codePoints().allMatch(test);
  }

  private static boolean cased(String text) {
    return text.codePoints().anyMatch(c -> Character.isUpperCase(c) || Character.isLowerCase(c));
  }

  private static boolean any(Object one, Predicate<String> test) {
    List<?> choices = one instanceof Tuple tuple ? tuple : List.of(one);
    for (Object choice : choices) {
      TemplateLimits.use(choice);
      if (test.test(Text.required(choice, "what is compared with"))) {
        return true;
      }
    }
    return false;
  }

  private static long place(String text, int index) {
    return index < 0 ? -1 : text.codePointCount(0, index);
  }

  private static Object index(List<?> list, Object item) {
    for (int i = 0; i < list.size(); i++) {
      if (TemplateValues.equal(list.get(i), item)) {
        return (long) i;
      }
    }
    throw new TemplateException("`index` does not find " + Text.of(item));
  }

  private static Object count(List<?> list, Object item) {
    return list.stream().filter(other -> TemplateValues.equal(other, item)).count();
  }

  private static Object get(Map<?, ?> map, Arguments arguments) {
    Bound b = arguments.bind("get", "key", "default");
    Object value = map.get(TemplateValues.key(b.need(0)));
    return value == null ? b.get(1, None.NONE) : value;
  }

  /** Returns the pairs of a dictionary. */
  static List<Object> items(Map<?, ?> map) {
    TemplateLimits.work((long) TemplateLimits.ITEM * map.size());
    List<Object> pairs = new ArrayList<>();
    map.forEach((key, value) -> pairs.add(new Tuple(List.of(key, value))));
    return pairs;
  }
}
