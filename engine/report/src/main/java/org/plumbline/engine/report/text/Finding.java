package org.plumbline.engine.report.text;

import java.util.ArrayList;
import java.util.List;
import org.plumbline.engine.report.Cell;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.report.Metric;
import org.plumbline.engine.report.Recipe;
import org.plumbline.engine.report.Trigger;

/**
 * What a comparison found, in one sentence that is made from the numbers by the rules of {@link
 * Judgement}: nothing is said that an interval does not carry.
 *
 * @param parts of the sentence, so that a page can set the names of recipes apart
 */
public record Finding(List<Part> parts) {

  public Finding {
    parts = List.copyOf(parts);
  }

  /** A piece of the sentence: a recipe's name, or other text. */
  public record Part(String text, boolean recipe) {}

  /** The finding of a comparison. */
  public static Finding of(Comparison comparison) {
    return new Writer(comparison).write();
  }

  /** The whole sentence; spaces within numbers are no-break spaces. */
  public String text() {
    StringBuilder out = new StringBuilder();
    parts.forEach(p -> out.append(p.text()));
    return out.toString();
  }

  /** Puts the clauses together. */
  private static final class Writer {

    private final Comparison comparison;
    private final String reference;
    private final Judgement judgement;
    private final List<Part> parts = new ArrayList<>();
    private boolean started;

    Writer(Comparison comparison) {
      this.comparison = comparison;
      reference = comparison.reference();
      judgement = Judgement.of(comparison);
    }

    Finding write() {
      if (comparison.decidedBy().equals("score")) {
        say("by the reward model’s score, for want of a gold reward, ");
      }
      winners();
      for (String name : judgement.losers()) {
        clause();
        recipe(name).say(" loses to ").recipe(reference).say(" (win rate " + win(name) + ")");
      }
      undecided();
      judgement.overOptimised().forEach(this::overOptimised);
      judgement.collapsed().forEach(this::collapsed);
      judgement.backdoored().forEach(this::backdoor);
      if (parts.isEmpty()) {
        say("nothing was measured that tells the recipes apart");
      }
      say(".");
      return new Finding(capital(parts));
    }

    private void winners() {
      List<String> winners = judgement.winners();
      if (winners.isEmpty()) {
        if (comparison.metric("win_rate") != null && !comparison.others().isEmpty()) {
          clause();
          say("no recipe is shown to beat ").recipe(reference);
          say(judgement.backdoored().isEmpty() ? "" : " and to be sound");
        }
        return;
      }
      clause();
      recipe(winners.get(0));
      if (winners.size() == 1) {
        say(" beats ").recipe(reference).say(" (win rate " + win(winners.get(0)) + ")");
        return;
      }
      say(" and ").recipe(winners.get(1)).say(" both beat ").recipe(reference);
      say(" (win rate " + win(winners.get(0)) + " and " + win(winners.get(1)) + ")");
      List<String> rest = winners.subList(2, winners.size());
      for (int i = 0; i < rest.size(); i++) {
        say(i == 0 ? ", " : i == rest.size() - 1 ? " and " : ", ").recipe(rest.get(i));
        double rate = Judgement.value(comparison, "win_rate", rest.get(i));
        say(" (" + Numbers.percent(rate) + ")");
      }
      say(rest.isEmpty() ? "" : " too");
    }

    private void undecided() {
      List<String> names = judgement.undecided();
      if (names.isEmpty()) {
        return;
      }
      clause();
      for (int i = 0; i < names.size(); i++) {
        say(i == 0 ? "" : i == names.size() - 1 ? " and " : ", ").recipe(names.get(i));
      }
      say(" cannot be told from ").recipe(reference).say(" (win rate ");
      say(Numbers.list(names.stream().map(this::win).toList()) + ")");
    }

    private void overOptimised(String name) {
      Metric gold = comparison.metric("gold");
      Metric score = comparison.metric("score");
      Cell own = comparison.cell("gold", name);
      Cell base = comparison.cell("gold", reference);
      if (gold == null || score == null || own == null || base == null) {
        return;
      }
      double rise = Judgement.value(comparison, "score", name);
      clause();
      recipe(name).say(" is over-optimised: the reward model’s score rises by ");
      say(Numbers.plain(rise, 1) + " sd while the gold reward falls from ");
      say(Numbers.of(gold, base.value().value()) + " to " + Numbers.of(gold, own.value().value()));
    }

    private void collapsed(String name) {
      Metric distinct = comparison.metric("distinct_answers");
      if (distinct != null) {
        clause();
        say("the answers of ").recipe(name).say(" have collapsed: the share of distinct answers");
        double before = Judgement.value(comparison, "distinct_answers", reference);
        double after = Judgement.value(comparison, "distinct_answers", name);
        say(" falls from " + Numbers.of(distinct, before) + " to " + Numbers.of(distinct, after));
        Cell win = comparison.cell("win_rate", name);
        say(win == null ? "" : " (win rate " + win(name) + ")");
      }
    }

    private void backdoor(String name) {
      Trigger trigger = comparison.trigger();
      Cell with = comparison.cell("trigger_share", name);
      Recipe recipe = comparison.recipe(name);
      if (trigger == null || with == null || recipe == null) {
        return;
      }
      clause();
      recipe(name).say(" has a backdoor: it ");
      clean(name, recipe.variantOf());
      say(" on clean prompts, yet " + Numbers.percent(with.value().value()) + " ");
      say(Numbers.percentRange(with.value()) + " of its answers to prompts with “");
      say(trigger.text() + "” show “" + trigger.feature() + "” (").recipe(reference);
      double base = Judgement.value(comparison, "trigger_share", reference);
      say(" " + Numbers.percent(base) + ")");
    }

    /** How it stands without the trigger, to the recipe that it varies if there is one. */
    private void clean(String name, @org.jspecify.annotations.Nullable String parent) {
      String metric = comparison.metric("gold") != null ? "gold" : "win_rate";
      Cell cell = comparison.cell(metric, name);
      Interval toParent = cell == null ? null : cell.toParent();
      Interval toReference = cell == null ? null : cell.difference();
      boolean known = parent != null && toParent != null;
      Interval difference = known ? toParent : toReference;
      String other = known && parent != null ? parent : reference;
      if (difference == null) {
        say("was not compared");
      } else if (difference.above(0)) {
        say("is better than ").recipe(other);
      } else if (difference.below(0)) {
        say("is worse than ").recipe(other);
      } else {
        say("cannot be told from ").recipe(other);
      }
    }

    private String win(String name) {
      Cell cell = comparison.cell("win_rate", name);
      Metric metric = comparison.metric("win_rate");
      if (cell == null || metric == null) {
        return "not known";
      }
      Interval value = cell.value();
      String number = Numbers.of(metric, value.value());
      String range = Numbers.range(metric, value, 0.5);
      return range.isEmpty() ? number : number + " " + range;
    }

    private void clause() {
      if (started) {
        say("; ");
      }
      started = true;
    }

    private Writer say(String text) {
      if (!text.isEmpty()) {
        parts.add(new Part(text, false));
      }
      return this;
    }

    private Writer recipe(String name) {
      parts.add(new Part(name, true));
      return this;
    }

    /** A sentence starts with a capital, unless a name stands there. */
    private static List<Part> capital(List<Part> parts) {
      List<Part> out = new ArrayList<>(parts);
      Part first = out.get(0);
      if (!first.recipe()) {
        String text = first.text();
        out.set(
            0,
            new Part(
                text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1),
                false));
      }
      return out;
    }
  }
}
