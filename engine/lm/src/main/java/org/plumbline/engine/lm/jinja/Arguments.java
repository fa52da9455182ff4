// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a function, filter or test is called with. */
record Arguments(List<Object> positional, Map<String, Object> named) {

  static final Arguments NONE = new Arguments(List.of(), Map.of());

  /** Matches the arguments with parameters; one that fits none is an error. */
  Bound bind(String what, String... parameters) {
    if (positional.size() > parameters.length) {
      throw new TemplateException(
          "`%s` takes %d arguments, not %d".formatted(what, parameters.length, positional.size()));
    }
    Map<String, Object> values = new LinkedHashMap<>(named);
    List<@Nullable Object> bound = new ArrayList<>();
    for (int i = 0; i < parameters.length; i++) {
      Object value = values.remove(parameters[i]);
      if (value != null && i < positional.size()) {
        throw new TemplateException("`" + what + "` is given `" + parameters[i] + "` twice");
      }
      bound.add(i < positional.size() ? positional.get(i) : value);
    }
    for (String unknown : values.keySet()) {
      throw new TemplateException("`" + what + "` has no parameter `" + unknown + "`");
    }
    return new Bound(what, parameters, bound);
  }

  /** Returns these without the first positional ones. */
  Arguments after(int count) {
    return new Arguments(positional.subList(count, positional.size()), named);
  }

  /** Arguments in the order of the parameters. */
  static final class Bound {
    private final String what;
    private final String[] parameters;
    private final List<@Nullable Object> values;

    private Bound(String what, String[] parameters, List<@Nullable Object> values) {
      this.what = what;
      this.parameters = parameters;
      this.values = values;
    }

    Object get(int index, Object fallback) {
      Object value = values.get(index);
      return value == null ? fallback : value;
    }

    Object need(int index) {
      Object value = values.get(index);
      if (value == null) {
        throw new TemplateException("`" + what + "` needs `" + parameters[index] + "`");
      }
      return value;
    }

    String text(int index) {
      return Text.required(need(index), "`" + parameters[index] + "` of `" + what + "`");
    }

    String text(int index, String fallback) {
      return values.get(index) == null ? fallback : text(index);
    }

    int whole(int index, int fallback) {
      Object value = values.get(index);
      return value == null
          ? fallback
          : TemplateValues.whole(value, "`" + parameters[index] + "` of `" + what + "`");
    }

    boolean truth(int index) {
      return TemplateValues.truth(get(index, false));
    }
  }
}
