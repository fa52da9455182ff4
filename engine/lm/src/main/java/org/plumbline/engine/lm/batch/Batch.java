// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.batch;

import java.util.List;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.tensor.Tensor;

/**
 * Sequences side by side, padded on the right to the longest.
 *
 * <p>Entry t of a row of predictions belongs to the choice of token t+1, so predictions are [batch,
 * time-1]. Those that concern completion tokens are one in {@link #mask()}; all others are zero
 * there, and zero in what {@link LanguageModel} returns. Padding never changes a value. Plain data:
 * belongs to no scope and no device.
 */
public final class Batch {

  private final List<Sequence> rows;
  private final int width;
  private final int completionTokens;

  private Batch(List<Sequence> rows, int width) {
    this.rows = List.copyOf(rows);
    this.width = width;
    this.completionTokens = rows.stream().mapToInt(r -> r.length() - firstTarget(r)).sum();
  }

  public static Batch of(List<Sequence> rows) {
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("a batch needs at least one sequence");
    }
    return new Batch(rows, rows.stream().mapToInt(Sequence::length).max().orElseThrow());
  }

  /** Returns some of the rows in their order, as wide as all. */
  public Batch with(List<Sequence> some) {
    return new Batch(some, width);
  }

  public List<Sequence> rows() {
    return rows;
  }

  public int size() {
    return rows.size();
  }

  /** Returns the length of the longest sequence. */
  public int width() {
    return width;
  }

  /** Returns how many tokens are predicted: the completions', except a text's very first token. */
  public int completionTokens() {
    return completionTokens;
  }

  /** Returns the mask of predictions that concern completion tokens, [batch, time-1]. */
  public Tensor mask() {
    float[] mask = new float[size() * (width - 1)];
    for (int index : predictionIndices()) {
      mask[index] = 1f;
    }
    return Tensor.of(mask, size(), width - 1);
  }

  /** Lays out values per completion token as [batch, time-1], zero elsewhere. */
  public Tensor aligned(List<float[]> completionValues) {
    float[] all = new float[size() * (width - 1)];
    for (int row = 0; row < size(); row++) {
      Sequence sequence = rows.get(row);
      int first = firstTarget(sequence);
      float[] values = completionValues.get(row);
      if (values.length != sequence.length() - first) {
        throw new IllegalArgumentException(
            values.length + " values for " + (sequence.length() - first) + " tokens in row " + row);
      }
      System.arraycopy(values, 0, all, row * (width - 1) + first - 1, values.length);
    }
    return Tensor.of(all, size(), width - 1);
  }

  /** Makes sure that a model knows every token: libtorch would read beyond its embeddings. */
  public void requireIds(int vocabularySize) {
    for (Sequence row : rows) {
      for (int t = 0; t < row.length(); t++) {
        int id = row.id(t);
        if (id < 0 || id >= vocabularySize) {
          throw new IllegalArgumentException(
              "id " + id + " is not among the model's " + vocabularySize);
        }
      }
    }
  }

  /** Returns flat indices into [batch, time-1] of the predictions of completion tokens. */
  public int[] predictionIndices() {
    int[] indices = new int[completionTokens];
    int n = 0;
    for (int row = 0; row < size(); row++) {
      Sequence sequence = rows.get(row);
      for (int t = firstTarget(sequence); t < sequence.length(); t++) {
        indices[n++] = row * (width - 1) + t - 1;
      }
    }
    return indices;
  }

  private static int firstTarget(Sequence row) {
    return Math.max(1, row.promptLength());
  }

  /** Returns flat indices into [batch, time] of all tokens, without padding. */
  public int[] tokenIndices() {
    int[] indices = new int[rows.stream().mapToInt(Sequence::length).sum()];
    int n = 0;
    for (int row = 0; row < size(); row++) {
      for (int t = 0; t < rows.get(row).length(); t++) {
        indices[n++] = row * width + t;
      }
    }
    return indices;
  }
}
