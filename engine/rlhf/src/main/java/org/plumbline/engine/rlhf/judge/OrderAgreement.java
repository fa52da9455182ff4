// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.judge;

import java.util.Map;
import org.plumbline.engine.rlhf.training.TrainingRun;

/**
 * How often a judge contradicts itself when it is shown two answers in the other order: what it
 * prefers then is a place and no answer. A verdict of one half contradicts none.
 */
public final class OrderAgreement {
  private int both;
  private int turned;

  /** Forgets what was said so far: the next update begins. */
  public void begin() {
    both = 0;
    turned = 0;
  }

  /**
   * Takes note of what was said of two answers.
   *
   * @param shown the probability that the first of them is better, when it was shown first
   * @param swapped the same when it was shown second
   */
  public void add(double shown, double swapped) {
    both++;
    turned += (shown - 0.5) * (swapped - 0.5) < 0 ? 1 : 0;
  }

  /** What there is to log: nothing where no two answers were shown in both orders. */
  public Map<String, Double> logged() {
    return both == 0 ? Map.of() : Map.of(TrainingRun.DISAGREEMENT, turned / (double) both);
  }
}
