// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.spec.bind.Binder;
import org.plumbline.dsl.spec.tree.Node;

/**
 * Writes grids out as variants, so that nothing behind the tree knows of them: a loop in a script
 * that declares the same variants gives the same experiment. What is {@code of} a grid is written
 * out once for each of its recipes.
 *
 * <p>A grid that is not well formed stays where it is, and the binder says what is wrong with it.
 */
final class Sweeps {
  private final List<Diagnostic> found;
  private final Node.Mapping spec;
  private final Map<String, Span> taken = new HashMap<>();

  /** What stands for many recipes, by its name. */
  private final Map<String, List<Member>> groups = new LinkedHashMap<>();

  /** The entries that sections have in place of those that stand for many. */
  private final Map<String, Map<String, List<Node.Entry>>> written = new HashMap<>();

  private final Map<String, String> grids = new LinkedHashMap<>();
  private final Map<String, String> families = new LinkedHashMap<>();

  /**
   * One of many recipes.
   *
   * @param suffix what its name has behind that of the group, such as {@code -0.1-20}
   */
  private record Member(String name, String suffix) {}

  private Sweeps(Node.Mapping spec, List<Diagnostic> found) {
    this.spec = spec;
    this.found = found;
  }

  /**
   * A spec without grids.
   *
   * @param root with variants in their place
   * @param grids the grid that a variant stands for with others
   * @param families the variant of a grid that a variant stands for with others
   */
  record Expanded(Node root, Map<String, String> grids, Map<String, String> families) {}

  /** Expands all grids of a spec. */
  static Expanded expand(Node root, List<Diagnostic> found) {
    if (!(root instanceof Node.Mapping spec)) {
      return new Expanded(root, Map.of(), Map.of());
    }
    Sweeps sweeps = new Sweeps(spec, found);
    sweeps.expandAll();
    Map<String, List<String>> many = new LinkedHashMap<>();
    sweeps.groups.forEach(
        (name, members) -> many.put(name, members.stream().map(Member::name).toList()));
    Node changed = ComparedNames.written(sweeps.rewritten(), many, found);
    return new Expanded(changed, sweeps.grids, sweeps.families);
  }

  private void expandAll() {
    Set<String> many = many();
    for (String section : List.of("policies", "variants")) {
      for (Node.Entry entry : entries(section)) {
        taken.put(entry.key(), entry.keySpan());
      }
    }
    entries("rounds").forEach(rounds -> taken.putIfAbsent(rounds.key(), rounds.keySpan()));
    Map<Node.Entry, String> waiting = new LinkedHashMap<>();
    for (String section : List.of("sweep", "variants", "rounds")) {
      for (Node.Entry entry : entries(section)) {
        if (section.equals("sweep") || many.contains(of(entry))) {
          waiting.put(entry, section);
        }
      }
    }
    boolean moved = true;
    while (moved && !waiting.isEmpty()) {
      moved = false;
      for (Map.Entry<Node.Entry, String> next : List.copyOf(waiting.entrySet())) {
        String of = of(next.getKey());
        if (!many.contains(of) || groups.containsKey(of) || clashes(next)) {
          expand(next.getValue(), next.getKey());
          waiting.remove(next.getKey());
          moved = true;
        }
      }
    }
    waiting.forEach(this::inCycle);
  }

  private boolean clashes(Map.Entry<Node.Entry, String> entry) {
    return entry.getValue().equals("sweep") && taken.containsKey(entry.getKey().key());
  }

  /** The names of grids, and of what varies one. */
  private Set<String> many() {
    Set<String> many = new HashSet<>();
    entries("sweep").forEach(grid -> many.add(grid.key()));
    boolean moved = true;
    while (moved) {
      moved = false;
      for (Node.Entry variant : entries("variants")) {
        moved |= many.contains(of(variant)) && many.add(variant.key());
      }
    }
    return many;
  }

