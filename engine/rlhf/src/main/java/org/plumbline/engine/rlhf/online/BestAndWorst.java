// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.online;

/**
 * Which of several answers to a prompt is best, and which worst.
 *
 * @param better number of the best answer
 * @param worse number of the worst
 * @param preference the probability that the best is better than the worst, 1/2 where they are
 *     equal; NaN if nobody said anything of them
 */
public record BestAndWorst(int better, int worse, double preference) {
  /** Nobody said anything. */
  public static final BestAndWorst NONE = new BestAndWorst(0, 1, Double.NaN);

  /** Of two answers, by the probability that the first is better. */
  public static BestAndWorst ofTwo(double first) {
    return first >= 0.5 ? new BestAndWorst(0, 1, first) : new BestAndWorst(1, 0, 1 - first);
  }

  /** Whether anything was said. */
  public boolean given() {
    return !Double.isNaN(preference);
  }

  /** Of two answers, the probability that the first is better. */
  public double first() {
    return better == 0 ? preference : 1 - preference;
  }
}
