// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.batch;

import java.nio.IntBuffer;
import java.util.Arrays;

/** A prompt and its completion as one row of token ids. */
public final class Sequence {

  private final int[] ids;
  private final int promptLength;

  /**
   * Makes a row.
   *
   * @param ids all tokens, prompt first; at least one
   * @param promptLength how many tokens belong to the prompt; 0 for plain text
   */
  public Sequence(int[] ids, int promptLength) {
    if (ids.length == 0 || promptLength < 0 || promptLength > ids.length) {
      throw new IllegalArgumentException(
          "prompt of " + promptLength + " tokens in a sequence of " + ids.length);
    }
    this.ids = ids.clone();
    this.promptLength = promptLength;
  }

  /** Joins a prompt and its completion. */
  public static Sequence of(int[] prompt, int[] completion) {
    int[] ids = Arrays.copyOf(prompt, prompt.length + completion.length);
    System.arraycopy(completion, 0, ids, prompt.length, completion.length);
    return new Sequence(ids, prompt.length);
  }

  public int length() {
    return ids.length;
  }

  public int promptLength() {
    return promptLength;
  }

  public int id(int position) {
    return ids[position];
  }

  public int[] ids() {
    return ids.clone();
  }

  /** Returns the prompt's tokens; equal prompts give equal ones. */
  public IntBuffer prompt() {
    return IntBuffer.wrap(ids, 0, promptLength).asReadOnlyBuffer();
  }

  public int[] completion() {
    return Arrays.copyOfRange(ids, promptLength, ids.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sequence that
        && promptLength == that.promptLength
        && Arrays.equals(ids, that.ids);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(ids) + promptLength;
  }

  @Override
  public String toString() {
    return "Sequence" + Arrays.toString(ids) + " after " + promptLength;
  }
}
