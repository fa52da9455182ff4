// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.rlhf.conversation.Prompt;

/**
 * Rows to learn from, and rows to measure on.
 *
 * <p>They are divided by the text of the prompt, so that none is on both sides, not even with other
 * tools. Prompts are taken in a random order, and one whose rows would exceed the wanted number is
 * passed; if that leaves nothing, the first that is not all there is. Where there is only one
 * prompt, rows take the prompts' place.
 *
 * @param training what is learned from; never empty unless there are no rows
 * @param heldOut what is measured on
 * @param <R> a row
 */
public record PromptSplit<R>(List<R> training, List<R> heldOut) {

  /**
   * Divides.
   *
   * @param prompts the prompt of each row
   * @param share of the rows that is held out
   * @param stream of the order in which prompts are taken
   */
  public static <R> PromptSplit<R> of(
      List<R> rows, List<Prompt> prompts, double share, RandomStream stream) {
    int wanted = (int) StrictMath.round(share * rows.size());
    int[] groupOf = groups(prompts);
    int[] sizes = new int[groupOf.length == 0 ? 0 : max(groupOf) + 1];
    for (int group : groupOf) {
      sizes[group]++;
    }
    boolean[] out = new boolean[sizes.length];
    int[] order = stream.permutation(sizes.length);
    int taken = 0;
    for (int group : order) {
      if (taken + sizes[group] <= wanted) {
        out[group] = true;
        taken += sizes[group];
      }
    }
    for (int i = 0; i < order.length && taken == 0 && wanted > 0; i++) {
      if (sizes[order[i]] < rows.size()) {
        out[order[i]] = true;
        taken = sizes[order[i]];
      }
    }
    List<R> training = new ArrayList<>();
    List<R> heldOut = new ArrayList<>();
    for (int i = 0; i < groupOf.length; i++) {
      (out[groupOf[i]] ? heldOut : training).add(rows.get(i));
    }
    return new PromptSplit<>(training, heldOut);
  }

  /** A number for the prompt of each row, in the order of their first rows. */
  private static int[] groups(List<Prompt> prompts) {
    boolean onePrompt = prompts.stream().map(Prompt::text).distinct().count() == 1;
    Map<Object, Integer> numbers = new HashMap<>();
    int[] groups = new int[prompts.size()];
    for (int i = 0; i < groups.length; i++) {
      Object key = onePrompt ? (Object) i : prompts.get(i).text();
      numbers.putIfAbsent(key, numbers.size());
      groups[i] = numbers.get(key);
    }
    return groups;
  }

  private static int max(int[] numbers) {
    int max = numbers[0];
    for (int number : numbers) {
      max = Math.max(max, number);
    }
    return max;
  }
}
