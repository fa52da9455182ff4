// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.engine.rlhf.data.source.RowPlace;

/** Counts rows that are odd but kept, and remembers where the first of each kind is. */
final class Oddities {
  private final Map<Oddity, Long> counts = new EnumMap<>(Oddity.class);
  private final Map<Oddity, RowPlace> first = new EnumMap<>(Oddity.class);
  private final Map<Oddity, RowPlace> last = new EnumMap<>(Oddity.class);

  void at(Oddity oddity, RowPlace place) {
    counts.merge(oddity, 1L, Long::sum);
    first.putIfAbsent(oddity, place);
  }

  /** Counts a row once, however often it is odd in this way. */
  void once(Oddity oddity, RowPlace place) {
    if (!place.equals(last.put(oddity, place))) {
      at(oddity, place);
    }
  }

  /** Adds the counts of others. */
  void addAll(Oddities others) {
    others.counts.forEach((oddity, count) -> counts.merge(oddity, count, Long::sum));
    others.first.forEach(first::putIfAbsent);
  }

  /** What a user should know, one sentence for each kind. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    counts.forEach(
        (oddity, count) ->
            notes.add(
                (count == 1 ? "1 row " : count + " rows ")
                    + oddity.meaning()
                    + " (first: "
                    + first.get(oddity)
                    + ")"));
    return notes;
  }

  /**
   * Numbers for {@code summary.json}; zero for what there was none of, but nothing of what only
   * conversations can have.
   */
  Map<String, Long> counts() {
    Map<String, Long> all = new LinkedHashMap<>();
    for (Oddity oddity : Oddity.values()) {
      Long count = counts.get(oddity);
      if (count != null || !oddity.ofConversations()) {
        all.put(oddity.word(), count == null ? 0 : count);
      }
    }
    return all;
  }
}
