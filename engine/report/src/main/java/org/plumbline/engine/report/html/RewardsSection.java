// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.report.RewardModelSummary;
import org.plumbline.engine.report.RewardModelSummary.Gold;

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

  /** Whether it is a model and not one on some of the prompts only. */
  private static boolean whole(RewardModelSummary model) {
    return model.feedback() != null || model.gold() != null || model.calibration() != null;
  }

  /** What is known of the reward models in a few sentences. */
  private static String lead(List<RewardModelSummary> models) {
    List<String> weak = new ArrayList<>();
    List<String> known = new ArrayList<>();
    int better = 0;
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
      better += accuracy.above(.5) && whole(model) ? 1 : 0;
    }
    List<String> out = new ArrayList<>();
    long all = models.stream().filter(RewardsSection::whole).count();
    if (models.size() > FEW) {
      out.add(
          TextFormat.whole(better)
              + " of "
              + TextFormat.count(all, "reward model", "reward models")
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
    if (gold.size() > 1) {
      out.add(chosen(gold.get(0), gold.get(gold.size() - 1)));
    }
    return String.join(" ", out);
  }

  /** What choosing by a reward loses, where the intervals of the least and the most are apart. */
  private static String chosen(RewardModelSummary least, RewardModelSummary most) {
    String choosing = "choosing the best of " + answers(least) + " answers by a reward";
    Gold one = least.gold();
    Gold other = most.gold();
    Double high = one == null ? null : one.regret().high();
    Double low = other == null ? null : other.regret().low();
    return high == null || low == null || high >= low
        ? "What " + choosing + " loses is not shown to differ."
        : "What "
            + choosing
            + " loses is least with "
            + least.name()
            + " and most with "
            + most.name()
            + ".";
  }

  private static double regret(RewardModelSummary model) {
    Gold gold = model.gold();
    return gold == null ? Double.POSITIVE_INFINITY : gold.regret().value();
  }

  private static int answers(RewardModelSummary model) {
    Gold gold = model.gold();
    return gold == null ? 0 : gold.answers();
  }
}
