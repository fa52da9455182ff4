// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.batch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Work on rows in parts that may be computed side by side. Where it is divided depends on the work
 * alone and not on how many cores there are: sums over parts then have the same bits everywhere.
 *
 * <p>A part is large enough that starting it, and adding up its gradient, cost little beside it.
 * There are 1, 2, 4, 8 or 16 parts, which two, four and more cores share evenly.
 */
public final class Division {

  /**
   * Tokens of each of two parts, at least. Adding a gradient costs as much as learning from some
   * ten tokens, and matrix products of fewer rows are slower.
   */
  static final long LEAST_TOKENS = 512;

  /** Tokens of each of more parts, at least. */
  static final long TOKENS = 1024;

  /** Parameters of the model times tokens of a part, at least. */
  static final long LEAST_WORK = 50_000_000;

  static final int MOST = 16;

  /** A system property for tests: tokens of a part at least, however little is computed of them. */
  public static final String FINELY = "plumb.division.tokens";

  private Division() {}

  /**
   * Divides rows in their order.
   *
   * @param parameters of the model
   * @param tokens of a row
   */
  public static <R> List<List<R>> of(long parameters, List<R> rows, ToLongFunction<R> tokens) {
    return cut(parameters, rows.stream().map(List::of).toList(), tokens);
  }

  /**
   * Divides rows, those of one group together: their common beginning is then computed once.
   *
   * @param parameters of the model
   * @param group of a row; groups come in the order of their first rows
   * @param tokens of a row
   */
  public static <R> List<List<R>> ofGroups(
      long parameters, List<R> rows, Function<R, ?> group, ToLongFunction<R> tokens) {
    Map<Object, List<R>> groups = new LinkedHashMap<>();
    rows.forEach(row -> groups.computeIfAbsent(group.apply(row), g -> new ArrayList<>()).add(row));
    List<List<R>> parts = cut(parameters, List.copyOf(groups.values()), tokens);
    return parts.size() == 1 ? List.of(rows) : parts;
  }

  /** Ends a part with the group in whose middle its share of all tokens ends. */
  private static <R> List<List<R>> cut(
      long parameters, List<List<R>> groups, ToLongFunction<R> tokens) {
    long all = groups.stream().flatMap(List::stream).mapToLong(tokens).sum();
    int count = parts(parameters, groups.size(), all);
    List<List<R>> parts = new ArrayList<>();
    long before = 0;
    int current = -1;
    for (List<R> group : groups) {
      long own = group.stream().mapToLong(tokens).sum();
      int part = (int) Math.min(count - 1, (2 * before + own) * count / (2 * Math.max(1, all)));
      before += own;
      if (part > current) {
        parts.add(new ArrayList<>());
        current = part;
      }
      parts.get(parts.size() - 1).addAll(group);
    }
    return parts;
  }

  /**
   * Returns into how many parts work is divided.
   *
   * @param parameters of the model
   * @param groups what is not divided
   * @param tokens of all
   */
  public static int parts(long parameters, int groups, long tokens) {
    Long finely = Long.getLong(FINELY);
    if (finely != null) {
      return highestPower(Math.min(tokens / finely, groups));
    }
    long full = Math.max(tokens / TOKENS, Math.min(2, tokens / LEAST_TOKENS));
    long fit = Math.min(full, parameters * tokens / LEAST_WORK);
    return highestPower(Math.min(fit, groups));
  }

  private static int highestPower(long most) {
    return most < 2 ? 1 : Integer.highestOneBit((int) Math.min(most, MOST));
  }
}
