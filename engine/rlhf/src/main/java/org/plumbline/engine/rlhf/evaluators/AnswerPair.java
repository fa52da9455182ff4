// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

/**
 * Two answers to one prompt, in the order in which somebody is shown them.
 *
 * @param prompt what was asked
 * @param first the answer shown first
 * @param second the answer shown second
 */
public record AnswerPair(String prompt, String first, String second) {

  /** The same two answers in the other order. */
  public AnswerPair swapped() {
    return new AnswerPair(prompt, second, first);
  }
}
