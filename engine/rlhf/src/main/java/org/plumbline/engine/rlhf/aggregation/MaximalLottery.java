// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.aggregation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.plumbline.engine.statistics.Matrix;

/**
 * The lottery over the answers to a prompt that no answer beats.
 *
 * <p>P. C. Fishburn, "Probabilistic social choice based on simple voting comparisons", Review of
 * Economic Studies 51 (1984), section 2 (R. Munos et al. 2023, "Nash learning from human feedback",
 * arXiv:2312.00886): with s_ab the share of votes for answer a against b,
 *
 * <pre>{@code
 * m_ab = 2 s_ab - 1,   0 where nobody compared them
 * p:     sum_a p_a m_ab >= 0 for every b
 * P(a > b) = p_a / (p_a + p_b),   1/2 where neither has a chance
 * }</pre>
 *
 * <p>p is the Nash equilibrium of the game whose payoffs are the margins. An answer that beats all
 * others gets all of it (Condorcet's rule, where it says something), a circle is shared. Answers
 * that no comparison links have lotteries of their own. Where several lotteries qualify, it is the
 * one of largest entropy, so that answers that nothing tells apart have the same chance.
 *
 * <p>It is the limit of the equilibria {@code p_a ~ exp( (m p)_a / tau )} of the game with entropy:
 * each is found by Newton's method from the last, and the limit from three small temperatures
 * (Richardson's extrapolation). It is exact to 1e-8 as long as what decides is no margin below
 * 0.0005. Cost: the cube of the answers to a prompt.
 */
public final class MaximalLottery {
  private static final double HOTTEST = 4;

  /** The largest of the three temperatures that tell the limit, 2^-17; each is half the last. */
  private static final double COLD = 1.0 / (1 << 17);

  private static final int NEWTON_STEPS = 100;

  /** Less of a lottery is none: what rounding and extrapolation leave. */
  private static final double NONE = 1e-9;

  private final double[][] margins;
  private final int n;

  /** Logarithms of the chances, and what all of them have added so that chances add up to 1. */
  private double[] logs;

  private MaximalLottery(double[][] margins) {
    this.margins = margins;
    this.n = margins.length;
    this.logs = new double[n + 1];
    Arrays.fill(logs, 0, n, -StrictMath.log(n));
    logs[n] = logs[0];
  }

  /** What these ballots come to. */
  public static Aggregated of(Ballots ballots) {
    int[] pieceOf = ballots.pieceOf();
    double[] shares = ballots.shares();
    double[] votes = new double[shares.length];
    ballots.ballots().forEach(ballot -> votes[ballot.pair()] += ballot.weight());
    Map<Integer, List<Integer>> pairsOf = new LinkedHashMap<>();
    for (int i = 0; i < shares.length; i++) {
      int piece = pieceOf[ballots.pairs().get(i).one()];
      pairsOf.computeIfAbsent(piece, none -> new ArrayList<>()).add(i);
    }
    double[] one = new double[shares.length];
    for (List<Integer> pairs : pairsOf.values()) {
      Map<Integer, Integer> place = new HashMap<>();
      for (int i : pairs) {
        place.putIfAbsent(ballots.pairs().get(i).one(), place.size());
        place.putIfAbsent(ballots.pairs().get(i).two(), place.size());
      }
      // The same two answers may stand in several pairs: all their votes count.
      double[][] margins = new double[place.size()][place.size()];
      double[][] counted = new double[place.size()][place.size()];
      for (int i : pairs) {
        int a = place(place, ballots.pairs().get(i).one());
        int b = place(place, ballots.pairs().get(i).two());
        margins[a][b] += votes[i] * (2 * shares[i] - 1);
        margins[b][a] -= votes[i] * (2 * shares[i] - 1);
        counted[a][b] += votes[i];
        counted[b][a] += votes[i];
      }
      for (int a = 0; a < margins.length; a++) {
        for (int b = 0; b < margins.length; b++) {
          margins[a][b] /= counted[a][b] == 0 ? 1 : counted[a][b];
        }
      }
      double[] lottery = of(margins);
      for (int i : pairs) {
        double first = lottery[place(place, ballots.pairs().get(i).one())];
        double both = first + lottery[place(place, ballots.pairs().get(i).two())];
        one[i] = both == 0 ? 0.5 : first / both;
      }
    }
    return Aggregated.counted(one);
  }

  private static int place(Map<Integer, Integer> places, int answer) {
    return Objects.requireNonNull(places.get(answer));
  }

  /** The lottery of these margins, of which each is the negative of its mirror image. */
  static double[] of(double[][] margins) {
    if (margins.length == 2) {
      double first = (Math.signum(margins[0][1]) + 1) / 2;
      return new double[] {first, 1 - first};
    }
    MaximalLottery game = new MaximalLottery(margins);
    for (double tau = HOTTEST; tau > COLD; tau /= 2) {
      game.solve(tau);
    }
    double[] warm = game.solve(COLD);
    double[] colder = game.solve(COLD / 2);
    double[] coldest = game.solve(COLD / 4);
    double[] limit = new double[margins.length];
    double sum = 0;
    for (int i = 0; i < limit.length; i++) {
      double chance = (8 * coldest[i] - 6 * colder[i] + warm[i]) / 3;
      limit[i] = chance < NONE ? 0 : chance;
      sum += limit[i];
    }
    for (int i = 0; i < limit.length; i++) {
      limit[i] /= sum;
    }
    return limit;
  }

  /** Finds the equilibrium at a temperature from the one before. */
  private double[] solve(double tau) {
    double[] rest = rest(logs, tau);
    for (int step = 0; step < NEWTON_STEPS; step++) {
      double[] change = Matrix.solve(slopes(tau), rest);
      double length = 1;
      double[] next = moved(change, length);
      double[] nextRest = rest(next, tau);
      while (length > 1e-6 && !(largest(nextRest) < largest(rest))) {
        length /= 2;
        next = moved(change, length);
        nextRest = rest(next, tau);
      }
      if (!(largest(nextRest) < largest(rest))) {
        break; // as near as rounding allows
      }
      logs = next;
      rest = nextRest;
    }
    return chances(logs);
  }

  private double[] moved(double[] change, double length) {
    double[] next = logs.clone();
    for (int i = 0; i <= n; i++) {
      next[i] -= length * change[i];
    }
    return next;
  }

  private double[] chances(double[] at) {
    double[] chances = new double[n];
    for (int i = 0; i < n; i++) {
      chances[i] = StrictMath.exp(at[i]);
    }
    return chances;
  }

  /** How far each chance, and their sum, is from what it has to be. */
  private double[] rest(double[] at, double tau) {
    double[] chances = chances(at);
    double[] rest = new double[n + 1];
    for (int i = 0; i < n; i++) {
      double gains = 0;
      for (int j = 0; j < n; j++) {
        gains += margins[i][j] * chances[j];
      }
      rest[i] = at[i] - gains / tau - at[n];
      rest[n] += chances[i];
    }
    rest[n] -= 1;
    return rest;
  }

  private double[][] slopes(double tau) {
    double[] chances = chances(logs);
    double[][] slopes = new double[n + 1][n + 1];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        slopes[i][j] = (i == j ? 1 : 0) - margins[i][j] * chances[j] / tau;
      }
      slopes[i][n] = -1;
      slopes[n][i] = chances[i];
    }
    return slopes;
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
