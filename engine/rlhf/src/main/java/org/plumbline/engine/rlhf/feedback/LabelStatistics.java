// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.rlhf.values.Feature;
import org.plumbline.engine.rlhf.values.WhiteSpaceWords;

/** Counts of a set of labels: how many, what they cost, and what they lean to. */
final class LabelStatistics {
  private int labels;
  private int skipped;

  /** Summed in decimal: prices are decimal, and 0.2 a thousand times is 200. */
  private BigDecimal cost = BigDecimal.ZERO;

  private double first;
  private final Lean longer = new Lean();
  private final Lean gold = new Lean();

  /** The statistics of some labels; without gold values, agreement with them is unknown. */
  static LabelStatistics of(List<LabelRow> rows, @Nullable Feature goldValues) {
    LabelStatistics statistics = new LabelStatistics();
    for (LabelRow row : rows) {
      statistics.add(row, goldValues);
    }
    return statistics;
  }

  private void add(LabelRow row, @Nullable Feature goldValues) {
    if (row.skipped()) {
      skipped++;
      return;
    }
    labels++;
    cost = cost.add(BigDecimal.valueOf(row.cost()));
    first += row.preference();
    longer.add(
        row,
        WhiteSpaceWords.count(row.first().text()) - WhiteSpaceWords.count(row.second().text()));
    if (goldValues != null) {
      String prompt = row.prompt().text();
      gold.add(
          row,
          goldValues.of(prompt, row.first().text()) - goldValues.of(prompt, row.second().text()));
    }
  }

  int labels() {
    return labels;
  }

  int skipped() {
    return skipped;
  }

  double cost() {
    return cost.doubleValue();
  }

  /** The share that chose the answer shown first; null of no labels. */
  @Nullable Double choseFirst() {
    return labels == 0 ? null : first / labels;
  }

  /** The share that chose the longer answer, where one is longer; null if none is. */
  @Nullable Double choseLonger() {
    return longer.share();
  }

  /** The share that chose the answer of higher gold value, where one is higher. */
  @Nullable Double agreeWithGold() {
    return gold.share();
  }

  /**
   * What one group did.
   *
   * @param votes what they said when they were asked for the first time, and no gold question
   */
  FeedbackSummary.Group of(String group, int people, LabelStatistics votes) {
    return new FeedbackSummary.Group(
        group,
        people,
        labels,
        skipped,
        votes.agreeWithGold(),
        votes.choseFirst(),
        votes.choseLonger(),
        cost());
  }

  /** Labels by group, in the order of the first label of each. */
  static Map<String, List<LabelRow>> byGroup(List<LabelRow> rows) {
    Map<String, List<LabelRow>> groups = new LinkedHashMap<>();
    for (LabelRow row : rows) {
      groups.computeIfAbsent(row.group(), group -> new ArrayList<>()).add(row);
    }
    return groups;
  }

  /** How often the answer with more of something was chosen. */
  private static final class Lean {
    private double more;
    private int compared;

    void add(LabelRow row, double firstHasMore) {
      if (firstHasMore != 0) {
        more += firstHasMore > 0 ? row.preference() : 1 - row.preference();
        compared++;
      }
    }

    @Nullable Double share() {
      return compared == 0 ? null : more / compared;
    }
  }
}
