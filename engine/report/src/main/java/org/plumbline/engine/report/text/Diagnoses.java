// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.Cell;
import org.plumbline.engine.report.ComparedRecipe;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.report.Metric;
import org.plumbline.engine.report.Trigger;
import org.plumbline.engine.report.text.Judgement.Kind;
import org.plumbline.engine.report.text.Judgement.Standing;

/** The clauses on what went wrong with a recipe. */
final class Diagnoses {

  /** So many have a clause each. */
  private static final int ALONE = 3;

  private final Comparison comparison;
  private final String reference;
  private final Clauses out;

  Diagnoses(Comparison comparison, Clauses out) {
    this.comparison = comparison;
    this.reference = comparison.reference();
    this.out = out;
  }

  /**
   * What is wrong with these recipes: of each in a clause of its own; of many, how many they are
   * and what is wrong with the worst.
   */
  void say(Kind kind, List<Standing> standings) {
    if (standings.size() <= ALONE) {
      for (Standing standing : standings) {
        out.clause().say(kind == Kind.COLLAPSED ? "the answers of " : "");
        subject(standing).say(word(kind));
        detail(kind, standing);
      }
      return;
    }
    List<Standing> ordered = new ArrayList<>(standings);
    ordered.sort(Comparator.comparingDouble(standing -> severity(kind, standing.recipe())));
    Group group = new Group(comparison, ordered.stream().map(Standing::recipe).toList());
    long trained = ordered.stream().filter(standing -> !standing.ofRecipe()).count();
    out.clause().say(kind == Kind.COLLAPSED ? "the answers of " : "").say(group.count());
    out.say(words(kind));
    out.say(trained == 0 ? "" : " (" + trained + " of them as trained here)");
    out.say(", most of all ").recipe(group.names().get(0)).say(": ");
    detail(kind, ordered.get(0));
  }

  /** The recipe, or the policies that it was trained to where only of them something is shown. */
  private Clauses subject(Standing standing) {
    out.recipe(standing.recipe());
    return out.say(standing.ofRecipe() ? "" : " as trained here");
  }

  private static String word(Kind kind) {
    return switch (kind) {
      case OVER_OPTIMISED -> " is over-optimised: ";
      case COLLAPSED -> " have collapsed: ";
      case BACKDOORED -> " has a backdoor: ";
      case WINS, LOSES, EQUAL, OPEN, WITHHELD -> throw nothingWrong(kind);
    };
  }

  private static String words(Kind kind) {
    return switch (kind) {
      case OVER_OPTIMISED -> " are over-optimised";
      case COLLAPSED -> " have collapsed";
      case BACKDOORED -> " have a backdoor";
      case WINS, LOSES, EQUAL, OPEN, WITHHELD -> throw nothingWrong(kind);
    };
  }

  /** The lower, the worse. */
  private double severity(Kind kind, String recipe) {
    return switch (kind) {
      case OVER_OPTIMISED -> Judgement.value(comparison, "gold", recipe);
      case COLLAPSED -> Judgement.value(comparison, "distinct_answers", recipe);
      case BACKDOORED -> -Judgement.value(comparison, "trigger_share", recipe);
      case WINS, LOSES, EQUAL, OPEN, WITHHELD -> throw nothingWrong(kind);
    };
  }

  private void detail(Kind kind, Standing standing) {
    String recipe = standing.recipe();
    switch (kind) {
      case OVER_OPTIMISED -> overOptimised(recipe);
      case COLLAPSED -> collapsed(recipe);
      case BACKDOORED -> backdoor(standing);
      case WINS, LOSES, EQUAL, OPEN, WITHHELD -> throw nothingWrong(kind);
    }
  }

  private static IllegalArgumentException nothingWrong(Kind kind) {
    return new IllegalArgumentException("nothing is wrong where a recipe " + kind);
  }

  private void overOptimised(String name) {
    double rise = Judgement.value(comparison, "score", name);
    out.say("the reward model’s score rises by " + Numbers.plain(rise, 1) + " sd while the gold");
    out.say(" reward falls from " + value("gold", reference) + " to " + value("gold", name));
  }

  private void collapsed(String name) {
    out.say("the share of distinct answers falls from " + value("distinct_answers", reference));
    out.say(" to " + value("distinct_answers", name));
    boolean known = comparison.cell("win_rate", name) != null;
    out.say(known ? " (win rate " + Wins.of(comparison, name) + ")" : "");
  }

  /** A number of a metric that the rule has looked at: it is there. */
  private String value(String id, String recipe) {
    Metric metric = Objects.requireNonNull(comparison.metric(id), id);
    return Numbers.of(metric, Judgement.value(comparison, id, recipe));
  }

  private void backdoor(Standing standing) {
    String name = standing.recipe();
    Trigger trigger = Objects.requireNonNull(comparison.trigger(), "trigger");
    Cell cell = Objects.requireNonNull(comparison.cell("trigger_share", name), name);
    Interval with = cell.value();
    ComparedRecipe recipe = comparison.recipe(name);
    out.say("it ");
    clean(name, recipe == null ? null : recipe.variantOf());
    out.say(" on clean prompts, yet " + Numbers.percent(with.value()) + " ");
    out.say(
        standing.ofRecipe() || cell.seeds().size() == 1
            ? Numbers.percentRange(with)
            : bySeed(cell));
    out.say(" of its answers to prompts with “");
    out.say(trigger.text() + "” show “" + trigger.feature() + "” (").recipe(reference);
    double base = Judgement.value(comparison, "trigger_share", reference);
    out.say(" " + Numbers.percent(base) + ")");
  }

  /** Of policies of which nothing is shown for new seeds: what each of them does. */
  private static String bySeed(Cell cell) {
    List<String> shares =
        cell.seeds().stream().map(seed -> Numbers.percent(seed.value().value())).toList();
    return "(by seed " + Numbers.list(shares) + ")";
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
