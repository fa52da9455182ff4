// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.workflows.cli.console.ExitCode;
import org.plumbline.workflows.cli.console.Format;
import org.plumbline.workflows.cli.console.Json;
import org.plumbline.workflows.cli.console.Refusal;
import org.plumbline.workflows.cli.page.NodePage;
import org.plumbline.workflows.cli.page.RunPage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows a run or one of its nodes, with all that is known of where it comes from. */
@Command(name = "show", description = "Show a run, or one of its nodes, with its provenance.")
final class ShowCommand implements Callable<Integer> {

  @ParentCommand private @Nullable Plumb plumb;

  @Parameters(paramLabel = "RUN[:NODE]", description = "as in 7a10, latest, 7a10:ppo or 7a10:ppo@2")
  private String name = "";

  @Override
  public Integer call() {
    Plumb given = Injected.of(plumb);
    int colon = name.indexOf(':');
    String run = colon < 0 ? name : name.substring(0, colon);
    try (Store store = Stores.existing(given)) {
      RunRecord record = RunName.find(store, run);
      Plan plan = store.runs().plan(record.id());
      boolean json = given.console().format() == Format.JSON;
      if (colon < 0) {
        RunPage page = new RunPage(store, record, plan);
        if (json) {
          given.console().json(Json.pretty(page.plain()));
        } else {
          page.show(given.console());
        }
        return ExitCode.OK;
      }
      for (PlanNode node : nodes(plan, name.substring(colon + 1), record)) {
        NodePage page = new NodePage(store, record, node);
        if (json) {
          given.console().json(Json.pretty(page.plain()));
        } else {
          page.show(given.console());
        }
      }
    }
    return ExitCode.OK;
  }

  private static List<PlanNode> nodes(Plan plan, String wanted, RunRecord record) {
    List<PlanNode> exact = plan.nodes().stream().filter(n -> n.id().equals(wanted)).toList();
    List<PlanNode> found =
        exact.isEmpty()
            ? plan.nodes().stream().filter(n -> n.name().equals(wanted)).toList()
            : exact;
    if (found.isEmpty()) {
      throw Refusal.mistake(
          "run " + record.id() + " has no node `" + wanted + "`",
          "`plumb show " + record.id() + "` lists them");
    }
    return found;
  }
}
