// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.aggregation;

import java.util.ArrayList;
import java.util.List;
import org.plumbline.engine.rlhf.aggregation.Ballots.Ballot;
import org.plumbline.engine.rlhf.numerics.Logistic;

/**
 * Which answer is better and how reliable each person is, estimated together by expectation
 * maximisation.
 *
 * <p>A. P. Dawid, A. M. Skene, "Maximum likelihood estimation of observer error-rates using the EM
 * algorithm", Applied Statistics 28 (1979), equations 2.3 to 2.5. With the classes t of a pair
 * (which answer is better) and e_h[t][l] the probability that person h says l where t is so:
 *
 * <pre>{@code
 * M:  pi[t] = mean of q_i(t),   e_h[t][l] ∝ a[t][l] + sum of q_i(t) over ballots of h that say l
 * E:  q_i(t) ∝ pi[t] * product over ballots of i of e_h[t][l]        (as logarithms)
 * objective = sum_i log sum_t pi[t] prod e_h[t][l] + sum_h,t,l a[t][l] log e_h[t][l]
 * }</pre>
 *
 * <p>It starts from the share of votes. The second term of the objective is a Dirichlet prior: each
 * person counts as if they had labelled a few pairs before, so that a few labels make nobody
 * infallible. The paper has none ({@code a = 0}). Every iteration raises the objective or leaves
 * it; the maximum found is the one nearest to the share of votes, which is the right one of the two
 * mirrored ones as long as votes are more often right than wrong.
 *
 * <p>Classes and labels of e_h are those of the order shown, "the first answer" and "the second",
 * because that is what a person may be partial to: who mostly says "first" tells little by it, and
 * much by "second". Which answer of a pair is called its first one is arbitrary, hence {@link
 * Classes#EVEN}. Ballots between 0 and 1 count for both labels in proportion.
 */
public final class DawidSkene {
  /** How often each class is so, before anybody has said anything. */
  public enum Classes {
    /** Each half of the time: turning a pair round turns its result round and nothing else. */
    EVEN,
    /** As often as is estimated, as in the paper. */
    ESTIMATED
  }

  /**
   * What is assumed.
   *
   * @param right right labels of each class that everybody counts as having given before
   * @param wrong the same of wrong labels
   */
  public record Settings(Classes classes, double right, double wrong, Iterations iterations) {
    /** As if each person had labelled three pairs of each class, and two of them rightly. */
    public static final Settings USUAL =
        new Settings(Classes.EVEN, 2, 1, new Iterations(500, 1e-10));
  }

  private static final double LEAST = 1e-10;

  private final Ballots given;
  private final Settings settings;
  private final double[] one;

  /** [person][class shown first is better: 0, second: 1][said so], flat. */
  private final double[] confusion;

  private double even = 0.5;

  private DawidSkene(Ballots given, Settings settings) {
    this.given = given;
    this.settings = settings;
    this.one = given.shares();
    this.confusion = new double[4 * given.people()];
  }

  /** The estimate of these ballots. */
  public static Aggregated of(Ballots ballots, Settings settings) {
    DawidSkene em = new DawidSkene(ballots, settings);
    List<Double> objective = new ArrayList<>();
    boolean converged = false;
    while (!converged && objective.size() < settings.iterations().most()) {
      em.maximise();
      objective.add(em.expect());
      converged = settings.iterations().converged(objective, ballots.ballots().size());
    }
    em.maximise();
    return new Aggregated(em.one, em.reliability(), objective, converged);
  }

  /** The shares of classes and everybody's rates, given which answers seem better. */
  private void maximise() {
    for (int i = 0; i < confusion.length; i++) {
      confusion[i] = i % 4 == 0 || i % 4 == 3 ? settings.right() : settings.wrong();
    }
    for (Ballot ballot : given.ballots()) {
      double better = one[ballot.pair()];
      double shown = ballot.swapped() ? 1 - better : better;
      int at = 4 * ballot.person();
      confusion[at] += shown * ballot.first();
      confusion[at + 1] += shown * (1 - ballot.first());
      confusion[at + 2] += (1 - shown) * ballot.first();
      confusion[at + 3] += (1 - shown) * (1 - ballot.first());
    }
    for (int i = 0; i < confusion.length; i += 2) {
      double sum = confusion[i] + confusion[i + 1];
      confusion[i] /= sum;
      confusion[i + 1] /= sum;
    }
    if (settings.classes() == Classes.ESTIMATED) {
      double sum = 0;
      for (double better : one) {
        sum += better;
      }
      even = one.length == 0 ? 0.5 : sum / one.length;
    }
  }

  /** Which answers seem better, given everybody's rates; returns the objective. */
  private double expect() {
    double[] logs = new double[confusion.length];
    double objective = 0;
    for (int i = 0; i < logs.length; i++) {
      logs[i] = StrictMath.log(Math.max(confusion[i], Double.MIN_NORMAL));
      objective += (i % 4 == 0 || i % 4 == 3 ? settings.right() : settings.wrong()) * logs[i];
    }
    double[] forOne = new double[one.length];
    double[] forTwo = new double[one.length];
    for (Ballot ballot : given.ballots()) {
      int at = 4 * ballot.person();
      double first = ballot.first();
      double ifFirst = first * logs[at] + (1 - first) * logs[at + 1];
      double ifSecond = first * logs[at + 2] + (1 - first) * logs[at + 3];
      forOne[ballot.pair()] += ballot.swapped() ? ifSecond : ifFirst;
      forTwo[ballot.pair()] += ballot.swapped() ? ifFirst : ifSecond;
    }
    double logOne = StrictMath.log(Math.max(even, LEAST));
    double logTwo = StrictMath.log(Math.max(1 - even, LEAST));
    for (int i = 0; i < one.length; i++) {
      double[] both = {logOne + forOne[i], logTwo + forTwo[i]};
      objective += Logistic.logSumExp(both);
      one[i] = Logistic.sigmoid(both[0] - both[1]);
    }
    return objective;
  }

  private double[] reliability() {
    double[] reliability = new double[given.people()];
    for (int h = 0; h < reliability.length; h++) {
      reliability[h] = (confusion[4 * h] + confusion[4 * h + 3]) / 2;
    }
    return reliability;
  }
}
