// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.aggregation;

import java.util.ArrayList;
import java.util.List;
import org.plumbline.engine.rlhf.aggregation.Ballots.Ballot;

/**
 * Votes of people who belong to groups.
 *
 * @param ballots what was said
 * @param groupOf the group of each person, counted from 0
 * @param weights what each group counts; they need not add up to 1
 */
public record GroupVotes(Ballots ballots, int[] groupOf, double[] weights) {

  /**
   * What a group says of a pair.
   *
   * @param weight what the group counts
   * @param one the share of its votes that are for the pair's first answer
   */
  record Share(double weight, double one) {

    /**
     * The share of the group that gets what it prefers, expected, if the first answer is given with
     * this probability.
     */
    double expected(double first) {
      return first * one + (1 - first) * (1 - one);
    }
  }

  /** By pair, what each group says that gave a vote of it and counts. */
  List<List<Share>> shares() {
    double[][] sums = new double[ballots.pairs().size()][weights.length];
    int[][] votes = new int[ballots.pairs().size()][weights.length];
    for (Ballot ballot : ballots.ballots()) {
      sums[ballot.pair()][groupOf[ballot.person()]] += ballot.one();
      votes[ballot.pair()][groupOf[ballot.person()]]++;
    }
    List<List<Share>> shares = new ArrayList<>();
    for (int i = 0; i < sums.length; i++) {
      List<Share> own = new ArrayList<>();
      for (int g = 0; g < weights.length; g++) {
        if (votes[i][g] > 0 && weights[g] > 0) {
          own.add(new Share(weights[g], sums[i][g] / votes[i][g]));
        }
      }
      shares.add(own);
    }
    return shares;
  }

  /** Of how many pairs not every group has given a vote. */
  public int incomplete() {
    int wanted = 0;
    for (double weight : weights) {
      wanted += weight > 0 ? 1 : 0;
    }
    int incomplete = 0;
    for (List<Share> own : shares()) {
      incomplete += own.size() < wanted ? 1 : 0;
    }
    return incomplete;
  }
}
