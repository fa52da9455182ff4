// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.text;

import java.util.ArrayList;
import java.util.List;
import org.plumbline.engine.report.Cell;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.Metric;
import org.plumbline.engine.report.Verdict;
import org.plumbline.engine.statistics.Paired;

/** What a comparison cannot say, made from its numbers: one sentence or two per limit. */
public final class Limits {

  private Limits() {}

  /** The limits of a comparison, the most important first. */
  public static List<String> of(Comparison comparison) {
    List<String> out = new ArrayList<>();
    if (comparison.decidedBy().equals("judge")) {
      out.add(
          "Who wins is what the judge says: its biases and mistakes are in it, and no recipe is"
              + " compared with another than the reference.");
    } else if (comparison.decidedBy().equals("none")) {
      out.add("Nothing was asked that decides who wins.");
    } else if (comparison.decidedBy().equals("gold")) {
      out.add(
          "Gold reward is the declared formula. It sees the declared features and nothing else;"
              + " it does not see whether an answer is true.");
    } else {
      out.add(
          "No values are declared, so there is no gold reward: what looks better here may only"
              + " please the reward model.");
    }
    out.add(independence(comparison));
    out.add(tests(comparison));
    out.add(repeats(comparison));
    out.add(seeds(comparison));
    out.add(RareShares.limit(comparison));
    out.add(margin(comparison));
    out.add(groups(comparison));
    out.removeIf(String::isEmpty);
    return out;
  }

  private static String repeats(Comparison comparison) {
    int distinct = comparison.distinct();
    return distinct == 0 || distinct == comparison.prompts()
        ? ""
        : "Only "
            + distinct
            + " of the "
            + comparison.prompts()
            + " prompts differ. Intervals and tests take answers to the same prompt for independent,"
            + " so they are narrower than they should be.";
  }

  private static String tests(Comparison comparison) {
    int families = 0;
    int tested = 0;
    int marked = 0;
    for (Metric metric : comparison.metrics()) {
      int before = tested;
      for (Cell cell : metric.cells()) {
        tested += cell.tests() == null ? 0 : 1;
        marked += cell.verdict() != Verdict.NONE ? 1 : 0;
      }
      families += tested > before ? 1 : 0;
    }
    return tested
        + (tested == 1 ? " difference to " : " differences to ")
        + comparison.reference()
        + (tested == 1 ? " was tested in " : " were tested in ")
        + families
        + (families == 1 ? " metric" : " metrics")
        + (comparison.seeds().size() == 1 ? ONE_SEED : marks(marked));
  }

  private static final String ONE_SEED =
      ", each for the policies that were trained, on new prompts.";

  private static String marks(int marked) {
    return ", "
        + marked
        + " of them with a mark. Marks are corrected for the number of recipes within a metric (Holm), not"
        + " for the number of metrics: up to 5"
        + Numbers.NO_BREAK
        + "% of metrics in which nothing differs carry a mark by chance.";
  }

  private static String seeds(Comparison comparison) {
    int count = comparison.seeds().size();
    if (count == 1) {
      return "One seed: all intervals are about the policies that were trained, on new prompts."
          + " Nothing here says how much policies of another seed would differ, so no recipe has a"
          + " mark.";
    }
    String p = Numbers.plain(Paired.smallestP(count), count > 6 ? 4 : 3);
    String wide =
        count < 5
            ? " With so few seeds an interval that holds whatever the seeds differ by is wide even"
                + " where they agree."
            : "";
    return count
        + " paired seeds: marks and intervals are about the recipes, that is about policies of new"
        + " seeds on new prompts. They rest on the differences of seeds being normally distributed"
        + " (Student’s t): a sign-flip test over "
        + count
        + " seeds, which does not, cannot give a p below "
        + p
        + "."
        + wide;
  }

  private static String margin(Comparison comparison) {
    Metric win = comparison.metric("win_rate");
    for (Cell cell : win == null ? List.<Cell>of() : win.cells()) {
      Cell.Tests tests = cell.tests();
      Double margin = tests == null ? null : tests.margin();
      if (margin != null) {
        return "Not shown to differ is not equal: equal means a win rate within "
            + Numbers.points(margin)
            + " of 50"
            + " %, shown by two one-sided tests (compare.margin).";
      }
    }
    return "";
  }

  /** What a comparison by a reward model that is not independent would need. */
  private static String independence(Comparison comparison) {
    boolean withheld =
        comparison.metrics().stream()
            .flatMap(m -> m.cells().stream())
            .map(Cell::tests)
            .anyMatch(t -> t != null && t.withheld() != null);
    return withheld
        ? "A reward model cannot judge policies that were trained by it, by its labels, prompts or"
            + " trunk. Needed are declared values (`compare.values`), or a second one that shares"
            + " none of them. With comparisons in "
            + SecondJudge.FILE
            + " that nothing else is trained by, these lines make it and let it judge: "
            + SecondJudge.text()
            + "."
        : "";
  }

  private static String groups(Comparison comparison) {
    List<String> names = new ArrayList<>();
    for (String winner : Judgement.of(comparison).of(comparison, Judgement.Kind.WINS, true)) {
      Cell worst = comparison.cell("worst_group", winner);
      if (worst != null && !worst.value().above(0.5)) {
        names.add(winner);
      }
    }
    return names.isEmpty()
        ? ""
        : "A mean hides groups: for at least one group of evaluators "
            + Numbers.some(names)
            + (names.size() == 1 ? " is" : " are")
            + " not shown to be better than "
            + comparison.reference()
            + ".";
  }
}
