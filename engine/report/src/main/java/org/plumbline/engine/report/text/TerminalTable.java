// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.AttackSummary;
import org.plumbline.engine.report.Cell;
import org.plumbline.engine.report.ComparedRecipe;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.report.Metric;
import org.plumbline.engine.report.RewardModelSummary;
import org.plumbline.engine.report.Trigger;
import org.plumbline.engine.report.Verdict;

/**
 * The comparison for a terminal: a table of at most 80 columns, how to read it, and the sentence of
 * {@link Finding}.
 */
public final class TerminalTable {

  private static final int WIDTH = 80;
  private static final int TEXT_WIDTH = 78;

  /** Of how many reward models it tells. */
  private static final int REWARDS = 5;

  private final Comparison comparison;
  private final Signs signs;

  private TerminalTable(Comparison comparison, Signs signs) {
    this.comparison = comparison;
    this.signs = signs;
  }

  /** The text, with a line feed at the end of each line. */
  public static String render(Comparison comparison, Signs signs) {
    return new TerminalTable(comparison, signs).text();
  }

  /** A column: two lines of head, and a cell per recipe. */
  private record Column(String first, String second, List<String> cells) {

    int width() {
      int width = Math.max(length(first), length(second));
      for (String cell : cells) {
        width = Math.max(width, length(cell));
      }
      return width;
    }
  }

  private String text() {
    List<Column> columns = new ArrayList<>();
    winRate(columns);
    add(columns, "gold", "gold", "reward");
    add(columns, "score", "score", "");
    add(columns, "kl", "KL", "");
    Trigger trigger = comparison.trigger();
    if (trigger != null) {
      add(columns, "trigger_share", trigger.feature(), "at “" + trigger.text() + "”");
    } else {
      add(columns, "distinct_2", "distinct", "bigrams");
    }
    attacked(columns);
    add(columns, "words", "words", "");
    add(columns, "labels", "labels", "");
    add(columns, "time", "time", "min");
    StringBuilder out = new StringBuilder();
    table(out, columns);
    out.append('\n');
    wrap(out, legend());
    List<RewardModelSummary> rewards =
        comparison.rewards().stream().filter(model -> model.accuracy() != null).toList();
    int told = rewards.size() <= REWARDS + 1 ? rewards.size() : REWARDS;
    rewards.subList(0, told).forEach(model -> wrap(out, accuracy(model)));
    if (told < rewards.size()) {
      wrap(out, (rewards.size() - told) + " other reward models are in the report.");
    }
    for (String warning : Warnings.of(comparison)) {
      wrap(out, warning);
    }
    out.append('\n');
    wrap(out, Finding.of(comparison).text());
    return out.toString();
  }

  /** Of several attacks, the one that writes the strongest texts against some recipe. */
  private void attacked(List<Column> columns) {
    comparison.attacks().stream()
        .filter(AttackSummary::writes)
        .max(Comparator.comparingDouble(attack -> attack.transfer().value()))
        .ifPresent(
            most -> add(columns, "attack_transfer_" + most.attack(), "attack", most.attack()));
  }

  private void table(StringBuilder out, List<Column> columns) {
    List<Column> shown = new ArrayList<>();
    for (Column column : columns) {
      shown.add(
          new Column(
              signs.of(column.first),
              signs.of(column.second),
              column.cells.stream().map(signs::of).toList()));
    }
    // What does not fit beside a name of 14 letters is left out, the least important first.
    for (String less : List.of("words", "time", "labels", "score")) {
      if (14 + total(shown) > WIDTH) {
        shown.removeIf(c -> c.first.equals(less));
      }
    }
    int longest = comparison.recipes().stream().mapToInt(r -> length(r.name())).max().orElse(0);
    int names = Math.min(longest, Math.max(8, WIDTH - total(shown)));
    line(out, "", names, shown.stream().map(Column::first).toList(), shown);
    line(out, "", names, shown.stream().map(Column::second).toList(), shown);
    for (int i = 0; i < comparison.recipes().size(); i++) {
      int row = i;
      List<String> cells = shown.stream().map(c -> c.cells.get(row)).toList();
      line(out, cut(comparison.recipes().get(i).name(), names), names, cells, shown);
    }
  }

  private static int total(List<Column> columns) {
    return columns.stream().mapToInt(c -> 2 + c.width()).sum();
  }

  private static void line(
      StringBuilder out, String name, int names, List<String> cells, List<Column> columns) {
    StringBuilder line = new StringBuilder(name).append(" ".repeat(names - length(name)));
    for (int i = 0; i < cells.size(); i++) {
      boolean left = i == 0 && columns.get(i).first.equals("win rate");
      String gap = " ".repeat(columns.get(i).width() - length(cells.get(i)));
      line.append("  ").append(left ? cells.get(i) + gap : gap + cells.get(i));
    }
    out.append(line.toString().stripTrailing()).append('\n');
  }

