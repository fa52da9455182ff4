// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.aggregation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.plumbline.engine.rlhf.aggregation.Ballots.Ballot;
import org.plumbline.engine.rlhf.aggregation.Ballots.Compared;
import org.plumbline.engine.rlhf.numerics.Logistic;
import org.plumbline.engine.rlhf.numerics.TrustRegion;

/**
 * How much one person moves what all labels come to: the estimate is made again without them.
 *
 * <p>R. D. Cook, "Detection of influential observation in linear regression", Technometrics 19
 * (1977), with people in place of rows and Bradley-Terry scores s of answers in place of a
 * regression. Koh and Liang, "Understanding black-box predictions via influence functions", ICML
 * 2017, arXiv:1703.04730, take one Newton step for it; here it is exact:
 *
 * <pre>{@code
 * s        = argmax sum over labels of log sigma(s_i - s_j) + lambda sum_i [log sigma(s_i) + log sigma(-s_i)]
 * s_-h     = the same without the labels of person h
 * influence = mean over pairs of | sigma(s_i - s_j) - sigma(s_-h,i - s_-h,j) |
 * }</pre>
 *
 * <p>It is the mean distance (total variation) between the labels that are foreseen with and
 * without the person. Who gives many labels moves much, and who says the contrary of the others
 * moves more per label than who says the same. lambda is 1/2: each answer has won and lost half a
 * time against an answer of score 0, which keeps scores finite. The objective is concave; each
 * refit is exact, and only concerns answers that the person compared or that hang together with
 * these.
 */
public final class Influence {
  private static final double VIRTUAL = 0.5;
  private static final double SLOPE = 1e-10;
  private static final int MOST = 100;
  private static final int NOBODY = -1;

  private Influence() {}

  /** The influence of each person. */
  public static double[] of(Ballots ballots) {
    double[] influence = new double[ballots.people()];
    int[] pieceOf = ballots.pieceOf();
    Map<Integer, List<Ballot>> pieces = new LinkedHashMap<>();
    for (Ballot ballot : ballots.ballots()) {
      int piece = pieceOf[ballots.pairs().get(ballot.pair()).one()];
      pieces.computeIfAbsent(piece, none -> new ArrayList<>()).add(ballot);
    }
    pieces.values().forEach(own -> add(new Piece(ballots, own), influence));
    for (int h = 0; h < influence.length; h++) {
      influence[h] /= Math.max(1, ballots.pairs().size());
    }
    return influence;
  }

  private static void add(Piece piece, double[] influence) {
    double[] all = piece.fit(NOBODY, new double[piece.answers]);
    for (int person : piece.people()) {
      double[] without = piece.fit(person, all);
      for (int pair : piece.pairs()) {
        influence[person] += Math.abs(piece.first(pair, all) - piece.first(pair, without));
      }
    }
  }

  /** The scores of some answers that hang together, and what was said of them. */
  static final class Piece {
    private final Ballots of;
    private final List<Ballot> own;
    private final Map<Integer, Integer> place = new LinkedHashMap<>();
    final int answers;

    Piece(Ballots of, List<Ballot> own) {
      this.of = of;
      this.own = own;
      for (Ballot ballot : own) {
        Compared pair = of.pairs().get(ballot.pair());
        place.putIfAbsent(pair.one(), place.size());
        place.putIfAbsent(pair.two(), place.size());
      }
      this.answers = place.size();
    }

    Set<Integer> people() {
      Set<Integer> people = new TreeSet<>();
      own.forEach(ballot -> people.add(ballot.person()));
      return people;
    }

    Set<Integer> pairs() {
      Set<Integer> pairs = new TreeSet<>();
      own.forEach(ballot -> pairs.add(ballot.pair()));
      return pairs;
    }

    /** The scores without the labels of somebody. */
    double[] fit(int without, double[] start) {
      List<Ballot> kept = own.stream().filter(ballot -> ballot.person() != without).toList();
      return TrustRegion.of(new Likelihood(this, kept), start, MOST, SLOPE).point();
    }

    double first(int pair, double[] scores) {
      return Logistic.sigmoid(scores[one(pair)] - scores[two(pair)]);
    }

    int one(int pair) {
      return place.getOrDefault(of.pairs().get(pair).one(), 0);
    }

    int two(int pair) {
      return place.getOrDefault(of.pairs().get(pair).two(), 0);
    }
  }

  /** The negative of what is maximised. */
  static final class Likelihood implements TrustRegion.Surface {
    private final int[] one;
    private final int[] two;
    private final double[] says;
    private final double[] weight;
    private final double[] curvature;
    private final double[] own;

    Likelihood(Piece piece, List<Ballot> labels) {
      int n = labels.size();
      this.one = new int[n];
      this.two = new int[n];
      this.says = new double[n];
      this.weight = new double[n];
      this.curvature = new double[n];
      this.own = new double[piece.answers];
      for (int k = 0; k < n; k++) {
        Ballot ballot = labels.get(k);
        one[k] = piece.one(ballot.pair());
        two[k] = piece.two(ballot.pair());
        says[k] = ballot.one();
        weight[k] = ballot.weight();
      }
    }

    @Override
    public double[] scale() {
      double[] scale = new double[own.length];
      Arrays.fill(scale, VIRTUAL / 2);
      for (int k = 0; k < says.length; k++) {
        scale[one[k]] += weight[k] / 4;
        scale[two[k]] += weight[k] / 4;
      }
      return scale;
    }

    @Override
    public double at(double[] point, double[] slopes) {
      double sum = 0;
      for (int i = 0; i < point.length; i++) {
        double p = Logistic.sigmoid(point[i]);
        sum += 2 * VIRTUAL * Logistic.crossEntropy(point[i], 0.5);
        slopes[i] = VIRTUAL * (2 * p - 1);
        own[i] = 2 * VIRTUAL * p * (1 - p);
      }
      for (int k = 0; k < says.length; k++) {
        double gap = point[one[k]] - point[two[k]];
        double p = Logistic.sigmoid(gap);
        sum += weight[k] * Logistic.crossEntropy(gap, says[k]);
        slopes[one[k]] += weight[k] * (p - says[k]);
        slopes[two[k]] -= weight[k] * (p - says[k]);
        curvature[k] = weight[k] * p * (1 - p);
      }
      return sum;
    }

    @Override
    public void curve(double[] direction, double[] product) {
      for (int i = 0; i < product.length; i++) {
        product[i] = own[i] * direction[i];
      }
      for (int k = 0; k < says.length; k++) {
        double along = curvature[k] * (direction[one[k]] - direction[two[k]]);
        product[one[k]] += along;
        product[two[k]] -= along;
      }
    }
  }
}
