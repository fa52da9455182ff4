// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.jinja;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values as Python has them: {@link None}, {@link Boolean}, {@link Long}, {@link BigInteger} for
 * those beyond it (which can be written, but not reckoned with), {@link Double}, {@link String},
 * {@link Safe}, {@link Tuple}, other lists, maps in order, and what a template makes ({@link
 * Namespace}, {@link Callable}, {@link Loop}, {@link Undefined}).
 */
final class TemplateValues {

  private TemplateValues() {}

  /** Python's None. */
  enum None {
    NONE
  }

  /** What a name or attribute without a value gives: empty where printed, an error where used. */
  record Undefined(String name) {
    TemplateException error() {
      return new TemplateException("`" + name + "` is undefined");
    }
  }

  /** A text that the filter {@code safe} went over: adding to it escapes the other side. */
  record Safe(String text) {}

  /** What can be called. */
  interface Callable {
    Object call(Arguments arguments);
  }

  /** A list that prints in parentheses. */
  static final class Tuple extends java.util.AbstractList<Object> {
    private final List<Object> items;

    Tuple(List<Object> items) {
      this.items = List.copyOf(items);
    }

    @Override
    public Object get(int index) {
      return items.get(index);
    }

    @Override
    public int size() {
      return items.size();
    }
  }

  /**
   * Items that are not a list: what {@code range} and {@code items()} give, and filters such as
   * {@code map}, whose result is true even without items and can be gone through once.
   */
  static final class Lazy {
    private final boolean once;
    private List<Object> items;

    private Lazy(boolean once, List<Object> items) {
      this.once = once;
      this.items = items;
    }

    static Lazy once(List<Object> items) {
      return new Lazy(true, items);
    }

    static Lazy view(List<Object> items) {
      return new Lazy(false, items);
    }

    List<Object> take() {
      List<Object> taken = items;
      items = once ? List.of() : items;
      return taken;
    }

    boolean truth() {
      return once || !items.isEmpty();
    }

    long length() {
      if (once) {
        throw new TemplateException("what a filter gives has no length before `| list`");
      }
      return items.size();
    }
  }

  /** What {@code namespace} makes: attributes that inner blocks may set. */
  static final class Namespace {
    private final Map<String, Object> attributes = new LinkedHashMap<>();

    Object get(String name) {
      Object value = attributes.get(name);
      return value == null ? new Undefined(name) : value;
    }

    void set(String name, Object value) {
      if (name.startsWith("_")) {
        throw new TemplateException("a namespace's attribute must not begin with `_`: " + name);
      }
      attributes.put(name, value);
    }
  }

  /**
   * Turns what the caller has into values: null, texts, numbers, truths, lists and maps of them.
   */
  static Object of(@Nullable Object java) {
    if (java == null) {
      return None.NONE;
    }
    if (java instanceof String || java instanceof Boolean || java instanceof Callable) {
      return java;
    }
    if (java instanceof Integer || java instanceof Long) {
      return ((Number) java).longValue();
    }
    if (java instanceof Float || java instanceof Double) {
      return ((Number) java).doubleValue();
    }
    if (java instanceof BigInteger whole) {
      return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : whole;
    }
    if (java instanceof List<?> list) {
      List<Object> items = new ArrayList<>();
      list.forEach(item -> items.add(of(item)));
      return Collections.unmodifiableList(items);
    }
    if (java instanceof Map<?, ?> map) {
      Map<Object, Object> items = new LinkedHashMap<>();
      map.forEach((key, value) -> items.put(of(key), of(value)));
      return Collections.unmodifiableMap(items);
    }
    throw new IllegalArgumentException("no template value: " + java.getClass());
  }

  // ---- questions ----

  static boolean truth(Object value) {
    if (value instanceof Boolean bool) {
      return bool;
    }
    if (value instanceof Long || value instanceof Double) {
      return ((Number) value).doubleValue() != 0;
    }
    if (value instanceof BigInteger) {
      return true;
    }
    if (value instanceof None || value instanceof Undefined) {
      return false;
    }
    if (value instanceof String || value instanceof Safe) {
      return !Text.of(value).isEmpty();
    }
    if (value instanceof List<?> list) {
      return !list.isEmpty();
    }
    if (value instanceof Lazy lazy) {
      return lazy.truth();
    }
    return !(value instanceof Map<?, ?> map) || !map.isEmpty();
  }

