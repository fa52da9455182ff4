// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.util.List;
import org.plumbline.engine.rlhf.conversation.Exchange;

/** Says how good answers are. */
@FunctionalInterface
public interface RewardFunction {

  /** Scores answers; one that was cut off is scored as far as it goes. */
  Scores score(List<Exchange> answers);

  /**
   * Scores of several answers.
   *
   * @param score one number per answer; higher is better
   * @param spread how unsure each score is: the deviation of an ensemble's members, or 0
   */
  record Scores(double[] score, double[] spread) {}
}
