// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import org.plumbline.engine.lm.tensor.Tensor;

/**
 * What one pass says about each completion token, all [batch, time-1], zero outside completions.
 *
 * @param logProbs log-probability of the token
 * @param entropy entropy in nats of the distribution that the token was chosen from
 * @param values the value head's estimate before the token was chosen; zeros without a value head
 */
public record TokenScores(Tensor logProbs, Tensor entropy, Tensor values) {}
