// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf;

import java.util.List;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.Demonstration;
import org.plumbline.engine.rlhf.data.LabelledAnswer;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.data.Preference;

/** Prompts, answers and rows that are texts. */
public final class Plain {
  private Plain() {}

  public static Prompt prompt(String text) {
    return Prompt.of(text);
  }

  public static List<Prompt> prompts(List<String> texts) {
    return texts.stream().map(Prompt::of).toList();
  }

  public static Answer answer(String text) {
    return Answer.of(text);
  }

  public static Demonstration demonstration(String prompt, String completion) {
    return new Demonstration(Prompt.of(prompt), Answer.of(completion));
  }

  public static LabelledAnswer labelled(String prompt, String completion, boolean good) {
    return new LabelledAnswer(Prompt.of(prompt), Answer.of(completion), good);
  }

  public static Preference preference(String prompt, String chosen, String rejected) {
    return new Preference(Prompt.of(prompt), Answer.of(chosen), Answer.of(rejected));
  }

  /** A preference for which one person voted. */
  public static Pair pair(long number, String prompt, String chosen, String rejected) {
    return new Pair(number, Prompt.of(prompt), Answer.of(chosen), Answer.of(rejected), 1, 1, 1);
  }
}
