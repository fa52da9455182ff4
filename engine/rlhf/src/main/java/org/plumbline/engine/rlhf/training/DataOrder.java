// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;

/**
 * The order in which rows are visited: a new permutation in each epoch, without a gap between
 * epochs.
 *
 * <p>A pure function of (seed, step): nothing has to be saved to go on from any step.
 */
public final class DataOrder {
  /** Batches that are sorted together: enough for little padding, few enough to stay random. */
  private static final int STRETCH = 16;

  /** The draws that shuffle batches, apart from those of an epoch's permutation. */
  private static final long BATCH_ITEM = 1L << 40;

  private final RandomStream stream;
  private final int rows;
  private final int batchSize;
  private final int @Nullable [] lengths;
  private long epoch = -1;
  private int[] permutation = {};

  /** The order of so many rows for a seed. */
  public DataOrder(long seed, int rows, int batchSize) {
    this(seed, rows, batchSize, null);
  }

  /**
   * The order in which rows of like length come together: a permutation is cut into stretches of
   * {@value #STRETCH} batches, each sorted by length, and its batches are shuffled.
   */
  public static DataOrder byLength(long seed, int[] lengths, int batchSize) {
    return new DataOrder(seed, lengths.length, batchSize, lengths.clone());
  }

  private DataOrder(long seed, int rows, int batchSize, int @Nullable [] lengths) {
    if (rows < 1) {
      throw new IllegalArgumentException("no rows to visit");
    }
    this.stream = RandomStream.of(seed, RandomPurpose.DATA_ORDER, 0);
    this.rows = rows;
    this.batchSize = batchSize;
    this.lengths = lengths;
  }

  /** The rows of a step, counted from 0. */
  public int[] batch(long step) {
    int[] batch = new int[batchSize];
    for (int i = 0; i < batchSize; i++) {
      long visit = step * batchSize + i;
      batch[i] = permutation(visit / rows)[(int) (visit % rows)];
    }
    return batch;
  }

  private int[] permutation(long wanted) {
    if (wanted != epoch) {
      epoch = wanted;
      permutation = stream.at(Math.toIntExact(wanted)).permutation(rows);
      if (lengths != null) {
        permutation = bucketed(permutation, lengths);
      }
    }
    return permutation;
  }

  private int[] bucketed(int[] order, int[] length) {
    List<int[]> batches = new ArrayList<>();
    for (int from = 0; from < rows; from += STRETCH * batchSize) {
      int to = Math.min(rows, from + STRETCH * batchSize);
      int[] stretch =
          Arrays.stream(order, from, to)
              .boxed()
              .sorted(Comparator.comparingInt(row -> length[row])) // stable: ties as drawn
              .mapToInt(Integer::intValue)
              .toArray();
      for (int at = 0; at < stretch.length; at += batchSize) {
        batches.add(Arrays.copyOfRange(stretch, at, Math.min(stretch.length, at + batchSize)));
      }
    }
    int[] shuffled =
        stream.at(Math.toIntExact(epoch)).forItem(BATCH_ITEM).permutation(batches.size());
    return Arrays.stream(shuffled).flatMap(i -> Arrays.stream(batches.get(i))).toArray();
  }
}
