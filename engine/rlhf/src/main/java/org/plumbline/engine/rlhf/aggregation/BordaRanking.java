// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.aggregation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One order of what several people put in order: by the points of J.-C. de Borda, "Mémoire sur les
 * élections au scrutin", 1781. An answer in place k of m, counted from 0, has
 *
 * <pre>{@code
 * b = sum over people of w (m - 1 - k)
 * }</pre>
 *
 * <p>Answers that a ranking leaves out share the places behind it. The order ends before the first
 * two answers with equal points: of these and of all behind them nothing is said. Borda's order
 * need not put first what most people prefer to each other answer (algorithms 1.12 has an example).
 */
public final class BordaRanking {
  private BordaRanking() {}

  /**
   * By item, the answers in order, the best first; items of which nothing can be said are not
   * there.
   *
   * @param answers by item, how many there are to put in order
   */
  public static Map<Integer, List<Integer>> of(
      List<Opinion<List<Integer>>> rankings, Map<Integer, Integer> answers) {
    Map<Integer, double[]> points = new LinkedHashMap<>();
    for (Opinion<List<Integer>> ranking : rankings) {
      int m = answers.getOrDefault(ranking.item(), 0);
      double[] own = points.computeIfAbsent(ranking.item(), item -> new double[m]);
      double[] given = points(ranking.said(), m);
      for (int answer = 0; answer < m; answer++) {
        own[answer] += ranking.weight() * given[answer];
      }
    }
    Map<Integer, List<Integer>> orders = new LinkedHashMap<>();
    points.forEach(
        (item, own) -> {
          List<Integer> order = order(own);
          if (!order.isEmpty()) {
            orders.put(item, order);
          }
        });
    return orders;
  }

  /** The points that one ranking gives. */
  static double[] points(List<Integer> ranking, int answers) {
    double[] points = new double[answers];
    Arrays.fill(points, (answers - ranking.size() - 1) / 2.0);
    for (int place = 0; place < ranking.size(); place++) {
      points[ranking.get(place)] = answers - 1.0 - place;
    }
    return points;
  }

  private static List<Integer> order(double[] points) {
    List<Integer> sorted = new ArrayList<>();
    for (int answer = 0; answer < points.length; answer++) {
      sorted.add(answer);
    }
    sorted.sort(Comparator.comparingDouble((Integer answer) -> points[answer]).reversed());
    for (int place = 1; place < sorted.size(); place++) {
      double above = points[sorted.get(place - 1)];
      if (above - points[sorted.get(place)] <= 1e-9 * Math.max(1, above)) {
        return sorted.subList(0, place - 1);
      }
    }
    return sorted;
  }
}
