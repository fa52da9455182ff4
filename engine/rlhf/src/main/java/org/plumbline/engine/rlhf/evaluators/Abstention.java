// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

/**
 * When a person does not choose: by chance, because neither answer is worth it, or because both are
 * worth the same (Lee et al. 2021, B-Pref, arXiv 2111.03026, section 3, Skip and Equal).
 *
 * <p>Both tests are on the plain worth of the answers, without biases and without myopia, and
 * skipping comes first, as in the code of B-Pref. There the thresholds are a share of what the
 * policy earns; here they are in the units of the values, so that they stay what they are while a
 * policy learns.
 *
 * @param skips the share of comparisons left out whatever they are
 * @param skipBelow left out unless an answer is worth more; negative infinity for never
 * @param equalBelow called equal if the answers' worth differs by less; 0 for never
 */
public record Abstention(double skips, double skipBelow, double equalBelow) {
  static final Abstention NONE = new Abstention(0, Double.NEGATIVE_INFINITY, 0);

  /** Whether neither answer is worth a choice. */
  boolean leavesOut(double first, double second) {
    return Math.max(first, second) <= skipBelow;
  }

  /** Whether the answers are worth the same to this person. */
  boolean callsEqual(double first, double second) {
    return Math.abs(first - second) < equalBelow;
  }

  /** Whether what the answers are worth matters here at all. */
  boolean looks() {
    return equalBelow > 0 || skipBelow > Double.NEGATIVE_INFINITY;
  }
}
