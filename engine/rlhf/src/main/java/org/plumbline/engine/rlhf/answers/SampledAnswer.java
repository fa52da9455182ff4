// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.answers;

import java.util.ArrayList;
import java.util.List;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;

/**
 * One answer that a policy gave to a prompt.
 *
 * @param answer what it says, without the space that separates it from the prompt
 * @param tokens its tokens as they were drawn; the last is the end of text if it finished
 * @param finished whether it ended by itself rather than by running out of room
 */
public record SampledAnswer(Answer answer, int[] tokens, boolean finished) {

  /** Answers with the prompts that they were given to. */
  public static List<Exchange> to(List<Prompt> prompts, List<SampledAnswer> answers) {
    List<Exchange> exchanges = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      SampledAnswer given = answers.get(i);
      exchanges.add(new Exchange(prompts.get(i), given.answer, given.finished));
    }
    return exchanges;
  }

  /** What it says, as text. */
  public String text() {
    return answer.text();
  }
}