  private List<Node.Entry> entries(String section) {
    Node value = spec.entry(section).map(Node.Entry::value).orElse(null);
    return value instanceof Node.Mapping entries ? entries.entries() : List.of();
  }

  /** What an entry varies; nothing if it does not say so in words. */
  private static String of(Node.Entry entry) {
    return key(entry.value(), "of")
        .map(of -> of.value() instanceof Node.Scalar scalar ? scalar.text() : "")
        .orElse("");
  }

  private static Optional<Node.Entry> key(Node block, String key) {
    return block instanceof Node.Mapping mapping ? mapping.entry(key) : Optional.empty();
  }

  private void inCycle(Node.Entry entry, String section) {
    String of = of(entry);
    groups.put(entry.key(), List.of());
    write(section, entry.key(), List.of());
    if (section.equals("sweep")) {
      Span place = key(entry.value(), "of").map(found -> found.value().span()).orElseThrow();
      found.add(
          Diagnostic.of(
                  Code.PLB0203,
                  place,
                  entry.key().equals(of)
                      ? "`" + of + "` varies itself"
                      : "`" + entry.key() + "` varies `" + of + "`, which varies it")
              .help("let one of them vary a recipe that is there before"));
    }
  }

  private void expand(String section, Node.Entry entry) {
    if (section.equals("sweep")) {
      expandGrid(entry);
    } else {
      repeat(section, entry);
    }
  }

  /** Writes a variant, or rounds, of a grid once for each of its recipes. */
  private void repeat(String section, Node.Entry entry) {
    List<Member> members = new ArrayList<>();
    List<Node.Entry> entries = new ArrayList<>();
    Node.Entry of = key(entry.value(), "of").orElseThrow();
    for (Member member : groups.getOrDefault(of(entry), List.of())) {
      String name = entry.key() + member.suffix();
      if (section.equals("variants") && !free(name, entry.keySpan())) {
        break;
      }
      Node.Mapping block = (Node.Mapping) entry.value();
      Node base = new Node.Scalar(of.value().span(), member.name(), member.name());
      Node.Mapping one = block.with(new Node.Entry("of", of.keySpan(), base));
      entries.add(new Node.Entry(name, entry.keySpan(), one));
      members.add(new Member(name, member.suffix()));
      families.put(name, entry.key());
    }
    write(section, entry.key(), entries);
    groups.put(entry.key(), members);
  }

  private void write(String section, String name, List<Node.Entry> entries) {
    written.computeIfAbsent(section, unseen -> new LinkedHashMap<>()).put(name, entries);
  }

  private boolean free(String name, Span where) {
    Span other = taken.putIfAbsent(name, where);
    if (other != null) {
      found.add(
          Diagnostic.of(Code.PLB0210, where, "`" + name + "` is the name of another recipe already")
              .related(other, "the other")
              .help("give the sweep another name"));
    }
    return other == null;
  }

  /** If a grid is not well formed, it stays, or its mistake is reported. */
  private void expandGrid(Node.Entry grid) {
    Optional<Node.Entry> of = key(grid.value(), "of").filter(entry -> !of(grid).isEmpty());
    Optional<List<SweptAxis>> axes = key(grid.value(), "over").flatMap(over -> axes(over.value()));
    groups.put(grid.key(), List.of());
    if (of.isEmpty() || axes.isEmpty() || !hasRightKeys(grid)) {
      noPaths(grid);
      return;
    }
    write("sweep", grid.key(), List.of());
    boolean zip = isZip(grid);
    boolean broken = axes.get().stream().anyMatch(axis -> axis.values().isEmpty());
    if (taken.containsKey(grid.key())) {
      free(grid.key(), grid.keySpan());
    } else if (!broken && (zip ? sameLength(axes.get()) : !isTooLarge(grid, axes.get()))) {
      add(grid, of.get(), axes.get(), zip ? pairs(axes.get()) : points(axes.get()));
    }
  }

