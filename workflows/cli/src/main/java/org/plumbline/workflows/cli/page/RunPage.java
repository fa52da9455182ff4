// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.record.NodeOutcome;
import org.plumbline.engine.store.record.Provenance;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.progress.Times;

/** All that is known of a run. */
public final class RunPage {

  private final Store store;
  private final RunRecord record;
  private final Plan plan;
  private final Map<String, NodeOutcome> outcomes;

  public RunPage(Store store, RunRecord record, Plan plan) {
    this.store = store;
    this.record = record;
    this.plan = plan;
    this.outcomes = store.runs().outcomes(record.id());
  }

  /** As plain data: the fields that other programs rely on, and some more. */
  public Map<String, Object> plain() {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("run", record.id());
    plain.put("spec", record.spec().name());
    plain.put("status", record.status().word());
    plain.put("name", record.experiment());
    plain.put("started", record.started());
    plain.put("ended", record.ended());
    plain.put("seconds", record.seconds());
    plain.put("interruptions", record.interruptions());
    plain.put("specDigest", record.spec().digest());
    plain.put("overrides", record.overrides());
    plain.put("message", record.message());
    plain.put("priority", record.server() == null ? null : record.server().priority());
    List<Object> nodes = new ArrayList<>();
    for (PlanNode node : plan.nodes()) {
      nodes.add(NodePage.brief(node, outcomes.get(node.id())));
    }
    plain.put("nodes", nodes);
    return plain;
  }

  public void show(Console console) {
    head(console);
    console.result("");
    Map<String, List<PlanNode>> rows = new LinkedHashMap<>();
    for (PlanNode node : plan.nodes()) {
      rows.computeIfAbsent(node.name(), name -> new ArrayList<>()).add(node);
    }
    int names = rows.keySet().stream().mapToInt(String::length).max().orElse(4);
    int ops = plan.nodes().stream().mapToInt(n -> n.operation().length()).max().orElse(2);
    console.result(row(names, ops, "section", "node", "op", "seeds", "action", "time", "recipes"));
    String before = "";
    for (List<PlanNode> same : rows.values()) {
      PlanNode first = same.get(0);
      String section = first.section().equals(before) ? "" : first.section();
      before = first.section();
      console.result(
          row(
              names,
              ops,
              section,
              first.name(),
              first.operation(),
              String.valueOf(same.size()),
              action(same),
              Times.minutes(seconds(same)),
              String.valueOf(first.recipes().size())));
    }
    console.result("");
    RunTotals totals = RunTotals.of(plan, outcomes);
    int alone = plan.soloNodes().values().stream().mapToInt(Plan.Solo::nodes).sum();
    console.result(
        Phrase.count(totals.nodes(), "node")
            + ", "
            + totals.words()
            + "; alone the recipes would need "
            + alone);
    console.say("one node: `plumb show " + record.id() + ":" + plan.nodes().get(0).name() + "`");
  }

  private void head(Console console) {
    String ended = record.ended();
    console.result(
        "run "
            + record.id()
            + "  "
            + record.experiment()
            + "  "
            + record.status().word()
            + "  "
            + Times.moment(record.started())
            + (ended == null ? "" : " to " + Times.moment(ended).substring(11)));
    console.result(
        "  spec        " + record.spec().name() + "  " + Phrase.brief(record.spec().digest()));
    record
        .overrides()
        .forEach((path, value) -> console.result("              " + path + "=" + value));
    Provenance by = record.provenance();
    console.result(
        "  plumb "
            + by.plumb()
            + ", "
            + by.java()
            + ", "
            + by.engine().getOrDefault("engine", "?")
            + ", "
            + by.engine().getOrDefault("device", "?")
            + " "
            + Phrase.count(by.cpus(), "core")
            + ", Temporal "
            + (record.server() == null
                ? "embedded"
                : record.server().address() + ", priority " + record.server().priority()));
    if (record.interruptions() > 0) {
      List<String> resumed = new ArrayList<>();
      outcomes.values().stream()
          .filter(o -> o.resumedFrom() != null && o.action().equals(NodeOutcome.RUN))
          .forEach(o -> resumed.add(o.node() + " went on from step " + o.resumedFrom()));
      console.result(
          "  interrupted "
              + Phrase.count(record.interruptions(), "time")
              + (resumed.isEmpty() ? "" : ": " + String.join(", ", resumed)));
    }
    if (record.message() != null) {
      console.result("  " + record.message());
    }
    console.detail("  in " + store.runs().where(record.id(), ""));
  }

  private String action(List<PlanNode> same) {
    int run = 0;
    int reused = 0;
    int failed = 0;
    for (PlanNode node : same) {
      @Nullable NodeOutcome outcome = outcomes.get(node.id());
      if (outcome == null) {
        continue;
      }
      if (outcome.artifact() == null) {
        failed++;
      } else if (outcome.action().equals(NodeOutcome.REUSE)) {
        reused++;
      } else {
        run++;
      }
    }
    if (failed > 0) {
      return failed + " failed";
    }
    if (run == same.size()) {
      return "run";
    }
    if (reused == same.size()) {
      return "reuse";
    }
    return run + reused == 0 ? "-" : run + " run";
  }

  private double seconds(List<PlanNode> same) {
    double seconds = 0;
    for (PlanNode node : same) {
      @Nullable NodeOutcome outcome = outcomes.get(node.id());
      seconds += outcome == null ? 0 : outcome.seconds();
    }
    return seconds;
  }

  private static String row(int names, int ops, String... cells) {
    return Phrase.left(cells[0], 10)
        + "  "
        + Phrase.left(cells[1], names)
        + "  "
        + Phrase.left(cells[2], ops)
        + "  "
        + Phrase.right(cells[3], 5)
        + "  "
        + Phrase.left(cells[4], 8)
        + "  "
        + Phrase.right(cells[5], 6)
        + "  "
        + Phrase.right(cells[6], 7);
  }
}
