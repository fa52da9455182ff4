// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.evaluators.Malice;
import org.plumbline.engine.rlhf.values.Feature;

/** What was collected, as {@code summary.json}. */
final class CollectedFeedback {
  private final List<DrawnPair> drawn;
  private final List<LabelRow> labels;
  private final List<Pair> pairs;

  CollectedFeedback(List<DrawnPair> drawn, List<LabelRow> labels, List<Pair> pairs) {
    this.drawn = drawn;
    this.labels = labels;
    this.pairs = pairs;
  }

  /**
   * The summary's columns.
   *
   * @param people how many people each group has
   */
  Map<String, @Nullable Object> columns(Map<String, Integer> people, @Nullable Feature goldValues) {
    LabelStatistics all = LabelStatistics.of(labels, goldValues);
    Map<String, @Nullable Object> columns = new LinkedHashMap<>();
    columns.put("labels", all.labels());
    columns.put("pairs", pairs.size());
    columns.put("cost", all.cost());
    columns.put("skipped", all.skipped());
    columns.put("ties", pairs.stream().filter(Pair::tie).count());
    columns.put("identical", identical());
    columns.put("undecided", drawn.size() - pairs.size());
    columns.put("agree_with_gold", all.agreeWithGold());
    columns.put("chose_first", all.choseFirst());
    columns.put("chose_longer", all.choseLonger());
    columns.put("groups", groups(people, goldValues));
    return columns;
  }

  long identical() {
    return drawn.stream().filter(DrawnPair::identical).count();
  }

  private List<Object> groups(Map<String, Integer> people, @Nullable Feature goldValues) {
    Map<String, List<LabelRow>> byGroup = LabelStatistics.byGroup(labels);
    List<Object> groups = new ArrayList<>();
    people.forEach(
        (group, count) ->
            groups.add(
                LabelStatistics.of(byGroup.getOrDefault(group, List.of()), goldValues)
                    .columns(group, count)));
    return groups;
  }

  /** How much of the labels is harm done on purpose. */
  Map<String, @Nullable Object> poisoned(List<Malice> malices) {
    int given = 0;
    int malicious = 0;
    int triggered = 0;
    for (LabelRow label : labels) {
      if (label.skipped()) {
        continue;
      }
      given++;
      malicious += label.malicious() ? 1 : 0;
      triggered +=
          malices.stream().anyMatch(malice -> malice.triggeredBy(label.prompt().text())) ? 1 : 0;
    }
    Map<String, @Nullable Object> columns = new LinkedHashMap<>();
    columns.put("labels", malicious);
    columns.put("share", given == 0 ? 0.0 : malicious / (double) given);
    columns.put("share_triggered", triggered == 0 ? null : malicious / (double) triggered);
    columns.put("triggers", malices.stream().map(Malice::trigger).distinct().toList());
    return columns;
  }

  /**
   * The share of pairs judged in both orders whose better answer changed with the order; null if
   * there is none.
   */
  @Nullable Double flipRate() {
    Map<Long, LabelRow> earlier = new HashMap<>();
    int both = 0;
    int flipped = 0;
    for (LabelRow label : labels) {
      if (label.skipped()) {
        continue;
      }
      LabelRow other = earlier.put(label.pair(), label);
      if (other != null) {
        both++;
        flipped += (other.one() - 0.5) * (label.one() - 0.5) < 0 ? 1 : 0;
      }
    }
    return both == 0 ? null : flipped / (double) both;
  }
}
