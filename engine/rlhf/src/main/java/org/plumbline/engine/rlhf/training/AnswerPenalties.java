// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.policy.Regularizers.LengthPenalty;
import org.plumbline.dsl.model.policy.Regularizers.RepetitionPenalty;

/**
 * What is taken off an answer's score for how it is said.
 *
 * @param missingEnd of one that did not end by itself
 * @param length of a long one; null: nothing
 * @param repetition of one that repeats itself; null: nothing
 */
public record AnswerPenalties(
    double missingEnd, @Nullable LengthPenalty length, @Nullable RepetitionPenalty repetition) {

  /** What is left of a score. */
  public double off(double score, int[] tokens, boolean finished) {
    double left = finished ? score : score - missingEnd;
    if (length != null) {
      left -= length.coefficient() * Math.max(0, tokens.length - length.free());
    }
    if (repetition != null) {
      left -= repetition.coefficient() * repeated(tokens, repetition.n());
    }
    return left;
  }

  /** The share of an answer's n-grams that were there before, as in TRL's repetition reward. */
  public static double repeated(int[] tokens, int n) {
    int all = tokens.length - n + 1;
    if (all < 1) {
      return 0;
    }
    Set<List<Integer>> different = new HashSet<>();
    for (int at = 0; at < all; at++) {
      different.add(IntStream.of(Arrays.copyOfRange(tokens, at, at + n)).boxed().toList());
    }
    return 1 - different.size() / (double) all;
  }
}
