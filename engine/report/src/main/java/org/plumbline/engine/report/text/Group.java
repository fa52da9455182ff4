// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.text;

import java.util.List;
import java.util.function.Function;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.Metric;

/**
 * Recipes of which a clause says the same: named one by one if they are few; else counted, with
 * those named that stand out.
 *
 * @param comparison that they are part of
 * @param names the one that stands out most first
 */
record Group(Comparison comparison, List<String> names) {

  /** So many are named one by one in a comparison of few recipes. */
  private static final int LISTED = 6;

  /** So many recipes are few. */
  private static final int FEW = 10;

  /** So many are named one by one of many, and of those that are counted. */
  private static final int NAMED = 3;

  Group {
    names = List.copyOf(names);
  }

  int size() {
    return names.size();
  }

  boolean isEmpty() {
    return names.isEmpty();
  }

  boolean counted() {
    return names.size() > (comparison.recipes().size() <= FEW ? LISTED : NAMED);
  }

  /** {@code 12 of 39 recipes}: of all but the reference. */
  String count() {
    return names.size() + " of " + comparison.others().size() + " recipes";
  }

  /** Says who they are: their names, or how many. */
  void say(Clauses out) {
    if (counted()) {
      out.say(count());
    } else {
      out.recipes(names);
    }
  }

  /** Their win rates, {@code how} written; of many the lowest and the highest. */
  String rates(Function<String, String> how) {
    if (!counted()) {
      return Numbers.list(names.stream().map(how).toList());
    }
    double[] rates =
        names.stream()
            .mapToDouble(name -> Judgement.value(comparison, "win_rate", name))
            .sorted()
            .toArray();
    String low = percent(rates[0]);
    String high = percent(rates[rates.length - 1]);
    return low.equals(high) ? low : low + " to " + high;
  }

  /** {@code , the three best ppo (71 %), dpo (70 %) and kto (68 %)}. */
  void foremost(Clauses out, String quality) {
    out.say(", the three " + quality + " ");
    for (int i = 0; i < NAMED; i++) {
      String name = names.get(i);
      out.say(i == 0 ? "" : i == NAMED - 1 ? " and " : ", ").recipe(name);
      out.say(" (" + percent(Judgement.value(comparison, "win_rate", name)) + ")");
    }
  }

  private String percent(double rate) {
    Metric metric = comparison.metric("win_rate");
    return metric == null ? Numbers.percent(rate) : Numbers.of(metric, rate);
  }
}
