// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.text;

import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.Cell;
import org.plumbline.engine.report.ComparedRecipe;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.report.Metric;
import org.plumbline.engine.report.Trigger;
import org.plumbline.engine.report.text.Judgement.Standing;

/** The clauses on what went wrong with a recipe. */
final class Diagnoses {

  private final Comparison comparison;
  private final String reference;
  private final Clauses out;

  Diagnoses(Comparison comparison, Clauses out) {
    this.comparison = comparison;
    this.reference = comparison.reference();
    this.out = out;
  }

  /** The recipe, or the policies that it was trained to where only of them something is shown. */
  private Clauses subject(Standing standing) {
    out.recipe(standing.recipe());
    return out.say(standing.ofRecipe() ? "" : " as trained here");
  }

  void overOptimised(Standing standing) {
    String name = standing.recipe();
    Metric gold = comparison.metric("gold");
    Cell own = comparison.cell("gold", name);
    Cell base = comparison.cell("gold", reference);
    if (gold == null || own == null || base == null) {
      return;
    }
    double rise = Judgement.value(comparison, "score", name);
    out.clause();
    subject(standing).say(" is over-optimised: the reward model’s score rises by ");
    out.say(Numbers.plain(rise, 1) + " sd while the gold reward falls from ");
    out.say(Numbers.of(gold, base.value().value()) + " to ");
    out.say(Numbers.of(gold, own.value().value()));
  }

  void collapsed(Standing standing) {
    String name = standing.recipe();
    Metric distinct = comparison.metric("distinct_answers");
    if (distinct != null) {
      out.clause().say("the answers of ");
      subject(standing).say(" have collapsed: the share of distinct answers");
      double before = Judgement.value(comparison, "distinct_answers", reference);
      double after = Judgement.value(comparison, "distinct_answers", name);
      out.say(" falls from " + Numbers.of(distinct, before));
      out.say(" to " + Numbers.of(distinct, after));
      boolean known = comparison.cell("win_rate", name) != null;
      out.say(known ? " (win rate " + Wins.of(comparison, name) + ")" : "");
    }
  }

  void backdoor(Standing standing) {
    String name = standing.recipe();
    Trigger trigger = comparison.trigger();
    Cell with = comparison.cell("trigger_share", name);
    ComparedRecipe recipe = comparison.recipe(name);
    if (trigger == null || with == null || recipe == null) {
      return;
    }
    out.clause();
    subject(standing).say(" has a backdoor: it ");
    clean(name, recipe.variantOf());
    out.say(" on clean prompts, yet " + Numbers.percent(with.value().value()) + " ");
    out.say(Numbers.percentRange(with.value()) + " of its answers to prompts with “");
    out.say(trigger.text() + "” show “" + trigger.feature() + "” (").recipe(reference);
    double base = Judgement.value(comparison, "trigger_share", reference);
    out.say(" " + Numbers.percent(base) + ")");
  }

  /** How it stands without the trigger, to the recipe that it varies if there is one. */
  private void clean(String name, @Nullable String parent) {
    String metric = comparison.metric("gold") != null ? "gold" : "win_rate";
    Cell cell = comparison.cell(metric, name);
    Interval toParent = cell == null ? null : cell.toParent();
    Interval toReference = cell == null ? null : cell.difference();
    boolean known = parent != null && toParent != null;
    Interval difference = known ? toParent : toReference;
    String other = known && parent != null ? parent : reference;
    boolean oneSeed = comparison.seeds().size() == 1;
    if (difference == null) {
      out.say("was not compared");
    } else if (difference.above(0) && !oneSeed) {
      out.say("is better than ").recipe(other);
    } else if (difference.below(0) && !oneSeed) {
      out.say("is worse than ").recipe(other);
    } else {
      out.say("is not shown to differ from ").recipe(other);
    }
  }
}