  static boolean isNumber(Object value) {
    return value instanceof Long || value instanceof Double || value instanceof Boolean;
  }

  static boolean equal(Object a, Object b) {
    return new Equality().test(a, b);
  }

  /** Compares with a bound: lists that hold a list twice, and so on, would take for ever. */
  private static final class Equality {
    private int compared;

    boolean test(Object a, Object b) {
      TemplateLimits.items(++compared);
      TemplateLimits.work(TemplateLimits.ITEM);
      if (a == b) {
        return true;
      }
      if (isNumber(a) && isNumber(b)) {
        return Arithmetic.compare(a, b) == 0;
      }
      if (a instanceof List<?> left && b instanceof List<?> right) {
        boolean equal = left.size() == right.size() && a instanceof Tuple == b instanceof Tuple;
        for (int i = 0; equal && i < left.size(); i++) {
          equal = test(left.get(i), right.get(i));
        }
        return equal;
      }
      if (a instanceof Map<?, ?> left && b instanceof Map<?, ?> right) {
        return left.size() == right.size()
            && left.entrySet().stream().allMatch(entry -> sameEntry(entry, right));
      }
      if (a instanceof Undefined) {
        return b instanceof Undefined;
      }
      Object left = a instanceof Safe safe ? safe.text() : a;
      Object right = b instanceof Safe safe ? safe.text() : b;
      if (left instanceof String one && right instanceof String two) {
        TemplateLimits.work(one.length() == two.length() ? one.length() : 0);
      }
      return left.equals(right);
    }

    private boolean sameEntry(Map.Entry<?, ?> entry, Map<?, ?> right) {
      Object other = right.get(entry.getKey());
      return other != null && test(entry.getValue(), other);
    }
  }

