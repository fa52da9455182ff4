// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.report.RewardModelSummary;

/** The reward models against each other, and how far the probabilities of each can be believed. */
final class RewardsSection {
  /** So many are each said something of. */
  private static final int FEW = 4;

  private RewardsSection() {}

  static @Nullable PageSection of(Page page) {
    List<RewardModelSummary> models = page.comparison().rewards();
    if (models.isEmpty()) {
      return null;
    }
    return new PageSection(
        "rewards",
        "Reward models",
        "Reward models",
        Html.text(lead(models)),
        Html.of(
            "{}{}{}", RewardsTable.of(models), ReliabilityCurves.of(page), RewardParts.of(models)));
  }

  /** What is known of the reward models in a few sentences. */
  private static String lead(List<RewardModelSummary> models) {
    List<String> weak = new ArrayList<>();
    List<String> known = new ArrayList<>();
    for (RewardModelSummary model : models) {
      Interval accuracy = model.accuracy();
      if (accuracy == null) {
        continue;
      }
      String said =
          model.name()
              + " orders "
              + TextFormat.percent(accuracy.value(), 0)
              + TextFormat.THIN
              + "% "
              + TextFormat.range(accuracy, 100, 0);
      (accuracy.above(.5) ? known : weak).add(said);
    }
    List<String> out = new ArrayList<>();
    if (models.size() > FEW) {
      out.add(
          TextFormat.whole(known.size())
              + " of "
              + TextFormat.count(models.size(), "reward model", "reward models")
              + " are shown to order held-out answers better than a coin.");
    } else {
      if (!known.isEmpty()) {
        out.add(TextFormat.some(known) + " of held-out answers as the evaluators did.");
      }
      if (!weak.isEmpty()) {
        out.add(TextFormat.some(weak) + ": not shown to be better than guessing.");
      }
    }
    List<RewardModelSummary> gold =
        models.stream()
            .filter(model -> model.gold() != null)
            .sorted(Comparator.comparingDouble(RewardsSection::regret))
            .toList();
    if (gold.size() > 1 && regret(gold.get(0)) < regret(gold.get(gold.size() - 1))) {
      out.add(
          "Who chooses the best of "
              + answers(gold.get(0))
              + " answers by a reward loses least with "
              + gold.get(0).name()
              + " and most with "
              + gold.get(gold.size() - 1).name()
              + ".");
    }
    return String.join(" ", out);
  }

  private static double regret(RewardModelSummary model) {
    RewardModelSummary.Gold gold = model.gold();
    return gold == null ? Double.POSITIVE_INFINITY : gold.regret().value();
  }

  private static int answers(RewardModelSummary model) {
    RewardModelSummary.Gold gold = model.gold();
    return gold == null ? 0 : gold.answers();
  }
}
