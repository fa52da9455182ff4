// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import java.util.List;

/**
 * Tokens of a prompt and of an answer.
 *
 * @param prompt those before the answer
 * @param answer those that are learned
 * @param joined whether the model, when it is asked, reads other tokens than {@code prompt}
 * @param spelled whether the text has a special token that would else have been added
 */
record Worded(int[] prompt, int[] answer, boolean joined, boolean spelled) {

  /**
   * Answers to one prompt, with one prompt: where a token that the tokenizer makes of its end and
   * an answer's beginning leaves one of them with a shorter prompt, all have that.
   */
  static List<Worded> sharing(List<Worded> answers) {
    int[] shortest = answers.get(0).prompt;
    for (Worded one : answers) {
      shortest = one.prompt.length < shortest.length ? one.prompt : shortest;
    }
    int[] shared = shortest;
    // a tokenizer may read a whole prompt in another way for what follows: then each has its own
    return answers.stream().allMatch(one -> Tokens.begin(one.prompt, shared))
        ? answers.stream().map(one -> one.after(shared.length)).toList()
        : answers;
  }

  private Worded after(int tokens) {
    if (tokens == prompt.length) {
      return this;
    }
    int[] rest = Tokens.from(prompt, tokens, prompt.length);
    return new Worded(Tokens.from(prompt, 0, tokens), Tokens.joined(rest, answer), joined, spelled);
  }
}
