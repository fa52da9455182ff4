// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.spec.bind.Suggest;
import org.plumbline.engine.plan.Decisions;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.session.planned.MemoryNeeds;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.Speech.Loudness;
import org.plumbline.workflows.cli.progress.Times;

/** A plan as a table: a row for each name, with what its nodes cost. */
public final class PlanTable {

  private static final int WHY_WIDTH = 44;

  /** The least width that a reason is put beside the table in. */
  private static final int NARROWEST = 20;

  private static final int SEEDS = 2;
  private static final int TAKES = 4;

  /** The column of the reasons. */
  private static final int LAST = 6;

  private final Console console;
  private final Decisions decisions;
  private final PlanEstimate.@Nullable Times times;
  private final LabelDemand demand;

  public PlanTable(Console console, Decisions decisions, PlanEstimate.@Nullable Times times) {
    this.console = console;
    this.decisions = decisions;
    this.times = times;
    this.demand = new LabelDemand(decisions.choices());
  }

  /**
   * Shows it.
   *
   * @param last the run that it is compared with, if any
   * @param file where that run came from another file of the same experiment: which; else empty
   */
  public void show(String experiment, @Nullable RunRecord last, String file) {
    String compared = last == null ? "" : "   compared with run " + last.id() + file;
    int count = decisions.choices().size();
    console.result(experiment + "   " + Phrase.count(count, "node") + compared);
    console.result("");
    List<Decisions.Row> rows = decisions.rows();
    Map<String, List<Decisions.Choice>> byName = new LinkedHashMap<>();
    for (Decisions.Choice choice : decisions.choices()) {
      byName.computeIfAbsent(choice.node().name(), name -> new ArrayList<>()).add(choice);
    }
    List<String[]> cells = new ArrayList<>();
    cells.add(new String[] {"node", "op", "seeds", "action", "takes", "cost", "why"});
    for (Decisions.Row row : rows) {
      PlanEstimate cost =
          PlanEstimate.of(byName.getOrDefault(row.name(), List.of()), demand, times);
      String seeds = String.valueOf(row.reused() + row.run());
      String action = row.action().equals("both") ? row.run() + " run" : row.action();
      cells.add(
          new String[] {
            row.name(), row.operation(), seeds, action, time(cost), cost.work(), why(row)
          });
    }
    table(cells).forEach(console::result);
    console.result("");
    summarise(last);
  }

  private static String time(PlanEstimate cost) {
    Double seconds = cost.seconds();
    return seconds == null ? (cost.nodes() == 0 ? "" : "?") : Times.minutes(seconds);
  }

  /** On a terminal all of it, over several lines if need be; else cut unless more is asked for. */
  private String why(Decisions.Row row) {
    String why = row.why();
    boolean whole =
        why.length() <= WHY_WIDTH
            || console.terminal().stdout()
            || console.words().loudness() == Loudness.VERBOSE;
    return whole ? why : why.substring(0, WHY_WIDTH - 1) + "…";
  }

  private List<String> table(List<String[]> rows) {
    int[] widths = console.terminal().stdout() ? new int[LAST] : new int[] {4, 2, 5, 7, 6, 12};
    for (String[] row : rows) {
      for (int i = 0; i < LAST; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    int why = 2 * (1 + LAST) + Arrays.stream(widths).sum();
    // Where little room is left beside the table, reasons stand below what they are about.
    boolean below = console.width() - why < NARROWEST;
    List<String> lines = new ArrayList<>();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < LAST; i++) {
        boolean number = i == SEEDS || i == TAKES;
        line.append("  ")
            .append(number ? Phrase.right(row[i], widths[i]) : Phrase.left(row[i], widths[i]));
      }
      if (!below) {
        lines.add(Phrase.fit((line + "  " + row[LAST]).stripTrailing(), console.width(), why));
      } else {
        lines.add(Phrase.fit(line.toString().stripTrailing(), console.width(), 6));
        lines.add(Phrase.fit("      " + row[LAST], console.width(), 6));
      }
    }
    return lines;
  }

