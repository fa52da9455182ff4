// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.online;

import java.util.ArrayList;
import java.util.List;

/**
 * The best and the worst of k answers by comparing two at a time, in few comparisons: neighbours
 * first, then the winners for the best and the losers for the worst. That is {@code 3k/2 - 2}
 * comparisons, or {@code 3(k - 1)/2} at the most of an odd number (Pohl 1972, "A sorting problem
 * and its complexity", which shows that no fewer do).
 *
 * <p>Of answers that are equal the first wins. Where a comparison is not answered, there is no best
 * and no worst.
 */
public final class KnockOut {
  private final int answers;
  private final List<Integer> winners = new ArrayList<>();
  private final List<Integer> losers = new ArrayList<>();
  private int best;
  private int worst;
  private int round;
  private double last = 0.5;
  private boolean decided;
  private boolean unanswered;

  /** Of so many answers, two or more. */
  public KnockOut(int answers) {
    if (answers < 2) {
      throw new IllegalArgumentException("nothing to compare: " + answers);
    }
    this.answers = answers;
  }

  /**
   * A comparison, by the answers' numbers.
   *
   * @param one the first
   * @param two the second
   */
  public record Duel(int one, int two) {}

  /** The most comparisons that are needed of so many answers. */
  public static int comparisons(int answers) {
    return answers % 2 == 0 ? 3 * answers / 2 - 2 : 3 * (answers - 1) / 2;
  }

  /** What has to be compared now, all at once; nothing when all is known. */
  public List<Duel> next() {
    List<Duel> duels = new ArrayList<>();
    int pairs = answers / 2;
    if (unanswered) {
      return duels;
    } else if (round == 0) {
      for (int i = 0; i < pairs; i++) {
        duels.add(new Duel(2 * i, 2 * i + 1));
      }
    } else if (round < pairs) {
      duels.add(new Duel(best, winners.get(round)));
      duels.add(new Duel(worst, losers.get(round)));
    } else if (answers % 2 == 1 && round == pairs) {
      duels.add(new Duel(best, answers - 1));
    } else if (answers % 2 == 1 && round == pairs + 1 && best != answers - 1) {
      duels.add(new Duel(worst, answers - 1));
    }
    return duels;
  }

  /**
   * Takes note of how the comparisons of {@link #next} came out.
   *
   * @param first of each the probability that its first answer is better; NaN if nobody says
   */
  public void tell(double[] first) {
    List<Duel> duels = next();
    for (int i = 0; i < first.length; i++) {
      last = first[i];
      unanswered |= Double.isNaN(last);
      decided |= last != 0.5;
      told(i, duels.get(i), last >= 0.5);
    }
    if (round == 0) {
      best = winners.get(0);
      worst = losers.get(0);
    }
    round++;
  }

  private void told(int number, Duel duel, boolean firstWins) {
    int winner = firstWins ? duel.one() : duel.two();
    int loser = firstWins ? duel.two() : duel.one();
    int pairs = answers / 2;
    if (round == 0) {
      winners.add(winner);
      losers.add(loser);
    } else if (number == 0 && round <= pairs) {
      best = winner;
    } else {
      worst = loser;
    }
  }

  /** The outcome. Of more than two answers the best is better for sure, unless all are equal. */
  public BestAndWorst verdict() {
    if (unanswered) {
      return BestAndWorst.NONE;
    } else if (answers == 2) {
      return BestAndWorst.ofTwo(last);
    }
    return new BestAndWorst(best, worst, decided ? 1 : 0.5);
  }
}
