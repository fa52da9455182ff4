// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.likelihood;

/**
 * What one person said of two answers; the three shares sum to 1.
 *
 * @param evaluator the person's number, counted from 0
 * @param first how surely the first is better: 1 or 0, or a judge's probability
 * @param second how surely the second is better
 * @param tie how surely both are equal
 */
public record Vote(int evaluator, double first, double second, double tie) {}
