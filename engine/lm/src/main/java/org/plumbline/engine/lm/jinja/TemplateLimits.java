// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.jinja;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.jinja.TemplateValues.Safe;

/**
 * What one rendering may cost. The same template on the same values always ends the same way: steps
 * are counted, not seconds.
 */
final class TemplateLimits {

  /** Nested blocks, brackets and operators in a template's text. */
  static final int NESTING = 200;

  /** Calls within calls. */
  private static final int CALLS = 100;

  /** Values computed, long ones counted by {@link #LONG}. A long conversation needs 10^5. */
  private static final long STEPS = 5_000_000;

  /** So many characters or items of a value count as one more step. */
  private static final int LONG = 256;

  /** Characters of any text, the output among them. */
  private static final int LENGTH = 16_000_000;

  /** Items of any list. */
  private static final int ITEMS = 1_000_000;

  /** What making or comparing an item of a list costs, in characters. */
  static final int ITEM = 16;

  /** What a filter or test on an item of a list costs, in characters. */
  private static final int CALL = 64;

  /** What goes through texts and lists is far from any frame; a rendering has one thread. */
  private static final ThreadLocal<@Nullable TemplateLimits> RENDERING = new ThreadLocal<>();

  private long steps;
  private long characters;
  private int calls;

  /** Renders within new limits. */
  static String within(Function<TemplateLimits, String> rendering) {
    TemplateLimits limits = new TemplateLimits();
    RENDERING.set(limits);
    try {
      return rendering.apply(limits);
    } finally {
      RENDERING.remove();
    }
  }

  /** Counts a value that was computed and is about to be used. */
  void step(Object value) {
    add(1 + size(value) / LONG);
  }

  /** Counts characters that are gone through, compared or made, apart from those of a step. */
  static void work(long characters) {
    TemplateLimits limits = Objects.requireNonNull(RENDERING.get(), "nothing is rendered");
    limits.characters += characters;
    limits.add(limits.characters / LONG);
    limits.characters %= LONG;
  }

  /** Counts a value that a filter, a test or a method is about to be used on, or has made. */
  static void use(Object value) {
    work(CALL + size(value));
  }

  private void add(long more) {
    steps += more;
    if (steps > STEPS) {
      throw new TemplateException("it takes more than " + STEPS + " steps");
    }
  }

  private static long size(Object value) {
    if (value instanceof String text) {
      return text.length();
    }
    if (value instanceof Safe safe) {
      return safe.text().length();
    }
    if (value instanceof Collection<?> items) {
      return items.size();
    }
    return value instanceof Map<?, ?> map ? map.size() : 0;
  }

  /** Checks the length of a text that is about to be made. */
  static void length(long characters) {
    if (characters > LENGTH) {
      throw new TemplateException("it makes a text of more than " + LENGTH + " characters");
    }
  }

  /** Checks the length of a list that is about to be made. */
  static void items(long count) {
    if (count > ITEMS) {
      throw new TemplateException("it makes a list of more than " + ITEMS + " items");
    }
  }

  void enterCall() {
    if (++calls > CALLS) {
      throw new TemplateException("its macros call each other more than " + CALLS + " deep");
    }
  }

  void leaveCall() {
    calls--;
  }
}
