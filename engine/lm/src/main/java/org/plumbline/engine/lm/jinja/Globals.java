// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.jinja;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.engine.lm.jinja.Arguments.Bound;
import org.plumbline.engine.lm.jinja.TemplateValues.Callable;
import org.plumbline.engine.lm.jinja.TemplateValues.Lazy;
import org.plumbline.engine.lm.jinja.TemplateValues.Namespace;

/** The functions that every chat template has. */
final class Globals {

  /** As in Jinja's sandbox. */
  private static final int LONGEST_RANGE = 100_000;

  private Globals() {}

  static Map<String, Object> all(LocalDateTime now) {
    Map<String, Callable> functions = new LinkedHashMap<>();
    functions.put("namespace", Globals::namespace);
    functions.put("dict", arguments -> entries(arguments, "dict"));
    functions.put("range", Globals::range);
    functions.put(
        "raise_exception",
        arguments -> {
          String message = Text.of(arguments.bind("raise_exception", "message").need(0));
          throw new TemplateException(message);
        });
    functions.put(
        "strftime_now",
        arguments -> Strftime.of(arguments.bind("strftime_now", "format").text(0), now));
    return new LinkedHashMap<>(functions);
  }

  private static Object namespace(Arguments arguments) {
    Namespace namespace = new Namespace();
    entries(arguments, "namespace")
        .forEach((name, value) -> namespace.set(Text.required(name, "an attribute"), value));
    return namespace;
  }

  private static Map<Object, Object> entries(Arguments arguments, String what) {
    Map<Object, Object> entries = new LinkedHashMap<>();
    for (Object given : arguments.positional()) {
      if (!(given instanceof Map<?, ?> map) || arguments.positional().size() > 1) {
        throw new TemplateException("`" + what + "` takes one mapping, or names with values");
      }
      entries.putAll(map);
    }
    entries.putAll(arguments.named());
    return entries;
  }

  private static Object range(Arguments arguments) {
    int given = arguments.positional().size();
    Bound b = arguments.bind("range", "start", "stop", "step");
    b.need(0);
    long start = given > 1 ? b.whole(0, 0) : 0;
    long stop = given > 1 ? b.whole(1, 0) : b.whole(0, 0);
    long step = b.whole(2, 1);
    if (step == 0) {
      throw new TemplateException("the step of `range` must not be 0");
    }
    if ((stop - start) / step > LONGEST_RANGE) {
      throw new TemplateException("a range of more than " + LONGEST_RANGE + " numbers");
    }
    TemplateLimits.work(TemplateLimits.ITEM * Math.max(0, (stop - start) / step));
    List<Object> numbers = new ArrayList<>();
    for (long n = start; step > 0 ? n < stop : n > stop; n += step) {
      numbers.add(n);
    }
    return Lazy.view(numbers);
  }
}
