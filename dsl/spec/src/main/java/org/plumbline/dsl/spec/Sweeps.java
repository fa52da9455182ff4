// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.RoundsSpec;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.spec.bind.Plain;
import org.plumbline.dsl.spec.bind.PlainJson;
import org.plumbline.dsl.spec.tree.Node;

/**
 * Writes grids out as variants, so that nothing behind the tree knows of them: a loop in a script
 * that declares the same variants gives the same experiment.
 *
 * <p>A grid that is not well formed stays where it is, and the binder says what is wrong with it.
 */
final class Sweeps {
  /** Recipes of one grid. A comparison of more is hardly what is meant. */
  private static final int MOST = 4096;

  private final List<Diagnostic> found;
  private final Map<String, List<String>> recipes = new LinkedHashMap<>();
  private final Map<String, Node.Entry> variants = new LinkedHashMap<>();
  private Node root;

  private Sweeps(Node root, List<Diagnostic> found) {
    this.root = root;
    this.found = found;
  }

  /** Expands all grids of a spec. */
  static Sweeps expand(Node root, List<Diagnostic> found) {
    Sweeps sweeps = new Sweeps(root, found);
    if (root instanceof Node.Mapping spec) {
      spec.entry("sweep").ifPresent(entry -> sweeps.expand(spec, entry));
    }
    if (sweeps.root instanceof Node.Mapping spec) {
      sweeps.root = sweeps.named(spec, roundsOf(spec));
    }
    return sweeps;
  }

  /** The spec with variants in place of grids. */
  Node root() {
    return root;
  }

  /** The grid that each variant stands for with others. */
  Map<String, String> grids() {
    Map<String, String> grids = new LinkedHashMap<>();
    recipes.forEach((grid, names) -> names.forEach(name -> grids.put(name, grid)));
    return grids;
  }

  private void expand(Node.Mapping spec, Node.Entry section) {
    if (!(section.value() instanceof Node.Mapping grids)) {
      return;
    }
    Map<String, Span> taken = taken(spec);
    List<Node.Entry> left = new ArrayList<>();
    for (Node.Entry grid : grids.entries()) {
      Span other = taken.get(grid.key());
      if (other != null) {
        clash(grid.keySpan(), grid.key(), other);
        recipes.put(grid.key(), List.of());
      } else if (!expand(grid, taken)) {
        left.add(grid);
      }
    }
    Node.Mapping changed = spec.with(variantsOf(spec, section.keySpan()));
    root = withoutGrids(changed, section, left);
  }

  /** The recipes that the rounds of a spec are; those that are not well formed are left out. */
  private static Map<String, List<String>> roundsOf(Node.Mapping spec) {
    Map<String, List<String>> recipes = new LinkedHashMap<>();
    Node section = spec.entry("rounds").map(Node.Entry::value).orElse(null);
    if (section instanceof Node.Mapping rounds) {
      for (Node.Entry entry : rounds.entries()) {
        Node times = key(entry.value(), "times").map(Node.Entry::value).orElse(null);
        if (times instanceof Node.Scalar scalar
            && scalar.value() instanceof Long many
            && many > 0
            && many <= MOST) {
          recipes.put(entry.key(), RoundsSpec.recipes(entry.key(), many.intValue()));
        }
      }
    }
    return recipes;
  }

  private static Map<String, Span> taken(Node.Mapping spec) {
    Map<String, Span> taken = new HashMap<>();
    for (String key : List.of("policies", "variants")) {
      Node section = spec.entry(key).map(Node.Entry::value).orElse(null);
      if (section instanceof Node.Mapping entries) {
        entries.entries().forEach(entry -> taken.put(entry.key(), entry.keySpan()));
      }
    }
    return taken;
  }

  private void clash(Span span, String name, Span other) {
    found.add(
        Diagnostic.of(Code.PLB0210, span, "`" + name + "` is the name of another recipe already")
            .related(other, "the other")
            .help("give the sweep another name"));
  }

  /** Whether the grid is well formed; if so, its variants are there or its mistake is reported. */
  private boolean expand(Node.Entry grid, Map<String, Span> taken) {
    Optional<Node.Entry> of = key(grid.value(), "of");
    Optional<List<Axis>> axes = key(grid.value(), "over").flatMap(over -> axes(over.value()));
    boolean others = grid.value() instanceof Node.Mapping mapping && mapping.entries().size() != 2;
    if (others || of.isEmpty() || axes.isEmpty()) {
      return false;
    }
    recipes.put(grid.key(), List.of());
    if (isTooLarge(grid, axes.get()) || hasTwins(axes.get())) {
      return true;
    }
    List<String> names = new ArrayList<>();
    for (List<Node.Entry> point : points(axes.get())) {
      String name = name(grid.key(), axes.get(), point);
      Span other = taken.putIfAbsent(name, grid.keySpan());
      if (other != null) {
        clash(grid.keySpan(), name, other);
        return true;
      }
      names.add(name);
      Span span = grid.value().span();
      Node.Entry with = new Node.Entry("with", grid.keySpan(), new Node.Mapping(span, point));
      Node variant = new Node.Mapping(span, List.of(of.get(), with));
      variants.put(name, new Node.Entry(name, grid.keySpan(), variant));
    }
    recipes.put(grid.key(), names);
    return true;
  }

  /** A path and the values it takes. */
  private record Axis(Node.Entry path, List<Node> values) {}

  private static Optional<Node.Entry> key(Node block, String key) {
    return block instanceof Node.Mapping mapping ? mapping.entry(key) : Optional.empty();
  }

