// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.likelihood;

/**
 * How likely one person's feedback is, given the scores of the answers that it is about.
 *
 * <p>Plain arithmetic in double precision, with its own derivatives: what is likely is decided here
 * and nowhere else, and can be checked by finite differences without a network. Numbers of the
 * likelihood itself, such as cut points, are fitted together with the scores.
 *
 * @param <F> the feedback
 */
public interface Likelihood<F> {

  /** How many answers one piece of feedback is about. */
  int answers();

  /** How many numbers say how good one answer is; one by default, its score. */
  default int outputs() {
    return 1;
  }

  /** The likelihood's own numbers where fitting starts; none by default. */
  default double[] start() {
    return new double[0];
  }

  /**
   * The negative logarithm of the probability, or of its density, in nats.
   *
   * @param feedback what was said
   * @param scores of the answers, in the order in which the feedback numbers them; all outputs of
   *     one stand together
   * @param numbers the likelihood's own
   * @param gradient the derivatives are added to it
   */
  double loss(F feedback, double[] scores, double[] numbers, Gradient gradient);

  /**
   * What a batch costs beside its feedback; nothing by default.
   *
   * @param scores of all answers of the batch
   * @param slopes the derivatives are added to it
   */
  default double ofBatch(double[] scores, double[] slopes) {
    return 0;
  }
}
