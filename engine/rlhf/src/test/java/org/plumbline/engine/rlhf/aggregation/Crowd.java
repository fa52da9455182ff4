// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.aggregation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.plumbline.engine.rlhf.aggregation.Ballots.Ballot;
import org.plumbline.engine.rlhf.aggregation.Ballots.Compared;
import org.plumbline.engine.rlhf.numerics.Logistic;

/** Made-up people whose reliability is known, and answers whose worth is. */
final class Crowd {
  private Crowd() {}

  /** By person: most are mostly right, every fifth is mostly wrong. */
  static double[] reliabilities(int people) {
    double[] right = new double[people];
    for (int h = 0; h < people; h++) {
      right[h] = h % 5 == 4 ? 0.1 : 0.55 + 0.4 * h / people;
    }
    return right;
  }

  /** Which answer of each pair is better: of two answers of its own. */
  static boolean[] truths(int pairs) {
    SplittableRandom random = new SplittableRandom(1);
    boolean[] truths = new boolean[pairs];
    for (int i = 0; i < pairs; i++) {
      truths[i] = random.nextBoolean();
    }
    return truths;
  }

  /** Labels of pairs with answers of their own, of people drawn for each. */
  static Ballots classes(boolean[] truths, double[] right, int each) {
    SplittableRandom random = new SplittableRandom(2);
    List<Compared> pairs = new ArrayList<>();
    List<Ballot> ballots = new ArrayList<>();
    for (int i = 0; i < truths.length; i++) {
      pairs.add(new Compared(2 * i, 2 * i + 1));
      int from = random.nextInt(right.length);
      for (int k = 0; k < each; k++) {
        int person = (from + k * 37) % right.length;
        boolean says = random.nextDouble() < right[person] ? truths[i] : !truths[i];
        ballots.add(new Ballot(i, person, says ? 1 : 0, random.nextBoolean()));
      }
    }
    return new Ballots(pairs, right.length, ballots);
  }

  /** Scores of answers: evenly spread over [-2, 2], in a mixed order. */
  static double[] scores(int answers) {
    double[] scores = new double[answers];
    for (int i = 0; i < answers; i++) {
      scores[i] = 4.0 * ((i * 71) % answers) / (answers - 1) - 2;
    }
    return scores;
  }

  /** Labels of pairs drawn among these answers. */
  static Ballots scored(double[] scores, double[] right, int labels) {
    SplittableRandom random = new SplittableRandom(3);
    List<Compared> pairs = new ArrayList<>();
    List<Ballot> ballots = new ArrayList<>();
    for (int i = 0; i < labels; i++) {
      int one = random.nextInt(scores.length);
      int two = (one + 1 + random.nextInt(scores.length - 1)) % scores.length;
      int person = random.nextInt(right.length);
      double wins = Logistic.sigmoid(scores[one] - scores[two]);
      boolean better = random.nextDouble() < wins;
      boolean says = random.nextDouble() < right[person] ? better : !better;
      pairs.add(new Compared(one, two));
      ballots.add(new Ballot(i, person, says ? 1 : 0, random.nextBoolean()));
    }
    return new Ballots(pairs, right.length, ballots);
  }

  /** The same with every preference the other way round. */
  static Ballots contrary(Ballots given) {
    return new Ballots(
        given.pairs(),
        given.people(),
        given.ballots().stream()
            .map(b -> new Ballot(b.pair(), b.person(), 1 - b.one(), b.swapped()))
            .toList());
  }

  /** The same with one pair written the other way round, which nobody who labels notices. */
  static Ballots turned(Ballots given, int pair) {
    List<Compared> pairs = new ArrayList<>(given.pairs());
    int first = pairs.get(pair).one();
    int second = pairs.get(pair).two();
    pairs.set(pair, new Compared(/* one= */ second, /* two= */ first));
    List<Ballot> ballots = new ArrayList<>();
    for (Ballot b : given.ballots()) {
      ballots.add(
          b.pair() == pair ? new Ballot(b.pair(), b.person(), 1 - b.one(), !b.swapped()) : b);
    }
    return new Ballots(pairs, given.people(), ballots);
  }

  /** The same with the people numbered backwards. */
  static Ballots renumbered(Ballots given) {
    int last = given.people() - 1;
    return new Ballots(
        given.pairs(),
        given.people(),
        given.ballots().stream()
            .map(b -> new Ballot(b.pair(), last - b.person(), b.one(), b.swapped()))
            .toList());
  }

  /** The same as if one person had given all of it. */
  static Ballots asOnePerson(Ballots given) {
    return new Ballots(
        given.pairs(),
        1,
        given.ballots().stream().map(b -> new Ballot(b.pair(), 0, b.one(), b.swapped())).toList());
  }

  /** Rows that contain the same in another order. */
  static Ballots reversed(Ballots given) {
    List<Ballot> ballots = new ArrayList<>();
    for (Ballot ballot : given.ballots()) {
      ballots.add(0, ballot);
    }
    return new Ballots(given.pairs(), given.people(), ballots);
  }

  static double[] mirrored(double[] one) {
    double[] mirrored = new double[one.length];
    for (int i = 0; i < one.length; i++) {
      mirrored[i] = 1 - one[i];
    }
    return mirrored;
  }

  static double[] backwards(double[] values) {
    double[] backwards = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      backwards[i] = values[values.length - 1 - i];
    }
    return backwards;
  }

  /** The largest difference. */
  static double apart(double[] one, double[] other) {
    double most = one.length == other.length ? 0 : Double.POSITIVE_INFINITY;
    for (int i = 0; i < Math.min(one.length, other.length); i++) {
      most = Math.max(most, Math.abs(one[i] - other[i]));
    }
    return most;
  }

  /** The root of the mean squared difference. */
  static double error(double[] estimate, double[] truth) {
    double sum = 0;
    for (int i = 0; i < truth.length; i++) {
      sum += (estimate[i] - truth[i]) * (estimate[i] - truth[i]);
    }
    return Math.sqrt(sum / truth.length);
  }

  /** How many pairs are decided as they are. */
  static double right(double[] one, boolean[] truths) {
    double right = 0;
    for (int i = 0; i < truths.length; i++) {
      right += one[i] == 0.5 ? 0.5 : one[i] > 0.5 == truths[i] ? 1 : 0;
    }
    return right / truths.length;
  }
}