  /** Orders two values as Python's {@code <} does; texts by code points. */
  static int compare(Object a, Object b) {
    TemplateLimits.work(TemplateLimits.ITEM);
    if (isNumber(a) && isNumber(b)) {
      return Arithmetic.compare(a, b);
    }
    if (a instanceof String left && b instanceof String right) {
      return Text.compare(left, right);
    }
    if (a instanceof List<?> left && b instanceof List<?> right) {
      for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
        if (!equal(left.get(i), right.get(i))) {
          return compare(left.get(i), right.get(i));
        }
      }
      return Integer.compare(left.size(), right.size());
    }
    throw new TemplateException(type(a) + " and " + type(b) + " have no order");
  }

  static boolean contains(Object whole, Object part) {
    if (whole instanceof String text) {
      return Text.find(text, Text.required(part, "what is looked for in a text"), 0) >= 0;
    }
    if (whole instanceof Map<?, ?> map) {
      return map.containsKey(key(part));
    }
    return items(whole).stream().anyMatch(item -> equal(item, part));
  }

  /** Returns what a loop goes over. */
  static List<Object> items(Object value) {
    if (value instanceof List<?> list) {
      return Collections.unmodifiableList(list);
    }
    if (value instanceof Map<?, ?> map) {
      return new ArrayList<>(map.keySet());
    }
    if (value instanceof String text) {
      long count = text.codePointCount(0, text.length());
      TemplateLimits.items(count);
      TemplateLimits.work(TemplateLimits.ITEM * count);
      return new ArrayList<>(Text.characters(text));
    }
    if (value instanceof Undefined) {
      return List.of();
    }
    if (value instanceof Lazy lazy) {
      return lazy.take();
    }
    throw new TemplateException(type(value) + " cannot be gone through");
  }

  static long length(Object value) {
    if (value instanceof Lazy lazy) {
      return lazy.length();
    }
    return value instanceof String text
        ? text.codePointCount(0, text.length())
        : items(value).size();
  }

  static int whole(Object value, String what) {
    if (value instanceof Boolean bool) {
      return bool ? 1 : 0;
    }
    if (value instanceof Long number) {
      // far beyond any length, and safe to add to
      return (int) Math.max(-1_000_000_000L, Math.min(1_000_000_000L, number));
    }
    throw new TemplateException(what + " must be a whole number, not " + type(value));
  }

  /** Names the kind of a value in a message. */
  static String type(Object value) {
    if (value instanceof Undefined undefined) {
      return "the undefined `" + undefined.name() + "`";
    }
    if (value instanceof None) {
      return "`none`";
    }
    if (value instanceof Boolean) {
      return "a boolean";
    }
    if (value instanceof Long || value instanceof Double || value instanceof BigInteger) {
      return "a number";
    }
    if (value instanceof String) {
      return "a text";
    }
    if (value instanceof Safe) {
      return "a text marked `safe`";
    }
    if (value instanceof Map<?, ?>) {
      return "a mapping";
    }
    if (value instanceof Callable) {
      return "a function";
    }
    if (value instanceof Lazy) {
      return "what is no list before `| list`";
    }
    return value instanceof List<?>
        ? "a list"
        : "a " + value.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  // ---- parts ----

  /** Returns {@code value.name}: a method or attribute first, then an item. */
  static Object attribute(Object value, String name) {
    Object own = ownAttribute(value, name);
    if (own != null) {
      return own;
    }
    Object item = value instanceof Map<?, ?> map ? map.get(name) : null;
    return item == null ? new Undefined(name) : item;
  }

  private static @Nullable Object ownAttribute(Object value, String name) {
    if (value instanceof Undefined undefined) {
      throw undefined.error();
    }
    if (value instanceof Namespace namespace) {
      return namespace.get(name);
    }
    if (value instanceof Loop loop) {
      return loop.attribute(name);
    }
    return Methods.of(value, name);
  }

  /** Returns {@code value[key]}: an item first, then a method or attribute. */
  static Object item(Object value, Object key) {
    if (value instanceof Undefined undefined) {
      throw undefined.error();
    }
    Object found = value instanceof Map<?, ?> map ? map.get(key(key)) : null;
    if (found != null) {
      return found;
    }
    if (key instanceof Long number && (value instanceof List<?> || value instanceof String)) {
      long size = length(value);
      long index = number < 0 ? number + size : number;
      if (index < 0 || index >= size) {
        return new Undefined("item " + number);
      }
      return value instanceof String text
          ? Text.character(text, (int) index)
          : ((List<?>) value).get((int) index);
    }
    if (value instanceof Lazy && key instanceof Long) {
      throw new TemplateException("items can be taken by their number only after `| list`");
    }
    Object own = key instanceof String name ? ownAttribute(value, name) : null;
    return own == null ? new Undefined(Text.of(key)) : own;
  }

  /** Returns a value that is fit for a key. */
  static Object key(Object value) {
    if (value instanceof String || value instanceof None || isNumber(value)) {
      return value;
    }
    throw new TemplateException(type(value) + " cannot be a key");
  }

  /** Returns {@code value[start:stop:step]}, where None leaves a bound open. */
  static Object slice(Object value, Object start, Object stop, Object step) {
    if (value instanceof Undefined undefined) {
      throw undefined.error();
    }
    if (!(value instanceof String) && !(value instanceof List<?>)) {
      throw new TemplateException(type(value) + " has no slices");
    }
    int[] points = value instanceof String text ? text.codePoints().toArray() : new int[0];
    List<?> items = value instanceof List<?> list ? list : List.of();
    int by = step instanceof None ? 1 : whole(step, "a slice's step");
    if (by == 0) {
      throw new TemplateException("a slice's step must not be 0");
    }
    int size = value instanceof String ? points.length : items.size();
    int from = bound(start, by > 0 ? 0 : size - 1, size, by);
    int to = bound(stop, by > 0 ? size : -1, size, by);
    if (value instanceof String) {
      StringBuilder text = new StringBuilder();
      for (int i = from; by > 0 ? i < to : i > to; i += by) {
        text.appendCodePoint(points[i]);
      }
      return text.toString();
    }
    List<Object> taken = new ArrayList<>();
    for (int i = from; by > 0 ? i < to : i > to; i += by) {
      taken.add(items.get(i));
    }
    return value instanceof Tuple ? new Tuple(taken) : taken;
  }

  private static int bound(Object given, int open, int size, int by) {
    if (given instanceof None) {
      return open;
    }
    int index = whole(given, "a slice's bound");
    index = index < 0 ? index + size : index;
    return by > 0 ? Math.max(0, Math.min(size, index)) : Math.max(-1, Math.min(size - 1, index));
  }
}
