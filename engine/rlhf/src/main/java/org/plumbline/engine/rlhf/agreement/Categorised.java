// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.agreement;

/**
 * What one person said of one item, as a category.
 *
 * @param item anything that is equal for the same item
 * @param person who
 * @param group the person's group
 * @param category from 0 on; where categories have an order, in that order
 */
public record Categorised(Object item, String person, String group, int category) {}
