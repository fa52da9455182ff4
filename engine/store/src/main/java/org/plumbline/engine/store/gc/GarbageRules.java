// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.gc;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.plumbline.engine.store.record.NodeRecord;
import org.plumbline.engine.store.record.RunRecord;

/**
 * What counts as garbage.
 *
 * @param keep the runs to keep, of all that there are, newest first; those that are under way are
 *     kept besides
 * @param grace what no run refers to goes when it is older than this
 * @param paid whether answers of people and judges, which cost something, go as all else does
 * @param asking the keys of those finished nodes that such answers are in
 */
public record GarbageRules(
    Function<List<RunRecord>, List<RunRecord>> keep,
    Duration grace,
    boolean paid,
    Function<Collection<NodeRecord>, Set<String>> asking) {

  /** All runs are kept, and what is not of any of them for a day. */
  public static GarbageRules of(Function<Collection<NodeRecord>, Set<String>> asking) {
    return new GarbageRules(runs -> runs, Duration.ofDays(1), false, asking);
  }
}
