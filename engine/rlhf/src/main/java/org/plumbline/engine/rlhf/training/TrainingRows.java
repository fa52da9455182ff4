// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import java.util.List;
import java.util.function.Function;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.rlhf.conversation.Prompt;

/**
 * Rows that a model is fitted to.
 *
 * @param all the rows
 * @param prompts the prompt of each: rows of one prompt are never on both sides of a division
 * @param sequences the token sequences of a row, its answers
 * @param mean what a loss is the mean over
 * @param <R> a row
 */
public record TrainingRows<R>(
    List<R> all, List<Prompt> prompts, Function<R, List<Sequence>> sequences, Mean mean) {

  /** What a loss is the mean over, which says how much each part of a step counts. */
  public enum Mean {
    /** Each row counts the same. */
    ROWS,
    /** Each token of an answer counts the same. */
    TOKENS
  }

  /** Tokens of the longest sequence of a row. */
  public int length(R row) {
    return sequences.apply(row).stream().mapToInt(Sequence::length).max().orElse(0);
  }

  /** Tokens of the answers of some rows. */
  long tokens(List<R> rows) {
    List<Sequence> all = rows.stream().flatMap(row -> sequences.apply(row).stream()).toList();
    return Batch.of(all).completionTokens();
  }

  /** How much some of the rows count in the mean over more of them. */
  public double share(List<R> part, List<R> whole) {
    return mean == Mean.ROWS
        ? part.size() / (double) whole.size()
        : tokens(part) / (double) tokens(whole);
  }
}
