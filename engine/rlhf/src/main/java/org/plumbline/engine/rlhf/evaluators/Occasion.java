// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

/**
 * When somebody is asked.
 *
 * @param seed of all that is drawn
 * @param number of the question
 * @param prompt of the question
 * @param given how many questions of lower number the person was given
 * @param instructions what evaluators are told; empty for nothing
 */
public record Occasion(long seed, long number, String prompt, int given, String instructions) {}
