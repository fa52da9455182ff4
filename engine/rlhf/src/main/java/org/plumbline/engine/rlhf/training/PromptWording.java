// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.rlhf.conversation.Answer;

/** A prompt as a model reads it, and how answers follow it. */
interface PromptWording {

  /** The tokens that the model reads when it is asked; at least one. */
  int[] prompt();

  /**
   * The prompt and an answer, tokenised in one piece.
   *
   * @param finished whether the answer ended by itself and so gets an end token
   */
  Worded with(Answer answer, boolean finished);

  /**
   * The same with a prompt of at most so many tokens, as far as whole parts of it can be left out.
   */
  PromptWording within(int most);

  /** What an answer's tokens say. */
  String text(Sequence row);
}
