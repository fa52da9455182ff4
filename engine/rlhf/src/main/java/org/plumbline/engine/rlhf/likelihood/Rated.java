// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.likelihood;

/**
 * A number that somebody gave.
 *
 * @param evaluator the person's number, counted from 0
 * @param value what they said
 */
public record Rated(int evaluator, double value) {}
