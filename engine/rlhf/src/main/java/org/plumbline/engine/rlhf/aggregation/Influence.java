// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.aggregation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
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
  private static final double SLOPE = 1e-9;
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
      influence[person] += piece.apart(all, piece.fit(person, all));
    }
  }

  /** The scores of some answers that hang together, and what was said of them. */
  static final class Piece {
    private final List<Ballot> own;
    private final Map<Integer, Integer> pairs = new LinkedHashMap<>();
    final int answers;
    final int[] one;
    final int[] two;

    Piece(Ballots of, List<Ballot> own) {
      this.own = own;
      Map<Integer, Integer> place = new HashMap<>();
      List<int[]> places = new ArrayList<>();
      for (Ballot ballot : own) {
        if (!pairs.containsKey(ballot.pair())) {
          Compared pair = of.pairs().get(ballot.pair());
          pairs.put(ballot.pair(), pairs.size());
          places.add(
              new int[] {
                place.computeIfAbsent(pair.one(), none -> place.size()),
                place.computeIfAbsent(pair.two(), none -> place.size())
              });
        }
      }
      this.answers = place.size();
      this.one = places.stream().mapToInt(pair -> pair[0]).toArray();
      this.two = places.stream().mapToInt(pair -> pair[1]).toArray();
    }

    Set<Integer> people() {
      Set<Integer> people = new TreeSet<>();
      own.forEach(ballot -> people.add(ballot.person()));
      return people;
    }

    int place(Ballot ballot) {
      return pairs.getOrDefault(ballot.pair(), 0);
    }

    /** The scores without the labels of somebody. */
    double[] fit(int without, double[] start) {
      return TrustRegion.of(new Likelihood(this, without), start, MOST, SLOPE).point();
    }

    /** How far what is foreseen of the pairs is apart, summed. */
    double apart(double[] scores, double[] others) {
      double apart = 0;
      for (int k = 0; k < one.length; k++) {
        apart +=
            Math.abs(
                Logistic.sigmoid(scores[one[k]] - scores[two[k]])
                    - Logistic.sigmoid(others[one[k]] - others[two[k]]));
      }
      return apart;
    }
  }

  /** The negative of what is maximised. */
  private static final class Likelihood implements TrustRegion.Surface {
    private final int[] one;
    private final int[] two;

    /** By pair, the votes that count, and those of them for the first answer. */
    private final double[] votes;

    private final double[] first;
    private final double[] curvature;
    private final double[] own;

    Likelihood(Piece piece, int without) {
      this.one = piece.one;
      this.two = piece.two;
      this.votes = new double[one.length];
      this.first = new double[one.length];
      this.curvature = new double[one.length];
      this.own = new double[piece.answers];
      for (Ballot ballot : piece.own) {
        if (ballot.person() != without) {
          votes[piece.place(ballot)] += ballot.weight();
          first[piece.place(ballot)] += ballot.weight() * ballot.one();
        }
      }
    }

    @Override
    public double[] scale() {
      double[] scale = new double[own.length];
      Arrays.fill(scale, VIRTUAL / 2);
      for (int k = 0; k < one.length; k++) {
        scale[one[k]] += votes[k] / 4;
        scale[two[k]] += votes[k] / 4;
      }
      return scale;
    }

    @Override
    public double at(double[] point, double[] slopes) {
      double sum = 0;
      for (int i = 0; i < point.length; i++) {
        Sigmoid p = Sigmoid.of(point[i]);
        sum += VIRTUAL * (2 * p.minusLog() + point[i]);
        slopes[i] = VIRTUAL * (p.value() - p.rest());
        own[i] = 2 * VIRTUAL * p.value() * p.rest();
      }
      for (int k = 0; k < one.length; k++) {
        double gap = point[one[k]] - point[two[k]];
        Sigmoid p = Sigmoid.of(gap);
        sum += votes[k] * p.minusLog() + (votes[k] - first[k]) * gap;
        slopes[one[k]] += votes[k] * p.value() - first[k];
        slopes[two[k]] -= votes[k] * p.value() - first[k];
        curvature[k] = votes[k] * p.value() * p.rest();
      }
      return sum;
    }

    @Override
    public void curve(double[] direction, double[] product) {
      for (int i = 0; i < product.length; i++) {
        product[i] = own[i] * direction[i];
      }
      for (int k = 0; k < one.length; k++) {
        double along = curvature[k] * (direction[one[k]] - direction[two[k]]);
        product[one[k]] += along;
        product[two[k]] -= along;
      }
    }
  }
}
