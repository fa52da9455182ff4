// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.judge;

/**
 * A server that is there and does not answer this question: its filter or its model refuses it.
 * That says nothing of other questions.
 */
final class QuestionRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String words;

  /**
   * A refusal.
   *
   * @param words what the server says
   * @param endpoint its address
   */
  QuestionRefused(String words, String endpoint) {
    super("the judge at " + endpoint + " refuses: " + words);
    this.words = words;
  }

  /** What the server says. */
  String words() {
    return words;
  }
}
