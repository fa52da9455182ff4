// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

/**
 * A statistic of one seed with what each prompt contributes: numbers whose mean is the statistic
 * and whose spread is its uncertainty, to first order.
 *
 * @param value the statistic
 * @param values one per prompt
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record PseudoValues(double value, double[] values) {}
