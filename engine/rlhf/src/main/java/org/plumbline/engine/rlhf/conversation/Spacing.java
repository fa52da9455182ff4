// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.conversation;

/**
 * What stands between a prompt and its answer, where no chat template says it: one space, or
 * nothing where the prompt is empty or ends in white space, or the answer begins with it.
 *
 * <p>So the text that TRL learns of {@code "The sky is"} and {@code " blue."} is learned as it
 * stands, and {@code "The sky is"} and {@code "blue."} are the same row.
 */
public final class Spacing {
  private static final String SPACE = " ";

  private Spacing() {}

  /** What stands between the two. */
  public static String between(String prompt, String answer) {
    return separates(prompt) && !begins(answer) ? SPACE : "";
  }

  /** Both as one text. */
  public static String joined(String prompt, String answer) {
    return prompt + between(prompt, answer) + answer;
  }

  /**
   * The answer of a text that goes on after a prompt. Joined with the prompt again, it gives that
   * text, but for a space before one that goes on without any white space.
   */
  public static String answer(String prompt, String after) {
    boolean separated =
        separates(prompt) && after.startsWith(SPACE) && !begins(after.substring(SPACE.length()));
    return separated ? after.substring(SPACE.length()) : after;
  }

  private static boolean separates(String prompt) {
    return !prompt.isEmpty() && !Character.isWhitespace(prompt.codePointBefore(prompt.length()));
  }

  private static boolean begins(String answer) {
    return !answer.isEmpty() && Character.isWhitespace(answer.codePointAt(0));
  }
}
