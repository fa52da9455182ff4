package org.plumbline.engine.lm.jinja;

import java.util.Collection;
import java.util.Map;

/**
 * What one rendering may cost. The same template on the same values always ends the same way: steps
 * are counted, not seconds.
 */
final class Limits {

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

  private long steps;
  private int calls;

  /** Counts a value that was computed and is about to be used. */
  void step(Object value) {
    long size = value instanceof String text ? text.length() : 0;
    size = value instanceof Collection<?> items ? items.size() : size;
    size = value instanceof Map<?, ?> map ? map.size() : size;
    steps += 1 + size / LONG;
    if (steps > STEPS) {
      throw new TemplateException("it takes more than " + STEPS + " steps");
    }
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
