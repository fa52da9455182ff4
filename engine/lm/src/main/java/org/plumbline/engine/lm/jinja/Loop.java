// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.jinja;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.jinja.TemplateValues.Callable;
import org.plumbline.engine.lm.jinja.TemplateValues.Undefined;

/**
 * The variable {@code loop}. Items are taken no earlier than they are asked for, because a loop's
 * condition may depend on what the body did before.
 */
final class Loop {

  private final Iterator<Object> source;
  private final List<Object> taken = new ArrayList<>();
  private @Nullable List<Object> lastSeen;
  private int index = -1;

  Loop(Iterator<Object> source) {
    this.source = source;
  }

  /** Goes to the next item; says whether there is one. */
  boolean advance() {
    index++;
    return has(index);
  }

  Object current() {
    return taken.get(index);
  }

  private boolean has(int wanted) {
    while (taken.size() <= wanted && source.hasNext()) {
      taken.add(source.next());
    }
    return wanted < taken.size();
  }

  private long length() {
    while (source.hasNext()) {
      taken.add(source.next());
    }
    return taken.size();
  }

  @Nullable Object attribute(String name) {
    return switch (name) {
      case "index" -> index + 1L;
      case "index0" -> (long) index;
      case "first" -> index == 0;
      case "last" -> !has(index + 1);
      case "length" -> length();
      case "revindex" -> length() - index;
      case "revindex0" -> length() - index - 1;
      case "previtem" -> index > 0 ? taken.get(index - 1) : new Undefined("loop.previtem");
      case "nextitem" -> has(index + 1) ? taken.get(index + 1) : new Undefined("loop.nextitem");
      case "cycle" -> (Callable) this::cycle;
      case "changed" -> (Callable) this::changed;
      default -> throw new TemplateException("`loop." + name + "` is not supported");
    };
  }

  private Object cycle(Arguments arguments) {
    List<Object> choices = arguments.positional();
    if (choices.isEmpty()) {
      throw new TemplateException("`loop.cycle` needs items");
    }
    return choices.get(index % choices.size());
  }

  private Object changed(Arguments arguments) {
    List<Object> now = arguments.positional();
    boolean changed = lastSeen == null || !TemplateValues.equal(lastSeen, now);
    lastSeen = now;
    return changed;
  }
}
