// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.aggregation;

/**
 * What one person says of one item.
 *
 * @param item its number
 * @param person their number
 * @param said a number, a class, an order
 * @param weight how many votes it counts as
 */
public record Opinion<T>(int item, int person, T said, double weight) {}
