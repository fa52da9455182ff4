// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

import java.util.Arrays;
import java.util.List;

/**
 * Ratings that follow game after game: who wins against a stronger one gains more.
 *
 * <p>Elo, "The Rating of Chessplayers, Past and Present", 1978; for language models Chiang et al.,
 * "Chatbot Arena", ICML 2024, arXiv:2403.04132, with the same K:
 *
 * <pre>{@code
 * E_a = 1 / (1 + 10^((R_b - R_a) / 400)),   R_a += K (S - E_a),   R_b -= K (S - E_a)
 * }</pre>
 *
 * <p>The order of the games moves them, and here it means nothing: {@link #median} is over many
 * orders. With few games they stay near the start; {@link BradleyTerryRating} has neither fault.
 */
public final class Elo {

  /** How far one game moves a rating at most. */
  public static final double K = 4;

  private static final double START = 1000;
  private static final int ORDERS = 100;
  private static final int FEWEST_ORDERS = 5;
  private static final int MOST_UPDATES = 10_000_000;

  private Elo() {}

  /**
   * A game of two players.
   *
   * @param won what the first one got: 1, ½ or 0
   */
  public record Game(int first, int second, double won) {}

  /** The ratings after games, one after the other. */
  public static double[] inOrder(int players, List<Game> games, double k) {
    int[] order = new int[games.size()];
    Arrays.setAll(order, i -> i);
    return ratings(players, games, order, k);
  }

  /**
   * Of each player the median over 100 orders of the games; over fewer, but at least five, where
   * there are more than 100,000 games.
   */
  public static double[] median(int players, List<Game> games, SplitMix64 random) {
    int fit = MOST_UPDATES / Math.max(1, games.size());
    int orders = Math.max(FEWEST_ORDERS, Math.min(ORDERS, fit));
    double[][] drawn = new double[players][orders];
    int[] order = new int[games.size()];
    Arrays.setAll(order, i -> i);
    for (int o = 0; o < orders; o++) {
      random.shuffle(order);
      double[] ratings = ratings(players, games, order, K);
      for (int i = 0; i < players; i++) {
        drawn[i][o] = ratings[i];
      }
    }
    return Arrays.stream(drawn)
        .mapToDouble(all -> Quantile.ofSorted(Arrays.stream(all).sorted().toArray(), 0.5))
        .toArray();
  }

  private static double[] ratings(int players, List<Game> games, int[] order, double k) {
    double[] ratings = new double[players];
    Arrays.fill(ratings, START);
    for (int i : order) {
      Game game = games.get(i);
      double behind = ratings[game.second()] - ratings[game.first()];
      double expected = 1 / (1 + StrictMath.exp(behind / BradleyTerryRating.RATING_SCALE));
      double gain = k * (game.won() - expected);
      ratings[game.first()] += gain;
      ratings[game.second()] -= gain;
    }
    return ratings;
  }
}
