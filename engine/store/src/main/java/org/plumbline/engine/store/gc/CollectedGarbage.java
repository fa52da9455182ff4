// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.gc;

import java.util.List;
import org.plumbline.engine.store.record.RunRecord;

/**
 * What was removed, or would be.
 *
 * @param kept runs, newest first
 * @param removed runs, newest first
 * @param items in the order in which they go
 * @param spared what stays though no run needs it
 */
public record CollectedGarbage(
    List<RunRecord> kept, List<RunRecord> removed, List<Garbage> items, Spared spared) {
  public CollectedGarbage {
    kept = List.copyOf(kept);
    removed = List.copyOf(removed);
    items = List.copyOf(items);
  }

  /**
   * What stays though no run needs it.
   *
   * @param paidNodes finished nodes with answers that cost something
   * @param paidAnswers unfinished nodes with such answers
   * @param young records and artifacts that are not old enough
   * @param held unfinished nodes that somebody works on all the same
   */
  public record Spared(int paidNodes, int paidAnswers, int young, int held) {
    Spared holding(int nodes) {
      return new Spared(paidNodes, paidAnswers, young, nodes);
    }
  }

  /** The bytes of all items. */
  public long bytes() {
    return items.stream().mapToLong(Garbage::bytes).sum();
  }
}
