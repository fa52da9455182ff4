// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every recipe against every other, and the ranking that follows.
 *
 * @param by what decides who wins: {@code gold}, or {@code score} if there is no gold reward
 * @param pairs each ordered pair once
 * @param ranking best first
 */
public record WinRates(String by, List<Pair> pairs, List<Rank> ranking) {

  public WinRates {
    pairs = List.copyOf(pairs);
    ranking = List.copyOf(ranking);
  }

  /**
   * How often {@code row} beats {@code column}, ties half.
   *
   * @param ties how many of the n were ties
   * @param p that neither wins more often, for policies trained with new seeds; corrected for the
   *     number of pairs by Holm's procedure; null if it was not tested
   */
  public record Pair(
      String row, String column, Interval rate, int ties, int n, @Nullable Double p) {

    /** A pair that was not tested. */
    public Pair(String row, String column, Interval rate, int ties, int n) {
      this(row, column, rate, ties, n, null);
    }

    /** Whether one of the two is shown to win more often. */
    public boolean decided() {
      Double tested = p;
      return tested != null && tested <= 0.05;
    }
  }

  /**
   * A recipe's Bradley–Terry rating, mean 1000; +400 is odds of 10 : 1.
   *
   * @param first best place that the paired differences of the ratings allow, corrected for the
   *     number of pairs by Holm's procedure
   * @param last worst place that they allow
   * @param elo rating by {@link org.plumbline.engine.statistics.Elo}, the median over orders of all
   *     games
   */
  public record Rank(String recipe, Interval rating, int first, int last, double elo) {}
}
