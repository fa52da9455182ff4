// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.conversation;

/**
 * A prompt with one answer to it.
 *
 * @param prompt what was asked
 * @param answer what was answered
 * @param finished whether the answer ended by itself rather than by running out of room: one that
 *     did not teaches no end, and is scored without one
 */
public record Exchange(Prompt prompt, Answer answer, boolean finished) {

  /** A prompt with a whole answer. */
  public static Exchange of(Prompt prompt, Answer answer) {
    return new Exchange(prompt, answer, true);
  }
}
