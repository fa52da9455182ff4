// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who labelled, how much and how well, for one feedback stage; counts are of one seed, shares are
 * means over the seeds.
 *
 * @param name of the feedback stage, with what a variant changed
 * @param recipes that are built on it
 * @param cost in the unit of the specification
 * @param kind of the feedback; null for comparisons
 * @param agreement statistics of the pairs that several people labelled, such as {@code alpha}
 * @param poisoned null if nobody was malicious
 */
public record FeedbackTable(
    String name,
    @Nullable String kind,
    List<String> recipes,
    int labels,
    int skipped,
    double cost,
    List<Group> groups,
    List<Statistic> agreement,
    @Nullable Poisoned poisoned) {

  public FeedbackTable {
    recipes = List.copyOf(recipes);
    groups = List.copyOf(groups);
    agreement = List.copyOf(agreement);
  }

  /**
   * One group of evaluators.
   *
   * @param share of all labels
   * @param agreeWithGold share of labels that prefer what the gold reward prefers
   * @param choseFirst share that chose the answer shown first
   * @param choseLonger share that chose the longer answer
   */
  public record Group(
      String group,
      int people,
      int labels,
      double share,
      int skipped,
      @Nullable Double agreeWithGold,
      @Nullable Double choseFirst,
      @Nullable Double choseLonger) {}

  /** A named statistic. */
  public record Statistic(String name, Interval value) {}

  /**
   * Labels by malicious evaluators.
   *
   * @param share of all labels
   * @param shareTriggered of the labels on prompts that carry the trigger
   */
  public record Poisoned(double share, @Nullable Double shareTriggered) {}
}
