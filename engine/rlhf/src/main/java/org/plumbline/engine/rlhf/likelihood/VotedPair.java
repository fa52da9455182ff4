// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.likelihood;

import java.util.List;
import org.plumbline.engine.rlhf.numerics.Logistic;

/**
 * All labels of two answers, with ties as ties and people who are not equally reliable.
 *
 * <p>With P of a {@link TieModel}, and eta how often person h follows the scores ({@link
 * Reliabilities}; Chen et al. 2013, equation 2):
 *
 * <pre>{@code
 * P(h says 1) = eta_h P(1) + (1 - eta_h) P(2),    P(h says 2) = eta_h P(2) + (1 - eta_h) P(1)
 * P(h says =) = P(=)
 * L = sum over labels of -log P(what was said) + c (r_1 + r_2)^2
 * }</pre>
 *
 * <p>A margin m asks of the preferred answer to score higher by it: P(1) is taken at d - m and P(2)
 * at d + m.
 *
 * <p>Its numbers are the tie model's, if it has one, then the logit of each eta that is fitted.
 * Every label counts alike, whatever the number of labels of its pair.
 *
 * @param ties the model of ties
 * @param who how reliable people are
 * @param shape what shapes the scores
 */
public record VotedPair(TieModel ties, Reliabilities who, Shape shape)
    implements Likelihood<List<Vote>> {

  /**
   * What shapes the scores beside the labels.
   *
   * @param margin m (Touvron et al. 2023, arXiv:2307.09288, equation 2)
   * @param centring c, which centres scores (Eisenstein et al. 2023, arXiv:2312.09244)
   */
  public record Shape(double margin, double centring) {
    /** Nothing. */
    public static final Shape NONE = new Shape(0, 0);
  }

  @Override
  public int answers() {
    return 2;
  }

  @Override
  public double[] start() {
    double[] own = ties.start();
    double[] people = who.start();
    double[] all = new double[own.length + people.length];
    System.arraycopy(own, 0, all, 0, own.length);
    System.arraycopy(people, 0, all, own.length, people.length);
    return all;
  }

  /** Where the logits of people begin among the numbers. */
  private int people() {
    return ties == TieModel.NONE ? 0 : 1;
  }

  private TieModel.Outcomes outcomes(double gap, double[] numbers) {
    return ties.at(gap, ties == TieModel.NONE ? 0 : numbers[0]);
  }

  @Override
  public double loss(List<Vote> votes, double[] scores, double[] numbers, Gradient gradient) {
    double gap = scores[0] - scores[1];
    double loss = 0;
    double byGap = 0;
    for (Vote vote : votes) {
      loss += who.before(numbers, people(), vote.evaluator(), gradient.numbers());
      double[] logs = who.logs(numbers, people(), vote.evaluator());
      double[] said = {vote.first(), vote.second()};
      for (int k = 0; k < 2; k++) {
        if (said[k] == 0) {
          continue;
        }
        TieModel.Outcomes outcomes =
            outcomes(gap - (k == 0 ? shape.margin() : -shape.margin()), numbers);
        double follows = logs[0] + outcomes.log()[k];
        double log = Logistic.logSumExp(new double[] {follows, logs[1] + outcomes.log()[1 - k]});
        double share = StrictMath.exp(follows - log); // that the scores were followed
        loss -= said[k] * log;
        byGap -= said[k] * mix(share, outcomes.byGap(), k);
        add(gradient, 0, -said[k] * mix(share, outcomes.byNumber(), k), ties != TieModel.NONE);
        double byLogit = -said[k] * (share - StrictMath.exp(logs[0]));
        add(gradient, people() + vote.evaluator(), byLogit, !who.labels().isEmpty());
      }
      if (vote.tie() > 0) {
        TieModel.Outcomes outcomes = outcomes(gap, numbers);
        loss -= vote.tie() * outcomes.log()[2];
        byGap -= vote.tie() * outcomes.byGap()[2];
        add(gradient, 0, -vote.tie() * outcomes.byNumber()[2], ties != TieModel.NONE);
      }
    }
    double sum = scores[0] + scores[1];
    double centring = shape.centring();
    gradient.scores()[0] += byGap + 2 * centring * sum;
    gradient.scores()[1] += -byGap + 2 * centring * sum;
    return loss + centring * sum * sum;
  }

  private static double mix(double share, double[] slopes, int k) {
    return share * slopes[k] + (1 - share) * slopes[1 - k];
  }

  private static void add(Gradient gradient, int at, double slope, boolean free) {
    if (free) {
      gradient.numbers()[at] += slope;
    }
  }

  /** How surely these people can be expected to prefer the first answer; a tie is half a word. */
  public double expected(List<Vote> votes, double[] scores, double[] numbers) {
    TieModel.Outcomes outcomes = outcomes(scores[0] - scores[1], numbers);
    double first = StrictMath.exp(outcomes.log()[0]);
    double second = StrictMath.exp(outcomes.log()[1]);
    double sum = 0;
    for (Vote vote : votes) {
      double eta = StrictMath.exp(who.logs(numbers, people(), vote.evaluator())[0]);
      sum += 0.5 + (eta - 0.5) * (first - second);
    }
    return sum / votes.size();
  }

  /** theta or nu of the tie model; 0 without ties. */
  public double tieParameter(double[] numbers) {
    return ties == TieModel.NONE ? 0 : ties.parameter(numbers[0]);
  }

  /** How often a person follows the scores. */
  public double reliability(double[] numbers, int person) {
    return StrictMath.exp(who.logs(numbers, people(), person)[0]);
  }
}
