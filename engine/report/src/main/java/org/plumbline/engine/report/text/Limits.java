package org.plumbline.engine.report.text;

import java.util.ArrayList;
import java.util.List;
import org.plumbline.engine.report.Cell;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.report.Metric;
import org.plumbline.engine.report.Verdict;
import org.plumbline.engine.report.statistics.Paired;

/** What a comparison cannot say, made from its numbers: one sentence or two per limit. */
public final class Limits {

  private Limits() {}

  /** The limits of a comparison, the most important first. */
  public static List<String> of(Comparison comparison) {
    List<String> out = new ArrayList<>();
    if (comparison.decidedBy().equals("gold")) {
      out.add(
          "Gold reward is the declared formula. It sees the declared features and nothing else;"
              + " it does not see whether an answer is true.");
    } else {
      out.add(
          "No values are declared, so there is no gold reward: what looks better here may only"
              + " please the reward model.");
    }
    out.add(tests(comparison));
    out.add(seeds(comparison.seeds().size()));
    String groups = groups(comparison);
    if (!groups.isEmpty()) {
      out.add(groups);
    }
    return out;
  }

  private static String tests(Comparison comparison) {
    int tested = 0;
    int marked = 0;
    for (Metric metric : comparison.metrics()) {
      for (Cell cell : metric.cells()) {
        Interval difference = cell.difference();
        tested += difference != null && difference.low() != null ? 1 : 0;
        marked += cell.verdict() != Verdict.NONE ? 1 : 0;
      }
    }
    return tested
        + " differences were tested against "
        + comparison.reference()
        + " and "
        + marked
        + " carry a mark; about "
        + Math.round(0.05 * tested)
        + " would by chance alone if nothing differed.";
  }

  private static String seeds(int count) {
    if (count == 1) {
      return "One seed: nothing here says how much another seed would differ.";
    }
    String p = Numbers.plain(Paired.smallestP(count), count > 6 ? 4 : 3);
    String wide = count < 6 ? " Intervals are wide on purpose where seeds differ." : "";
    return count
        + " paired seeds: the smallest two-sided p of a sign-flip test over seeds is "
        + p
        + "."
        + wide;
  }

  private static String groups(Comparison comparison) {
    List<String> names = new ArrayList<>();
    for (String winner : Judgement.of(comparison).winners()) {
      Cell worst = comparison.cell("worst_group", winner);
      if (worst != null && !worst.value().above(0.5)) {
        names.add(winner);
      }
    }
    return names.isEmpty()
        ? ""
        : "A mean hides groups: for at least one group of evaluators "
            + Numbers.list(names)
            + (names.size() == 1 ? " is" : " are")
            + " not shown to be better than "
            + comparison.reference()
            + ".";
  }
}
