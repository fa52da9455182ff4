// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

/**
 * A number that was estimated from seeds: how far it may be off, for each {@link Reach}, at any
 * confidence.
 */
public interface Estimate {

  /** 1 minus the confidence of every interval that is printed. */
  double ALPHA = 0.05;

  /** The estimate. */
  double value();

  /** From how many seeds. */
  int seeds();

  /** Half the width of its interval if any number were possible. */
  Halves halves(Reach reach, double alpha);

  /** The interval at a confidence of {@code 1 - alpha}. */
  default Bounds interval(Reach reach, Domain domain, double alpha) {
    return domain.around(value(), halves(reach, alpha));
  }

  /** The 95 % interval. */
  default Bounds interval(Reach reach, Domain domain) {
    return interval(reach, domain, ALPHA);
  }

  /**
   * The two-sided p value of the true value being {@code at}: the smallest alpha of a grid whose
   * interval does not hold it. The grid has steps of 2 %, rounds up, and 0.05 is on it: p is at
   * most 0.05 exactly if the 95 % interval does not hold {@code at}. Of a recipe that was trained
   * with one seed nothing is shown: 1.
   */
  default double p(Reach reach, Domain domain, double at) {
    if (reach == Reach.RECIPE && seeds() == 1) {
      return 1;
    }
    return AlphaGrid.smallest(alpha -> !interval(reach, domain, alpha).contains(at));
  }

  /**
   * The p value of the true value lying outside of a margin: two one-sided tests (Schuirmann 1987).
   * At most 0.05 exactly if the 90 % interval lies within the margin.
   */
  default double pOutside(Reach reach, Domain domain, Bounds within) {
    if (reach == Reach.RECIPE && seeds() == 1) {
      return 1;
    }
    return AlphaGrid.smallest(
        alpha -> {
          Bounds interval = interval(reach, domain, Math.min(1, 2 * alpha));
          return within.low() < interval.low() && interval.high() < within.high();
        });
  }
}
