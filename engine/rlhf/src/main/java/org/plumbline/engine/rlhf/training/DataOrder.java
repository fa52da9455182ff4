package org.plumbline.engine.rlhf.training;

import org.plumbline.engine.lm.RandomPurpose;
import org.plumbline.engine.lm.RandomStream;

/**
 * The order in which rows are visited: a new permutation in each epoch, without a gap between
 * epochs.
 *
 * <p>A pure function of (seed, step): nothing has to be saved to go on from any step.
 */
public final class DataOrder {
  private final RandomStream stream;
  private final int rows;
  private final int batchSize;
  private long epoch = -1;
  private int[] permutation = {};

  /** The order of so many rows for a seed. */
  public DataOrder(long seed, int rows, int batchSize) {
    if (rows < 1) {
      throw new IllegalArgumentException("no rows to visit");
    }
    this.stream = RandomStream.of(seed, RandomPurpose.DATA_ORDER, 0);
    this.rows = rows;
    this.batchSize = batchSize;
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
    }
    return permutation;
  }
}
