// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.spec.tree.Node;

/**
 * A grid that is well formed.
 *
 * @param entry the grid as it was written
 * @param of the key that says which recipe is varied
 * @param axes the paths with their values
 * @param zip whether the values are taken side by side
 */
record SweptGrid(Node.Entry entry, Node.Entry of, List<SweptAxis> axes, boolean zip) {

  /**
   * One combination of values.
   *
   * @param suffix what the name of its recipe ends with, such as {@code -0.1-20}
   * @param with the paths with their values
   */
  record Point(String suffix, List<Node.Entry> with) {}

  /** Reads a grid; empty if the binder will say what is wrong with it, or it was said here. */
  static Optional<SweptGrid> of(Node.Entry grid, List<Diagnostic> found) {
    Optional<Node.Entry> of =
        key(grid.value(), "of")
            .filter(name -> name.value() instanceof Node.Scalar text && !text.text().isEmpty());
    Optional<List<SweptAxis>> axes =
        key(grid.value(), "over").flatMap(over -> axes(over.value(), found));
    if (of.isEmpty() || axes.isEmpty() || !hasRightKeys(grid)) {
      noPaths(grid, found);
      return Optional.empty();
    }
    return Optional.of(new SweptGrid(grid, of.get(), axes.get(), isZip(grid)));
  }

  /** Whether the values of all paths could be read. */
  boolean isComplete() {
    return axes.stream().noneMatch(axis -> axis.values().isEmpty());
  }

  /** Whether its paths go together and its recipes, for so many varied ones, are not too many. */
  boolean fits(int bases, List<Diagnostic> found) {
    return zip ? sameLength(found) : !isTooLarge(bases, found);
  }

  /** The combinations of values; the last path changes fastest. */
  List<Point> points() {
    List<List<String>> words = axes.stream().map(SweptAxis::words).toList();
    List<Point> points = new ArrayList<>();
    for (int[] places : zip ? pairs() : combinations()) {
      StringBuilder suffix = new StringBuilder();
      List<Node.Entry> with = new ArrayList<>();
      for (int i = 0; i < places.length; i++) {
        suffix.append('-').append(words.get(i).get(places[i]));
        Node.Entry path = axes.get(i).path();
        with.add(new Node.Entry(path.key(), path.keySpan(), axes.get(i).values().get(places[i])));
      }
      points.add(new Point(suffix.toString(), with));
    }
    return points;
  }

  /** A key of a block; empty if it is none, or has not the key. */
  static Optional<Node.Entry> key(Node block, String key) {
    return block instanceof Node.Mapping mapping ? mapping.entry(key) : Optional.empty();
  }

  private static void noPaths(Node.Entry grid, List<Diagnostic> found) {
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

  private static Optional<List<SweptAxis>> axes(Node over, List<Diagnostic> found) {
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

  private boolean sameLength(List<Diagnostic> found) {
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

  private boolean isTooLarge(int bases, List<Diagnostic> found) {
    double size = Math.max(1, bases);
    for (SweptAxis axis : axes) {
      size *= axis.values().size();
    }
    if (size > SweptAxis.MOST) {
      found.add(
          Diagnostic.of(
                  Code.PLB0328,
                  entry.keySpan(),
                  String.format(
                      Locale.ROOT,
                      "`%s` stands for %.0f recipes; at most %d are possible",
                      entry.key(),
                      size,
                      SweptAxis.MOST))
              .help("give fewer values, or sweep over one path after the other"));
    }
    return size > SweptAxis.MOST;
  }

  /** As places in the lists of values. */
  private List<int[]> combinations() {
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
  private List<int[]> pairs() {
    List<int[]> pairs = new ArrayList<>();
    for (int i = 0; i < axes.get(0).values().size(); i++) {
      int[] pair = new int[axes.size()];
      Arrays.fill(pair, i);
      pairs.add(pair);
    }
    return pairs;
  }
}
