// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import org.plumbline.engine.lm.random.RandomSequence;
import org.plumbline.engine.rlhf.numerics.Logistic;

/**
 * What somebody says of a part of an answer that adds something to its worth: that it does harm,
 * nothing much, or good. A cumulative logit (McCullagh 1980) with cut points one apart around 0,
 * like a scale of three steps: with a what the part adds and rho the rationality,
 *
 * <pre>{@code
 * P(harm) = sigmoid(rho (-1/2 - a))
 * P(harm or nothing much) = sigmoid(rho (1/2 - a))
 * }</pre>
 */
final class Nudge {
  private static final double CUT = 0.5;

  private Nudge() {}

  /** -1, 0 or 1. */
  static int of(double added, double rationality, RandomSequence draws) {
    double draw = draws.uniform();
    if (draw < Logistic.sigmoid(rationality * (-CUT - added))) {
      return -1;
    }
    return draw < Logistic.sigmoid(rationality * (CUT - added)) ? 0 : 1;
  }
}
