// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.plumbline.dsl.model.RoundsSpec;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.spec.bind.Suggest;
import org.plumbline.dsl.spec.tree.Node;

/**
 * Writes out the recipes of a comparison that are not named one by one: a grid or rounds, by which
 * all of their recipes are meant, and names with {@code *}. Where one recipe must be named, such a
 * name is a mistake.
 */
final class ComparedNames {
  private static final int MOST_ROUNDS = 4096;

  private final List<Diagnostic> found;
  private final Map<String, List<String>> many;
  private final List<String> all = new ArrayList<>();

  private ComparedNames(
      Node.Mapping spec, Map<String, List<String>> groups, List<Diagnostic> found) {
    this.found = found;
    this.many = new LinkedHashMap<>(groups);
    for (String section : List.of("policies", "variants")) {
      entries(spec, section).forEach(entry -> all.add(entry.key()));
    }
    Map<String, List<String>> rounds = roundsOf(spec);
    rounds.values().forEach(all::addAll);
    // The rounds of a grid's recipes are all of them.
    groups.forEach(
        (name, members) -> {
          if (!members.isEmpty() && rounds.keySet().containsAll(members)) {
            List<String> recipes = new ArrayList<>();
            members.forEach(member -> recipes.addAll(rounds.getOrDefault(member, List.of())));
            many.put(name, recipes);
          }
        });
    rounds.forEach(many::putIfAbsent);
  }

  /**
   * The spec with all recipes of its comparison written out.
   *
   * @param groups the names that stand for many recipes, with these
   */
  static Node written(Node.Mapping spec, Map<String, List<String>> groups, List<Diagnostic> found) {
    ComparedNames names = new ComparedNames(spec, groups, found);
    Node.Mapping changed = names.one(spec, "compare", "against");
    for (String section : List.of("variants", "rounds")) {
      Optional<Node.Entry> entries =
          changed.entry(section).filter(entry -> entry.value() instanceof Node.Mapping);
      if (entries.isPresent()) {
        Node.Mapping block = (Node.Mapping) entries.get().value();
        for (Node.Entry entry : block.entries()) {
          block = names.one(block, entry.key(), "of");
        }
        changed = changed.with(new Node.Entry(section, entries.get().keySpan(), block));
      }
    }
    return names.compared(changed);
  }

  /** Tells of a name that stands for many where one is needed. */
  private Node.Mapping one(Node.Mapping around, String block, String key) {
    Optional<Node.Entry> outer =
        around.entry(block).filter(entry -> entry.value() instanceof Node.Mapping);
    Optional<Node.Entry> inner = outer.flatMap(entry -> ((Node.Mapping) entry.value()).entry(key));
    String name = inner.map(entry -> text(entry.value())).orElse("");
    if (outer.isEmpty() || inner.isEmpty() || !many.containsKey(name) || all.contains(name)) {
      return around;
    }
    Span place = inner.get().value().span();
    List<String> meant = many.getOrDefault(name, List.of());
    if (!meant.isEmpty()) {
      String last = meant.get(meant.size() - 1);
      found.add(
          Diagnostic.of(
                  Code.PLB0202,
                  place,
                  "`%s` must name one recipe, but `%s` stands for %d"
                      .formatted(key, name, meant.size()))
              .replace("write `" + last + "`, for instance", last));
    }
    Node.Mapping changed =
        ((Node.Mapping) outer.get().value())
            .with(new Node.Entry(key, inner.get().keySpan(), new Node.Broken(place)));
    return around.with(new Node.Entry(block, outer.get().keySpan(), changed));
  }

  private Node compared(Node.Mapping spec) {
    Optional<Node.Entry> compare =
        spec.entry("compare").filter(entry -> entry.value() instanceof Node.Mapping);
    Optional<Node.Entry> list =
        compare.flatMap(entry -> ((Node.Mapping) entry.value()).entry("recipes"));
    if (compare.isEmpty()
        || list.isEmpty()
        || !(list.get().value() instanceof Node.Sequence names)) {
      return spec;
    }
    Node all = written(names);
    Node.Entry recipes = new Node.Entry("recipes", list.get().keySpan(), all);
    Node.Mapping block = ((Node.Mapping) compare.get().value()).with(recipes);
    return spec.with(new Node.Entry("compare", compare.get().keySpan(), block));
  }

  private Node written(Node.Sequence names) {
    Set<String> named = new HashSet<>();
    names.items().forEach(item -> named.addAll(many.getOrDefault(text(item), List.of(text(item)))));
    List<Node> items = new ArrayList<>();
    for (Node item : names.items()) {
      String name = text(item);
      if (name.contains("*")) {
        matching(item, name, named).forEach(recipe -> items.add(scalar(item, recipe)));
      } else if (many.containsKey(name)) {
        many.getOrDefault(name, List.of()).forEach(recipe -> items.add(scalar(item, recipe)));
      } else {
        items.add(item);
      }
    }
    // Without its only recipes the list is no mistake of its own.
    return items.isEmpty() && !names.items().isEmpty()
        ? new Node.Broken(names.span())
        : new Node.Sequence(names.span(), items);
  }

  private static String text(Node item) {
    return item instanceof Node.Scalar scalar ? scalar.text() : "";
  }

  private static Node scalar(Node item, String recipe) {
    return new Node.Scalar(item.span(), recipe, recipe);
  }

  /** The recipes that match and are not named already. */
  private List<String> matching(Node item, String name, Set<String> named) {
    Pattern pattern = Pattern.compile(Pattern.quote(name).replace("*", "\\E.*\\Q"));
    List<String> matching = all.stream().filter(one -> pattern.matcher(one).matches()).toList();
    boolean broken = many.values().stream().anyMatch(List::isEmpty);
    if (matching.isEmpty() && !broken) {
      found.add(
          Diagnostic.of(Code.PLB0368, item.span(), "no recipe matches `" + name + "`")
              .help(all.isEmpty() ? "declare `policies`" : "the recipes are: " + Suggest.few(all)));
    }
    return matching.stream().filter(named::add).toList();
  }

  private static List<Node.Entry> entries(Node.Mapping spec, String section) {
    Node value = spec.entry(section).map(Node.Entry::value).orElse(null);
    return value instanceof Node.Mapping entries ? entries.entries() : List.of();
  }

  /** The recipes that rounds are; those that are not well formed are left out. */
  private static Map<String, List<String>> roundsOf(Node.Mapping spec) {
    Map<String, List<String>> recipes = new LinkedHashMap<>();
    for (Node.Entry entry : entries(spec, "rounds")) {
      Node times =
          entry.value() instanceof Node.Mapping block
              ? block.entry("times").map(Node.Entry::value).orElse(null)
              : null;
      if (times instanceof Node.Scalar scalar
          && scalar.value() instanceof Long many
          && many > 0
          && many <= MOST_ROUNDS) {
        recipes.put(entry.key(), RoundsSpec.recipes(entry.key(), many.intValue()));
      }
    }
    return recipes;
  }
}