  private static Optional<List<Axis>> axes(Node over) {
    if (!(over instanceof Node.Mapping paths) || paths.entries().isEmpty()) {
      return Optional.empty();
    }
    List<Axis> axes = new ArrayList<>();
    for (Node.Entry path : paths.entries()) {
      boolean list = path.value() instanceof Node.Sequence;
      if (!list || ((Node.Sequence) path.value()).items().isEmpty()) {
        return Optional.empty();
      }
      axes.add(new Axis(path, ((Node.Sequence) path.value()).items()));
    }
    return Optional.of(axes);
  }

  private boolean isTooLarge(Node.Entry grid, List<Axis> axes) {
    double size = 1;
    for (Axis axis : axes) {
      size *= axis.values().size();
    }
    if (size > MOST) {
      found.add(
          Diagnostic.of(
                  Code.PLB0328,
                  grid.keySpan(),
                  String.format(
                      java.util.Locale.ROOT,
                      "`%s` stands for %.0f recipes; at most %d are possible",
                      grid.key(),
                      size,
                      MOST))
              .help("give fewer values, or sweep over one path after the other"));
    }
    return size > MOST;
  }

  private boolean hasTwins(List<Axis> axes) {
    boolean twins = false;
    for (Axis axis : axes) {
      Map<Object, Span> seen = new HashMap<>();
      for (Node value : axis.values()) {
        Object plain = Plain.of(value);
        Span first = plain == null ? null : seen.putIfAbsent(plain, value.span());
        if (first != null) {
          twins = true;
          found.add(
              Diagnostic.of(
                      Code.PLB0327,
                      value.span(),
                      "`" + axis.path().key() + "` takes this value twice")
                  .related(first, "first given here")
                  .help("remove one; `seeds` repeats a recipe"));
        }
      }
    }
    return twins;
  }

  /** All combinations; the last path changes fastest. */
  private static List<List<Node.Entry>> points(List<Axis> axes) {
    List<List<Node.Entry>> points = new ArrayList<>();
    points.add(List.of());
    for (Axis axis : axes) {
      List<List<Node.Entry>> longer = new ArrayList<>();
      for (List<Node.Entry> point : points) {
        for (Node value : axis.values()) {
          List<Node.Entry> more = new ArrayList<>(point);
          more.add(new Node.Entry(axis.path().key(), axis.path().keySpan(), value));
          longer.add(more);
        }
      }
      points = longer;
    }
    return points;
  }

  private static String name(String grid, List<Axis> axes, List<Node.Entry> point) {
    StringBuilder name = new StringBuilder(grid);
    for (int i = 0; i < point.size(); i++) {
      Node value = point.get(i).value();
      name.append('-').append(word(value, axes.get(i).values().indexOf(value)));
    }
    return name.toString();
  }

  /** A value as a part of a name: {@code 0_05}; where it has no word, its number in the list. */
  private static String word(Node value, int index) {
    Object plain = value instanceof Node.Scalar scalar ? scalar.value() : null;
    @Nullable String text = plain instanceof Double d ? PlainJson.write(d) : null;
    if (text == null && plain != null) {
      text = plain.toString();
    }
    String word = text == null ? "" : text.replaceAll("^-", "minus").replaceAll("\\.0$", "");
    word = word.replaceAll("[^A-Za-z0-9]+", "_");
    return word.isEmpty() || word.length() > 16 ? String.valueOf(index + 1) : word;
  }

  private Node.Entry variantsOf(Node.Mapping spec, Span where) {
    Optional<Node.Entry> before = spec.entry("variants");
    Span key = before.map(Node.Entry::keySpan).orElse(where);
    Node section = before.map(Node.Entry::value).orElse(new Node.Mapping(where, List.of()));
    if (!(section instanceof Node.Mapping entries)) {
      return new Node.Entry("variants", key, section);
    }
    List<Node.Entry> all = new ArrayList<>(entries.entries());
    all.addAll(variants.values());
    return new Node.Entry("variants", key, new Node.Mapping(section.span(), all));
  }

  private static Node.Mapping withoutGrids(
      Node.Mapping spec, Node.Entry section, List<Node.Entry> left) {
    if (!left.isEmpty()) {
      Node grids = new Node.Mapping(section.value().span(), left);
      return spec.with(new Node.Entry(section.key(), section.keySpan(), grids));
    }
    List<Node.Entry> others =
        spec.entries().stream().filter(entry -> !entry.key().equals(section.key())).toList();
    return new Node.Mapping(spec.span(), others);
  }

  /** A comparison may name a grid, or rounds, where it means all of their recipes. */
  private Node.Mapping named(Node.Mapping spec, Map<String, List<String>> rounds) {
    Optional<Node.Entry> compare = spec.entry("compare");
    Optional<Node.Entry> list = compare.flatMap(entry -> key(entry.value(), "recipes"));
    if (compare.isEmpty()
        || list.isEmpty()
        || !(list.get().value() instanceof Node.Sequence names)) {
      return spec;
    }
    List<Node> items = new ArrayList<>();
    for (Node item : names.items()) {
      String name = item instanceof Node.Scalar scalar ? scalar.text() : "";
      List<String> meant = recipes.getOrDefault(name, rounds.get(name));
      if (meant == null) {
        items.add(item);
      } else {
        meant.forEach(recipe -> items.add(new Node.Scalar(item.span(), recipe, recipe)));
      }
    }
    // Without its only recipes the list is no mistake of its own.
    Node.Mapping block = (Node.Mapping) compare.get().value();
    Node all =
        items.isEmpty() && !names.items().isEmpty()
            ? new Node.Broken(names.span())
            : new Node.Sequence(names.span(), items);
    Node.Entry changed = new Node.Entry("recipes", list.get().keySpan(), all);
    return spec.with(new Node.Entry("compare", compare.get().keySpan(), block.with(changed)));
  }
}