  private void noPaths(Node.Entry grid) {
    Optional<Node.Entry> over = key(grid.value(), "over");
    if (over.isPresent()
        && over.get().value() instanceof Node.Mapping paths
        && paths.entries().isEmpty()) {
      found.add(
          Diagnostic.of(
                  Code.PLB0308, over.get().keySpan(), "`" + grid.key() + "` sweeps over nothing")
              .help("give a path and its values: `policies.ppo.ppo.clip: [0.1, 0.2]`"));
    }
  }

  private static boolean hasRightKeys(Node.Entry grid) {
    Set<String> known = Set.of("of", "over", "zip");
    return grid.value() instanceof Node.Mapping block
        && block.entries().stream().map(Node.Entry::key).allMatch(known::contains)
        && key(block, "zip").map(zip -> flag(zip.value()) != null).orElse(true);
  }

  private static boolean isZip(Node.Entry grid) {
    return key(grid.value(), "zip")
        .map(zip -> Boolean.TRUE.equals(flag(zip.value())))
        .orElse(false);
  }

  private static @Nullable Boolean flag(Node value) {
    return value instanceof Node.Scalar scalar && scalar.value() instanceof Boolean flag
        ? flag
        : null;
  }

  private Optional<List<SweptAxis>> axes(Node over) {
    if (!(over instanceof Node.Mapping paths) || paths.entries().isEmpty()) {
      return Optional.empty();
    }
    List<SweptAxis> axes = new ArrayList<>();
    for (Node.Entry path : paths.entries()) {
      Optional<SweptAxis> axis = SweptAxis.of(path, found);
      if (axis.isEmpty()) {
        return Optional.empty();
      }
      axes.add(axis.get());
    }
    return Optional.of(axes);
  }

  private boolean sameLength(List<SweptAxis> axes) {
    SweptAxis first = axes.get(0);
    for (SweptAxis axis : axes) {
      if (axis.values().size() != first.values().size()) {
        found.add(
            Diagnostic.of(
                    Code.PLB0369,
                    axis.path().keySpan(),
                    "`%s` takes %d values, but `%s` takes %d"
                        .formatted(
                            axis.path().key(),
                            axis.values().size(),
                            first.path().key(),
                            first.values().size()))
                .related(first.path().keySpan(), "the other")
                .help("with `zip` all paths take equally many; without it all are combined"));
        return false;
      }
    }
    return true;
  }

  private boolean isTooLarge(Node.Entry grid, List<SweptAxis> axes) {
    double size = Math.max(1, groups.getOrDefault(of(grid), List.of()).size());
    for (SweptAxis axis : axes) {
      size *= axis.values().size();
    }
    if (size > SweptAxis.MOST) {
      found.add(
          Diagnostic.of(
                  Code.PLB0328,
                  grid.keySpan(),
                  String.format(
                      Locale.ROOT,
                      "`%s` stands for %.0f recipes; at most %d are possible",
                      grid.key(),
                      size,
                      SweptAxis.MOST))
              .help("give fewer values, or sweep over one path after the other"));
    }
    return size > SweptAxis.MOST;
  }

  /** All combinations, as places in the lists of values; the last path changes fastest. */
  private static List<int[]> points(List<SweptAxis> axes) {
    List<int[]> points = new ArrayList<>();
    points.add(new int[0]);
    for (SweptAxis axis : axes) {
      List<int[]> longer = new ArrayList<>();
      for (int[] point : points) {
        for (int i = 0; i < axis.values().size(); i++) {
          int[] more = Arrays.copyOf(point, point.length + 1);
          more[point.length] = i;
          longer.add(more);
        }
      }
      points = longer;
    }
    return points;
  }

  /** The first values of all, the second values of all, and so on. */
  private static List<int[]> pairs(List<SweptAxis> axes) {
    List<int[]> pairs = new ArrayList<>();
    for (int i = 0; i < axes.get(0).values().size(); i++) {
      int[] pair = new int[axes.size()];
      Arrays.fill(pair, i);
      pairs.add(pair);
    }
    return pairs;
  }

