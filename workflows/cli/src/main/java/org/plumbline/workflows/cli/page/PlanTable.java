// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.page;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.plan.Decisions;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.session.planned.MemoryNeeds;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.Speech.Loudness;
import org.plumbline.workflows.cli.progress.Times;

/** A plan as a table: a row for each name, with what its nodes cost. */
public final class PlanTable {

  private static final int WHY_WIDTH = 44;

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

  public void show(String experiment, @Nullable RunRecord last) {
    String compared = last == null ? "" : "   compared with run " + last.id();
    int count = decisions.choices().size();
    console.result(experiment + "   " + Phrase.count(count, "node") + compared);
    console.result("");
    List<Decisions.Row> rows = decisions.rows();
    Map<String, List<Decisions.Choice>> byName = new LinkedHashMap<>();
    for (Decisions.Choice choice : decisions.choices()) {
      byName.computeIfAbsent(choice.node().name(), name -> new ArrayList<>()).add(choice);
    }
    int names = rows.stream().mapToInt(r -> r.name().length()).max().orElse(4);
    int operations = rows.stream().mapToInt(r -> r.operation().length()).max().orElse(2);
    Columns columns = new Columns(Math.max(4, names), Math.max(2, operations));
    console.result(columns.row("node", "op", "seeds", "action", "takes", "cost", "why"));
    for (Decisions.Row row : rows) {
      PlanEstimate cost =
          PlanEstimate.of(byName.getOrDefault(row.name(), List.of()), demand, times);
      String seeds = String.valueOf(row.reused() + row.run());
      String action = row.action().equals("both") ? row.run() + " run" : row.action();
      console.result(
          columns.row(
              row.name(), row.operation(), seeds, action, time(cost), cost.work(), why(row)));
    }
    console.result("");
    summarise(last);
  }

  private static String time(PlanEstimate cost) {
    Double seconds = cost.seconds();
    return seconds == null ? (cost.nodes() == 0 ? "" : "?") : Times.minutes(seconds);
  }

  private String why(Decisions.Row row) {
    String why = row.why();
    boolean whole = why.length() <= WHY_WIDTH || console.words().loudness() == Loudness.VERBOSE;
    return whole ? why : why.substring(0, WHY_WIDTH - 1) + "…";
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
    console.result(line.toString());
  }

  /** How much the recipes of a plan have in common. */
  public void sharing(Plan plan) {
    Collection<Plan.Solo> alone = plan.soloNodes().values();
    if (alone.size() > 1) {
      long nodes = alone.stream().mapToInt(Plan.Solo::nodes).sum();
      long steps = alone.stream().mapToLong(Plan.Solo::steps).sum();
      console.result(
          "Alone, the %d recipes would need %d nodes and %d training steps; together %d and %d."
              .formatted(alone.size(), nodes, steps, plan.nodes().size(), plan.steps()));
    }
  }

  /** The widths of a table. */
  private record Columns(int names, int operations) {
    String row(String... cells) {
      return ("  "
              + Phrase.left(cells[0], names)
              + "  "
              + Phrase.left(cells[1], operations)
              + "  "
              + Phrase.right(cells[2], 5)
              + "  "
              + Phrase.left(cells[3], 7)
              + "  "
              + Phrase.right(cells[4], 6)
              + "  "
              + Phrase.left(cells[5], 12)
              + "  "
              + cells[6])
          .stripTrailing();
    }
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
