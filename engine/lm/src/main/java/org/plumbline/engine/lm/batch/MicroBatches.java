// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.batch;

import java.util.ArrayList;
import java.util.List;

/**
 * The rows of one training step in parts that are computed one after the other, for less memory.
 *
 * <p>An average over a whole step is the sum over its parts of the part's average times its share:
 * {@link Part#tokenShare} for averages over tokens, {@link Part#rowShare} for averages over rows.
 * Averages of averages would give the tokens of short parts too much weight.
 */
public final class MicroBatches {

  private MicroBatches() {}

  /**
   * Some rows of a step.
   *
   * @param batch the rows
   * @param firstRow where they begin among the step's rows
   * @param tokenShare this part's completion tokens over the step's
   * @param rowShare this part's rows over the step's
   */
  public record Part(Batch batch, int firstRow, double tokenShare, double rowShare) {}

  /** Splits rows, in order, into parts of a size; the last one may be smaller. */
  public static List<Part> of(List<Sequence> rows, int size) {
    if (size < 1) {
      throw new IllegalArgumentException("parts of " + size + " rows");
    }
    double tokens = Batch.of(rows).completionTokens();
    List<Part> parts = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += size) {
      Batch batch = Batch.of(rows.subList(from, Math.min(rows.size(), from + size)));
      parts.add(
          new Part(
              batch, from, batch.completionTokens() / tokens, batch.size() / (double) rows.size()));
    }
    return parts;
  }
}
