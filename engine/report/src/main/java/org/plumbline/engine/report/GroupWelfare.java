// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report;

import org.jspecify.annotations.Nullable;

/**
 * How well all groups of evaluators together fare with a recipe: of the shares of prompts on which
 * each group, by its own values, prefers the recipe to the reference.
 *
 * @param mean weighted by the people of the groups
 * @param min of the group that fares worst
 * @param gap of the best from the worst
 * @param gini 0 if all fare alike; null if no group ever prefers it
 * @param nash the weighted geometric mean; null if some group never prefers it
 * @param atkinson the share of the mean that could be given up for equality; null as for nash
 */
public record GroupWelfare(
    String recipe,
    Interval mean,
    Interval min,
    Interval gap,
    @Nullable Interval gini,
    @Nullable Interval nash,
    @Nullable Interval atkinson) {}
