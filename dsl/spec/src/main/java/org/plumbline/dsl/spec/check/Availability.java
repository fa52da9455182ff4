// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.model.shape.Field;
import org.plumbline.dsl.model.shape.Shape;
import org.plumbline.dsl.spec.bind.Binding;
import org.plumbline.dsl.spec.bind.Places;

/**
 * Finds the kinds and keys of a bound spec that no stage computes yet, by what their records say of
 * themselves ({@code @Later}).
 */
final class Availability {
  private final Places places;
  private final Set<Object> visited;
  private final Set<Diagnostic> found;

  private Availability(Places places, Set<Object> visited, Set<Diagnostic> found) {
    this.places = places;
    this.visited = visited;
    this.found = found;
  }

  static List<Diagnostic> of(List<Binding> bindings) {
    // What a variant leaves as it is, is the same record: it need not be looked at again.
    Set<Object> visited = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<Diagnostic> found = new LinkedHashSet<>();
    for (Binding binding : bindings) {
      if (binding.experiment() != null) {
        new Availability(binding.places(), visited, found).block(binding.experiment(), "");
      }
    }
    return new ArrayList<>(found);
  }

  private void block(Object block, String path) {
    if (!visited.add(block)) {
      return;
    }
    Shape shape = Shape.of(block.getClass());
    if (shape.later()) {
      add(places.block(block), "`" + path + "` is of kind `" + shape.kind() + "`, which");
      return;
    }
    // The path as `-D` and variants write it.
    String at = shape.kind().isEmpty() ? path : path + "." + shape.kind();
    for (Field field : shape.fields()) {
      Object value = shape.read(block, field);
      if (value == null) {
        continue;
      }
      String here = at.isEmpty() ? field.name() : at + "." + field.name();
      if (field.later()) {
        add(places.value(block, field.name()), "`" + here + "`");
      } else {
        inside(value, here);
      }
    }
  }

  private void inside(Object value, String path) {
    if (value instanceof Record block) {
      block(block, path);
    } else if (value instanceof Map<?, ?> map) {
      map.forEach(
          (name, item) -> {
            if (item != null) {
              inside(item, path + "." + name);
            }
          });
    } else if (value instanceof List<?> list) {
      list.forEach(item -> inside(item, path));
    }
  }

  private void add(Span span, String what) {
    found.add(
        Diagnostic.of(Code.PLB0905, span, what + " is not available yet")
            .note("the language knows it, and `plumb plan` shows what it would do")
            .help("leave it out to run the rest"));
  }
}