  private void add(Node.Entry grid, Node.Entry of, List<SweptAxis> axes, List<int[]> points) {
    List<Member> bases =
        groups.containsKey(of(grid))
            ? Objects.requireNonNull(groups.get(of(grid)))
            : List.of(new Member(of(grid), ""));
    List<List<String>> words = axes.stream().map(SweptAxis::words).toList();
    List<Member> members = new ArrayList<>();
    List<Node.Entry> variants = new ArrayList<>();
    boolean named = areNames(grid, bases, words, points);
    for (Member base : bases) {
      for (int[] point : points) {
        StringBuilder suffix = new StringBuilder(base.suffix());
        List<Node.Entry> with = new ArrayList<>();
        for (int i = 0; i < point.length; i++) {
          suffix.append('-').append(words.get(i).get(point[i]));
          Node.Entry path = axes.get(i).path();
          with.add(new Node.Entry(path.key(), path.keySpan(), axes.get(i).values().get(point[i])));
        }
        String end = named ? suffix.toString() : "-" + (members.size() + 1);
        if (grid.key().length() + end.length() > Binder.LONGEST_NAME) {
          found.add(
              Diagnostic.of(
                      Code.PLB0110,
                      grid.keySpan(),
                      "`%s%s` would be the name of a recipe".formatted(grid.key(), end))
                  .help(
                      "shorten the sweep's name: names have at most "
                          + Binder.LONGEST_NAME
                          + " letters"));
          return;
        }
        if (!free(grid.key() + end, grid.keySpan())) {
          return;
        }
        Member member = new Member(grid.key() + end, end);
        members.add(member);
        variants.add(variant(grid, of, base.name(), member.name(), with));
        grids.put(member.name(), grid.key());
      }
    }
    write("sweep", grid.key(), variants);
    groups.put(grid.key(), members);
  }

  /** Whether no name becomes too long; if one does, all are called after their places. */
  private static boolean areNames(
      Node.Entry grid, List<Member> bases, List<List<String>> words, List<int[]> points) {
    int most = 0;
    for (int[] point : points) {
      int length = 0;
      for (int i = 0; i < point.length; i++) {
        length += 1 + words.get(i).get(point[i]).length();
      }
      most = Math.max(most, length);
    }
    int base = bases.stream().mapToInt(member -> member.suffix().length()).max().orElse(0);
    return grid.key().length() + base + most <= Binder.LONGEST_NAME;
  }

  private static Node.Entry variant(
      Node.Entry grid, Node.Entry of, String base, String name, List<Node.Entry> with) {
    Span span = grid.value().span();
    Node.Entry varied =
        new Node.Entry("of", of.keySpan(), new Node.Scalar(of.value().span(), base, base));
    Node.Entry settings = new Node.Entry("with", grid.keySpan(), new Node.Mapping(span, with));
    return new Node.Entry(name, grid.keySpan(), new Node.Mapping(span, List.of(varied, settings)));
  }

  /** The spec with what was written out; grids become variants, behind those that are there. */
  private Node.Mapping rewritten() {
    List<Node.Entry> left = new ArrayList<>();
    List<Node.Entry> fromGrids = new ArrayList<>();
    for (Node.Entry grid : entries("sweep")) {
      List<Node.Entry> variants = written.getOrDefault("sweep", Map.of()).get(grid.key());
      if (variants == null) {
        left.add(grid);
      } else {
        fromGrids.addAll(variants);
      }
    }
    Node.Mapping changed = spec;
    for (String section : List.of("variants", "rounds")) {
      changed = replaced(changed, section);
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

  private Node.Mapping replaced(Node.Mapping changed, String section) {
    Map<String, List<Node.Entry>> repeated = written.getOrDefault(section, Map.of());
    if (repeated.isEmpty()) {
      return changed;
    }
    Node.Entry before = changed.entry(section).orElseThrow();
    List<Node.Entry> entries = new ArrayList<>();
    for (Node.Entry entry : entries(section)) {
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
}
