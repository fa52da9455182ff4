// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import org.jspecify.annotations.Nullable;

/**
 * How often a reward model orders held-out answers as the evaluators did.
 *
 * @param accuracy share of the pairs, ties half
 * @param n how many pairs, or responses of another kind
 * @param unit what they are called
 * @param attainable what the best of all predictions would reach on them; null if not known
 */
public record HeldOut(double accuracy, int n, String unit, @Nullable Double attainable) {

  /** Of pairs of which it is not known what could be reached. */
  public HeldOut(double accuracy, int n) {
    this(accuracy, n, null);
  }

  /** Of comparisons. */
  public HeldOut(double accuracy, int n, @Nullable Double attainable) {
    this(accuracy, n, "comparisons", attainable);
  }

  public HeldOut {
    if (n < 1) {
      throw new IllegalArgumentException("no held-out comparisons");
    }
  }
}
