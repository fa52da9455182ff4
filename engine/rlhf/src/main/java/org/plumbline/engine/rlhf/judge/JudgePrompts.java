// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.judge;

import java.util.Collection;
import org.plumbline.engine.rlhf.judge.Judge.Case;
import org.plumbline.engine.rlhf.judge.Judge.Critique;
import org.plumbline.engine.rlhf.judge.Judge.Question;
import org.plumbline.engine.rlhf.judge.Judge.Single;

/** What language models are asked that judge, in the words that all of them are given. */
final class JudgePrompts {
  private JudgePrompts() {}

  /** Two answers under principles. */
  static String comparison(Collection<String> principles, Question question) {
    StringBuilder text = new StringBuilder("Compare two answers under these principles:\n");
    principles.forEach(principle -> text.append("- ").append(principle).append('\n'));
    text.append("\nThe prompt:\n").append(question.prompt());
    text.append("\n\nAnswer (A):\n").append(question.first());
    text.append("\n\nAnswer (B):\n").append(question.second());
    return text.append("\n\nWhich answer is better?").toString();
  }

  /** One answer under principles. */
  static String grade(Collection<String> principles, Single answer) {
    StringBuilder text = new StringBuilder("Rate an answer under these principles:\n");
    principles.forEach(principle -> text.append("- ").append(principle).append('\n'));
    text.append("\nThe prompt:\n").append(answer.prompt());
    text.append("\n\nThe answer:\n").append(answer.answer());
    return text.append("\n\nHow good is the answer, from 1 (worst) to 9 (best)?").toString();
  }

  /** How an answer falls short of a principle. */
  static String criticism(String principle, Case about) {
    return "Criticise an answer under this principle: "
        + principle
        + "\n\nThe prompt:\n"
        + about.prompt()
        + "\n\nThe answer:\n"
        + about.answer()
        + "\n\nSay in at most three sentences how the answer falls short of the principle.";
  }

  /** A better answer. */
  static String revision(Critique critique) {
    return "Rewrite an answer so that it meets the criticism.\n\nThe prompt:\n"
        + critique.about().prompt()
        + "\n\nThe answer:\n"
        + critique.about().answer()
        + "\n\nThe criticism:\n"
        + critique.text()
        + "\n\nReply with the new answer and nothing else.";
  }
}
