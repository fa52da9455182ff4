// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.SourceFile;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.spec.SpecResult;
import org.plumbline.dsl.spec.Specs;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.run.work.NodeEnd;
import org.plumbline.engine.run.work.NodeEnd.State;
import org.plumbline.engine.run.work.NodeFailure;
import org.plumbline.engine.run.work.NodeFailure.Cause;
import org.plumbline.engine.run.work.RunResult;
import org.plumbline.engine.session.StoredRun;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.engine.store.runs.ActiveRun;

/** Says which nodes failed and why, as diagnostics that point into the spec. */
public final class FailureReport {
  private static final Set<String> OF_A_SERVER = Set.of("PLB0525", "PLB0906");

  private final Console console;
  private final RunRecord record;
  private final Plan plan;
  private final ActiveRun run;

  public FailureReport(Console console, ActiveRun run) {
    this.console = console;
    this.record = run.record();
    this.plan = run.plan();
    this.run = run;
  }

  public void tell(RunResult result) {
    List<Diagnostic> diagnostics = new ArrayList<>();
    Map<String, PlanNode> nodes = plan.byId();
    for (NodeEnd outcome : result.in(State.FAILED)) {
      NodeFailure failure = outcome.failure();
      if (failure != null) {
        diagnostics.add(diagnostic(nodes.get(outcome.node()), outcome.node(), failure));
      }
    }
    NodeFailure beginning = result.beginningFailure();
    if (beginning != null) {
      diagnostics.add(diagnostic(null, StoredRun.BEGINNING, beginning));
    }
    NodeFailure comparison = result.comparisonFailure();
    if (comparison != null) {
      diagnostics.add(diagnostic(null, StoredRun.COMPARISON, comparison));
    }
    if (!diagnostics.isEmpty()) {
      if (console.format() != Format.JSON) {
        console.complain("");
      }
      Diagnosis.tell(console, diagnostics);
    }
  }

  private Diagnostic diagnostic(@Nullable PlanNode node, String name, NodeFailure failure) {
    String tries = failure.attempts() > 1 ? " after " + failure.attempts() + " attempts" : "";
    Diagnostic diagnostic =
        Diagnostic.of(
            Code.find(failure.code()).orElse(Code.PLB0901),
            span(node, failure.setting()),
            subject(node, name) + " failed" + tries + ": " + failure.message());
    if (failure.cause() == Cause.MISTAKE) {
      // What somebody else's server says need not be the same another time.
      diagnostic =
          diagnostic.note(
              OF_A_SERVER.contains(failure.code())
                  ? "not tried again by itself: `plumb resume "
                      + record.id()
                      + "` asks what is not answered, and nothing else"
                  : "not tried again: the same inputs would give the same failure");
    }
    if (failure.cause() == Cause.OBSTACLE) {
      diagnostic = diagnostic.note("not tried again: somebody has to do something about it first");
    }
    if (failure.cause() == Cause.BUG) {
      String file = StoredRun.crashFile(name);
      diagnostic = diagnostic.note("this is a fault in plumb; the checkpoints are kept");
      if (run.has(file)) {
        diagnostic = diagnostic.note("the details are in " + run.where(file));
      }
    }
    String help = failure.help();
    if (help == null && failure.cause() == Cause.WORLD) {
      help = "put that right, then: plumb resume " + record.id();
    }
    return help == null ? diagnostic : diagnostic.help(help);
  }

  private static String subject(@Nullable PlanNode node, String name) {
    if (node == null) {
      return name;
    }
    return "node `" + node.name() + "`" + (node.seed() == 0 ? "" : ", seed " + node.seed() + ",");
  }

  /** Where the setting is written, or else the node's entry. */
  private Span span(@Nullable PlanNode node, @Nullable String setting) {
    SourceFile file = SourceFile.of(record.spec().name(), record.spec().text());
    if (node == null) {
      return Span.of(file);
    }
    SpecResult spec = Specs.readText(record.spec().name(), record.spec().text(), List.of());
    String section = node.section();
    String entry = section.equals("compare") ? "compare" : section + "." + node.entry();
    return spec.spanOf(setting == null ? entry : entry + "." + setting);
  }
}