  private void winRate(List<Column> columns) {
    Metric metric = comparison.metric("win_rate");
    if (metric == null) {
      return;
    }
    List<String> cells = new ArrayList<>();
    for (ComparedRecipe recipe : comparison.recipes()) {
      Cell cell = metric.cell(recipe.name());
      if (recipe.name().equals(comparison.reference()) || cell == null) {
        cells.add(cell == null ? "–" : "reference");
        continue;
      }
      String number = pad(Numbers.of(metric, cell.value().value()), 4);
      String range = Numbers.range(metric, cell.value(), 0.5);
      cells.add(number + " " + range + mark(cell));
    }
    columns.add(new Column("win rate", "vs " + comparison.reference(), cells));
  }

  private void add(List<Column> columns, String id, String first, String second) {
    Metric metric = comparison.metric(id);
    if (metric == null) {
      return;
    }
    List<String> cells = new ArrayList<>();
    boolean marked = metric.cells().stream().anyMatch(c -> !mark(c).isEmpty());
    int decimals = metric.unit().equals("%") ? 0 : metric.decimals();
    for (ComparedRecipe recipe : comparison.recipes()) {
      cells.add(value(metric, metric.cell(recipe.name()), decimals, marked));
    }
    columns.add(new Column(first, second, cells));
  }

  private static String value(Metric metric, @Nullable Cell cell, int decimals, boolean marked) {
    if (cell == null) {
      return marked ? "– " : "–";
    }
    String number = Numbers.plain(cell.value().value() * metric.factor(), decimals);
    String unit = metric.unit().equals("%") ? " %" : "";
    String sign = mark(cell);
    return (cell.bound() ? "≤ " : "") + number + unit + (marked && sign.isEmpty() ? " " : sign);
  }

  private static String mark(Cell cell) {
    if (cell.verdict() == Verdict.BETTER) {
      return "+";
    }
    return cell.verdict() == Verdict.WORSE ? "-" : "";
  }

  private String legend() {
    int seeds = comparison.seeds().size();
    String count = seeds + (seeds == 1 ? " seed × " : " seeds × ") + comparison.prompts();
    String reference = comparison.reference();
    String marks =
        seeds == 1
            ? "No marks: one seed shows nothing about others; intervals are about new prompts. "
            : "+ better, - worse than "
                + reference
                + " with new seeds and prompts: paired, 95 % sure, corrected for the number of"
                + " recipes. ";
    return marks
        + count
        + " prompts."
        + (comparison.metric("score") == null ? "" : " Score in sd of " + reference + ".")
        + (comparison.metric("kl") == null ? "" : " KL in nats.")
        + perSeed();
  }

  private String perSeed() {
    List<String> shown = new ArrayList<>();
    for (String id : List.of("labels", "time")) {
      if (comparison.metric(id) != null) {
        shown.add(id);
      }
    }
    String what = Numbers.list(shown);
    return what.isEmpty()
        ? ""
        : " " + what.substring(0, 1).toUpperCase(Locale.ROOT) + what.substring(1) + " per seed.";
  }

  private static String accuracy(RewardModelSummary model) {
    Interval accuracy = Objects.requireNonNull(model.accuracy());
    return "Reward model "
        + model.name()
        + " is right on "
        + Numbers.percent(accuracy.value())
        + " "
        + Numbers.percentRange(accuracy)
        + " of "
        + Numbers.plain(model.n(), 0)
        + " held-out "
        + model.unit()
        + (model.attainable() == null
            ? "."
            : ", where " + Numbers.percent(model.attainable()) + " is the most to expect.");
  }

  /** Breaks at spaces; no-break spaces become spaces afterwards. */
  private void wrap(StringBuilder out, String text) {
    int used = 0;
    for (String word : text.split(" ")) {
      String shown = signs.of(word);
      if (used > 0 && used + 1 + length(shown) > TEXT_WIDTH) {
        out.append('\n');
        used = 0;
      }
      out.append(used > 0 ? " " : "").append(shown);
      used += (used > 0 ? 1 : 0) + length(shown);
    }
    out.append('\n');
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String pad(String text, int width) {
    return " ".repeat(Math.max(0, width - length(text))) + text;
  }

  /** A long name keeps its start and its end, which is where variants differ. */
  private String cut(String name, int width) {
    if (length(name) <= width) {
      return name;
    }
    int head = (width - 1) / 2;
    int tail = length(name) - (width - 1 - head);
    return name.substring(0, name.offsetByCodePoints(0, head))
        + (signs == Signs.UNICODE ? "…" : "~")
        + name.substring(name.offsetByCodePoints(0, tail));
  }
}
