// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

/** Something beside the worth of the answers that sways a choice. */
@FunctionalInterface
public interface Bias {

  /** What is added to the log-odds of the answer shown first; rationality does not scale it. */
  double logOdds(AnswerPair shown);
}
