// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report;

/**
 * How one group of evaluators, by its own values, sees a recipe.
 *
 * @param winRate share of prompts on which the group prefers the recipe's answer to the reference's
 * @param utility mean of the group's own values
 */
public record Satisfaction(String recipe, String group, Interval winRate, Interval utility) {}
