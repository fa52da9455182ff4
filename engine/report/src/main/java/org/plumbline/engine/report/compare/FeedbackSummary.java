// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.Interval;

/**
 * What one feedback stage collected in one seed.
 *
 * @param agreement statistics by name
 * @param poisoned share of the labels by malicious evaluators; null if nobody was malicious
 * @param poisonedTriggered the same among prompts that carry the trigger
 */
public record FeedbackSummary(
    int labels,
    double cost,
    int skipped,
    SortedMap<String, Interval> agreement,
    List<Group> groups,
    @Nullable Double poisoned,
    @Nullable Double poisonedTriggered) {

  public FeedbackSummary {
    groups = List.copyOf(groups);
  }

  /** What one group of evaluators did. */
  public record Group(
      String group,
      int people,
      int labels,
      int skipped,
      @Nullable Double agreeWithGold,
      @Nullable Double choseFirst,
      @Nullable Double choseLonger) {}
}
