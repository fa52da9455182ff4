// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

/**
 * Two answers that people are asked about.
 *
 * @param seed of all that is drawn
 * @param pair the number of the pair
 * @param compared its answers in the order of the pair, not in the order shown
 */
public record Question(long seed, long pair, AnswerPair compared) {}
