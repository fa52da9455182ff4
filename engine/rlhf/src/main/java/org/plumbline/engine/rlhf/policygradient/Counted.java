// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import org.plumbline.engine.lm.tensor.Tensor;

/**
 * Which tokens of some answers count, and how many there are in the whole step. Means are over the
 * whole step, so what the parts of one contribute adds up to what it is at once.
 *
 * @param mask 1 where a token of an answer is predicted that counts, [batch, time-1]; may be 0
 *     everywhere
 * @param tokens that count in all of the step
 * @param answers in all of the step
 */
public record Counted(Tensor mask, long tokens, int answers) {

  /** All of a step at once. */
  public static Counted all(Tensor mask) {
    return new Counted(mask, (long) mask.sum().item(), (int) mask.shape()[0]);
  }

  /** What these answers contribute to the mean over all, of one number each. */
  public Tensor mean(Tensor each) {
    return each.sum().div((float) answers);
  }
}
