// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.spec.tree.Node;

/** Puts recipes in the place of the grids; they become variants, behind those that are there. */
final class SweptSpec {
  private SweptSpec() {}

  /**
   * A spec with what was written out in place of what stands for many.
   *
   * @param written by section and name
   */
  static Node.Mapping of(Node.Mapping spec, Map<String, Map<String, List<Node.Entry>>> written) {
    List<Node.Entry> left = new ArrayList<>();
    List<Node.Entry> fromGrids = new ArrayList<>();
    for (Node.Entry grid : entries(spec, "sweep")) {
      List<Node.Entry> variants = written.getOrDefault("sweep", Map.of()).get(grid.key());
      if (variants == null) {
        left.add(grid);
      } else {
        fromGrids.addAll(variants);
      }
    }
    Node.Mapping changed = spec;
    for (String section : List.of("variants", "rounds")) {
      changed = replaced(changed, section, written.getOrDefault(section, Map.of()));
    }
    Optional<Node.Entry> sweep = spec.entry("sweep").filter(e -> e.value() instanceof Node.Mapping);
    if (sweep.isEmpty()) {
      return changed;
    }
    changed = withVariants(changed, sweep.get().keySpan(), fromGrids);
    Node.Entry rest =
        new Node.Entry(
            "sweep", sweep.get().keySpan(), new Node.Mapping(sweep.get().value().span(), left));
    return left.isEmpty() ? changed.without("sweep") : changed.with(rest);
  }

  private static Node.Mapping replaced(
      Node.Mapping changed, String section, Map<String, List<Node.Entry>> repeated) {
    if (repeated.isEmpty()) {
      return changed;
    }
    Node.Entry before = changed.entry(section).orElseThrow();
    List<Node.Entry> entries = new ArrayList<>();
    for (Node.Entry entry : entries(changed, section)) {
      entries.addAll(repeated.getOrDefault(entry.key(), List.of(entry)));
    }
    Node.Mapping all = new Node.Mapping(before.value().span(), entries);
    return changed.with(new Node.Entry(section, before.keySpan(), all));
  }

  private static Node.Mapping withVariants(
      Node.Mapping changed, Span where, List<Node.Entry> variants) {
    Optional<Node.Entry> before = changed.entry("variants");
    Span key = before.map(Node.Entry::keySpan).orElse(where);
    Node section = before.map(Node.Entry::value).orElse(new Node.Mapping(where, List.of()));
    if (section instanceof Node.Mapping entries) {
      List<Node.Entry> all = new ArrayList<>(entries.entries());
      all.addAll(variants);
      section = new Node.Mapping(section.span(), all);
    }
    return changed.with(new Node.Entry("variants", key, section));
  }

  static List<Node.Entry> entries(Node.Mapping spec, String section) {
    Node value = spec.entry(section).map(Node.Entry::value).orElse(null);
    return value instanceof Node.Mapping entries ? entries.entries() : List.of();
  }
}
