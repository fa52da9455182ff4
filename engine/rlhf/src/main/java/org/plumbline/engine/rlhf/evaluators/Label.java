// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import org.jspecify.annotations.Nullable;

/**
 * What one person said about one pair.
 *
 * @param person who
 * @param swapped whether the pair's second answer was shown first
 * @param seen what they saw of the answers, in the order shown
 * @param choice which of the answers, in the order shown
 * @param malicious whether harm was done on purpose
 * @param madeBy the judge who made the label in the person's stead; null for the person
 */
public record Label(
    Person person,
    boolean swapped,
    AnswerPair seen,
    PairChoice choice,
    boolean malicious,
    @Nullable String madeBy) {}
