// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.aggregation;

import org.plumbline.engine.rlhf.aggregation.Ballots.Ballot;
import org.plumbline.engine.rlhf.aggregation.Ballots.Compared;

/**
 * Points for each answer that is beaten.
 *
 * <p>J.-C. de Borda, "Mémoire sur les élections au scrutin" (1781): an answer has a point for every
 * other one that a ranking puts below it. A label of a pair is a ranking of two, so an answer has a
 * point for each label that prefers it, and half a point for "equal". Answers stand in different
 * numbers of labels here, so points are divided by that number:
 *
 * <pre>{@code
 * b_i = points of i / labels of pairs that i stands in
 * P(i > j) = 1/2 + (b_i - b_j) / 2
 * }</pre>
 *
 * <p>Where no answer stands in two pairs that is the share of votes. Where answers meet several
 * others, it is not what most people say of the pair: it counts how each does against all (the rule
 * of Borda and that of Condorcet can disagree), which is also what Bradley-Terry comes to where
 * people differ (Siththaranjan et al. 2023).
 */
public final class Borda {
  private Borda() {}

  /** What the points of these ballots come to. */
  public static Aggregated of(Ballots ballots) {
    double[] points = points(ballots);
    double[] labels = new double[points.length];
    for (Ballot ballot : ballots.ballots()) {
      Compared pair = ballots.pairs().get(ballot.pair());
      labels[pair.one()] += ballot.weight();
      labels[pair.two()] += ballot.weight();
    }
    double[] one = new double[ballots.pairs().size()];
    for (int i = 0; i < one.length; i++) {
      Compared pair = ballots.pairs().get(i);
      one[i] = 0.5 + (rate(points, labels, pair.one()) - rate(points, labels, pair.two())) / 2;
    }
    return Aggregated.counted(one);
  }

  /** By answer, how many labels prefer it. */
  static double[] points(Ballots ballots) {
    double[] points = new double[ballots.answers()];
    for (Ballot ballot : ballots.ballots()) {
      Compared pair = ballots.pairs().get(ballot.pair());
      points[pair.one()] += ballot.weight() * ballot.one();
      points[pair.two()] += ballot.weight() * (1 - ballot.one());
    }
    return points;
  }

  private static double rate(double[] points, double[] labels, int answer) {
    return labels[answer] == 0 ? 0.5 : points[answer] / labels[answer];
  }
}