  private void summarise(@Nullable RunRecord last) {
    PlanEstimate all = PlanEstimate.of(decisions.choices(), demand, times);
    StringBuilder line = new StringBuilder("Plan: ");
    line.append(decisions.reused()).append(" reused, ");
    line.append(decisions.running()).append(" to run");
    if (!all.work().isEmpty()) {
      line.append(": ").append(all.work());
    }
    line.append('.');
    Double seconds = all.seconds();
    if (seconds != null && last != null) {
      line.append("   ").append(all.timed() == all.nodes() ? "They" : all.timed() + " of them");
      line.append(" would take about ")
          .append(Times.minutes(seconds))
          .append(", by run ")
          .append(last.id());
      line.append(" (times of single nodes, added up).");
    }
    console.result(Phrase.fit(line.toString(), console.width(), 2));
  }

  /** How much the recipes of a plan have in common. */
  public void sharing(Plan plan) {
    Collection<Plan.Solo> alone = plan.soloNodes().values();
    if (alone.size() > 1) {
      long nodes = alone.stream().mapToInt(Plan.Solo::nodes).sum();
      long steps = alone.stream().mapToLong(Plan.Solo::steps).sum();
      String line =
          "Alone, the %d recipes would need %d nodes and %d training steps; together %d and %d."
              .formatted(alone.size(), nodes, steps, plan.nodes().size(), plan.steps());
      console.result(Phrase.fit(line, console.width(), 2));
    }
    for (List<String> same : same(plan)) {
      List<String> others = same.subList(1, same.size());
      String line =
          Suggest.list(others) + (others.size() == 1 ? " is" : " are") + " `" + same.get(0) + "`.";
      console.result(Phrase.fit(line, console.width(), 2));
    }
  }

  /** Recipes that are computed by the same nodes, in groups of two and more. */
  private static Collection<List<String>> same(Plan plan) {
    Map<String, Set<String>> nodes = new LinkedHashMap<>();
    for (PlanNode node : plan.nodes()) {
      for (String recipe : node.recipes()) {
        nodes.computeIfAbsent(recipe, unseen -> new LinkedHashSet<>()).add(node.id());
      }
    }
    Map<Set<String>, List<String>> groups = new LinkedHashMap<>();
    nodes.forEach(
        (recipe, ids) -> groups.computeIfAbsent(ids, unseen -> new ArrayList<>()).add(recipe));
    groups.values().removeIf(group -> group.size() < 2);
    return groups.values();
  }

  /** The plan for programs. */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> plain(
      Decisions decisions, PlanEstimate.@Nullable Times times, MemoryNeeds needs) {
    LabelDemand demand = new LabelDemand(decisions.choices());
    List<Object> nodes = new ArrayList<>();
    List<Object> plain = (List<Object>) decisions.toPlain().getOrDefault("nodes", List.of());
    for (int i = 0; i < plain.size(); i++) {
      Decisions.Choice choice = decisions.choices().get(i);
      Map<String, Object> node = new LinkedHashMap<>((Map<String, Object>) plain.get(i));
      node.put("labels", demand.of(choice.node()));
      node.put("steps", choice.node().steps());
      node.put("tries", PlanEstimate.tries(choice.node()));
      node.put("memory", needs.of(choice.node()).orElse(null));
      node.put("secondsBefore", times == null ? null : times.of(choice.node()));
      nodes.add(node);
    }
    PlanEstimate all = PlanEstimate.of(decisions.choices(), demand, times);
    Map<String, Object> cost = new LinkedHashMap<>();
    cost.put("nodes", all.nodes());
    cost.put("labels", all.labels());
    cost.put("steps", all.steps());
    cost.put("tries", all.tries());
    cost.put("secondsBefore", all.seconds());
    cost.put("nodesTimed", all.timed());
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("nodes", nodes);
    document.put("toRun", cost);
    return document;
  }
}
