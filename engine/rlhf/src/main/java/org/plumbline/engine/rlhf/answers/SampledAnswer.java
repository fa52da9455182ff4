package org.plumbline.engine.rlhf.answers;

import org.plumbline.engine.rlhf.conversation.Answer;

/**
 * One answer that a policy gave to a prompt.
 *
 * @param answer what it says, without the space that separates it from the prompt
 * @param tokens its tokens as they were drawn; the last is the end of text if it finished
 * @param finished whether it ended by itself rather than by running out of room
 */
public record SampledAnswer(Answer answer, int[] tokens, boolean finished) {

  /** What it says, as text. */
  public String text() {
    return answer.text();
  }
}
