// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.likelihood;

import java.util.List;
import org.plumbline.engine.rlhf.numerics.Logistic;

/**
 * How often people follow the scores rather than say the contrary: the same known share for all, or
 * one for each that is fitted.
 *
 * <p>X. Chen et al., "Pairwise ranking aggregation in a crowdsourced setting", WSDM 2013, equation
 * 2. Everybody counts as having followed the scores {@code right} times and contradicted them
 * {@code wrong} times before, which tells the maximum from its mirror image.
 *
 * @param known the share that all have; used where nobody has one of their own
 * @param labels how many of those that are learned from each person gave; empty if nobody has a
 *     reliability of their own
 * @param right times that everybody counts as having followed the scores before
 * @param wrong times that everybody counts as having contradicted them
 */
public record Reliabilities(double known, List<Integer> labels, double right, double wrong) {

  /** The share that was wrong before where nothing is said of it. */
  public static final double NOISE = 0.1;

  private static final double BEFORE = 10;

  /** Copies the list. */
  public Reliabilities {
    labels = List.copyOf(labels);
  }

  /** All follow the scores with this probability. */
  public static Reliabilities known(double share) {
    return new Reliabilities(share, List.of(), 0, 0);
  }

  /**
   * One for each of the people who gave so many labels, and who count as having labelled ten times
   * before.
   *
   * @param noise the share of these that was wrong
   */
  public static Reliabilities each(List<Integer> labels, double noise) {
    return new Reliabilities(1, labels, BEFORE * (1 - noise), BEFORE * noise);
  }

  /** The logits where fitting starts: mostly right, and not too far from being a liar's. */
  double[] start() {
    double[] logits = new double[labels.size()];
    for (int h = 0; h < logits.length; h++) {
      // Of whom nothing is known, what was before is all that is said.
      logits[h] = StrictMath.log(labels.get(h) == 0 && wrong > 0 ? right / wrong : 3);
    }
    return logits;
  }

  /** The logarithms of how often a person follows the scores, and of how often not. */
  double[] logs(double[] numbers, int from, int person) {
    if (labels.isEmpty()) {
      return new double[] {StrictMath.log(known), StrictMath.log1p(-known)};
    }
    double logit = numbers[from + person];
    return new double[] {Logistic.logSigmoid(logit), Logistic.logSigmoid(-logit)};
  }

  /** A label's share of what was said before by whoever gave it, and its derivative. */
  double before(double[] numbers, int from, int person, double[] slopes) {
    if (labels.isEmpty() || right + wrong == 0) {
      return 0;
    }
    double[] logs = logs(numbers, from, person);
    int given = labels.get(person);
    double eta = StrictMath.exp(logs[0]);
    slopes[from + person] += ((right + wrong) * eta - right) / given;
    return -(right * logs[0] + wrong * logs[1]) / given;
  }
}
