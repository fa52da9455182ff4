// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.disk;

import java.util.concurrent.atomic.LongAdder;

/**
 * What this process has done with its store since it opened it. Of a folder only artifacts,
 * checkpoints and copies of inputs count as bytes; of a bucket all that went over the line. Safe
 * for use by several threads.
 */
public final class StoreCounts {
  private final LongAdder read = new LongAdder();
  private final LongAdder written = new LongAdder();
  private final LongAdder renewals = new LongAdder();
  private final LongAdder failedRenewals = new LongAdder();
  private final LongAdder lost = new LongAdder();

  /** Bytes that were read. */
  public long bytesRead() {
    return read.sum();
  }

  /** Bytes that were written. */
  public long bytesWritten() {
    return written.sum();
  }

  /** How often it was said of a node that its holder lives. */
  public long renewals() {
    return renewals.sum();
  }

  /** How often that could not be said. */
  public long failedRenewals() {
    return failedRenewals.sum();
  }

  /** Rights to nodes that were lost before they were given back. */
  public long lostLeases() {
    return lost.sum();
  }

  /** So many bytes were read. */
  public void read(long bytes) {
    read.add(bytes);
  }

  /** So many bytes were written. */
  public void written(long bytes) {
    written.add(bytes);
  }

  /** It was said that the holder of a node lives. */
  public void renewed() {
    renewals.increment();
  }

  /** That could not be said. */
  public void notRenewed() {
    failedRenewals.increment();
  }

  /** The right to a node was lost. */
  public void lost() {
    lost.increment();
  }
}
