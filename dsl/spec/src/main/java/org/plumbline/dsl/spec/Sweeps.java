// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
    Node changed = ComparedNames.written(SweptSpec.of(spec, sweeps.written), many, found);
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
    return SweptSpec.entries(spec, section);
  }

  /** What an entry varies; nothing if it does not say so in words. */
  private static String of(Node.Entry entry) {
    return SweptGrid.key(entry.value(), "of")
        .map(of -> of.value() instanceof Node.Scalar scalar ? scalar.text() : "")
        .orElse("");
  }

  private void inCycle(Node.Entry entry, String section) {
    String of = of(entry);
    groups.put(entry.key(), List.of());
    write(section, entry.key(), List.of());
    if (section.equals("sweep")) {
      Span place =
          SweptGrid.key(entry.value(), "of").map(found -> found.value().span()).orElseThrow();
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
    Node.Entry of = SweptGrid.key(entry.value(), "of").orElseThrow();
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
  private void expandGrid(Node.Entry entry) {
    Optional<SweptGrid> grid = SweptGrid.of(entry, found);
    groups.put(entry.key(), List.of());
    if (grid.isEmpty()) {
      return;
    }
    write("sweep", entry.key(), List.of());
    if (taken.containsKey(entry.key())) {
      free(entry.key(), entry.keySpan());
      return;
    }
    List<Member> bases =
        groups.containsKey(of(entry))
            ? Objects.requireNonNull(groups.get(of(entry)))
            : List.of(new Member(of(entry), ""));
    if (grid.get().isComplete() && grid.get().fits(bases.size(), found)) {
      add(grid.get(), bases);
    }
  }

  private void add(SweptGrid grid, List<Member> bases) {
    String sweep = grid.entry().key();
    Span where = grid.entry().keySpan();
    List<SweptGrid.Point> points = grid.points();
    List<Member> members = new ArrayList<>();
    List<Node.Entry> variants = new ArrayList<>();
    boolean named = areNames(sweep, bases, points);
    for (Member base : bases) {
      for (SweptGrid.Point point : points) {
        String end = named ? base.suffix() + point.suffix() : "-" + (members.size() + 1);
        if ((sweep + end).length() > Binder.LONGEST_NAME) {
          found.add(
              Diagnostic.of(
                      Code.PLB0110,
                      where,
                      "`%s%s` would be the name of a recipe".formatted(sweep, end))
                  .help(
                      "shorten the sweep's name: names have at most "
                          + Binder.LONGEST_NAME
                          + " letters"));
          return;
        }
        if (!free(sweep + end, where)) {
          return;
        }
        members.add(new Member(sweep + end, end));
        variants.add(variant(grid, base.name(), sweep + end, point.with()));
        grids.put(sweep + end, sweep);
      }
    }
    write("sweep", sweep, variants);
    groups.put(sweep, members);
  }

  /** Whether no name becomes too long; if one does, all are called after their places. */
  private static boolean areNames(String sweep, List<Member> bases, List<SweptGrid.Point> points) {
    int base = bases.stream().mapToInt(member -> member.suffix().length()).max().orElse(0);
    int most = points.stream().mapToInt(point -> point.suffix().length()).max().orElse(0);
    return sweep.length() + base + most <= Binder.LONGEST_NAME;
  }

  private static Node.Entry variant(
      SweptGrid grid, String base, String name, List<Node.Entry> with) {
    Span key = grid.entry().keySpan();
    Span block = grid.entry().value().span();
    Node.Entry of = grid.of();
    Node.Entry varied =
        new Node.Entry("of", of.keySpan(), new Node.Scalar(of.value().span(), base, base));
    Node.Entry settings = new Node.Entry("with", key, new Node.Mapping(block, with));
    return new Node.Entry(name, key, new Node.Mapping(block, List.of(varied, settings)));
  }
}
