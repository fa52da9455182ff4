// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.plan.Decisions;
import org.plumbline.engine.plan.NodeHistory;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.session.planned.ForcedNodes;
import org.plumbline.engine.session.planned.PlannedSpec;
import org.plumbline.engine.session.planned.RunHistory;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.StoreAddress;
import org.plumbline.engine.store.record.NodeOutcome;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.workflows.cli.console.ExitCode;
import org.plumbline.workflows.cli.console.Format;
import org.plumbline.workflows.cli.console.Json;
import org.plumbline.workflows.cli.console.Refusal;
import org.plumbline.workflows.cli.page.Phrase;
import org.plumbline.workflows.cli.page.WhyText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Says why a node will run or be reused, or why it did or was. */
@Command(
    name = "why",
    description = {
      "Say why a node will run, or why its result is reused;",
      "of a run, why it was so."
    })
final class WhyCommand implements Callable<Integer> {

  @ParentCommand private @Nullable Plumb plumb;
  @Mixin private SpecArguments arguments = new SpecArguments();
  @Mixin private EngineOptions engine = new EngineOptions();

  @Parameters(
      paramLabel = "SPEC:NODE|RUN:NODE",
      description = "as in my.plumb.yaml:ppo, 7a10:ppo@2 or latest:rm")
  private String wanted = "";

  @Override
  public Integer call() {
    Plumb given = Injected.of(plumb);
    Target target = Target.withNode(wanted);
    if (Target.isSpec(given, target.name())) {
      ofSpec(given, target);
    } else {
      ofRun(given, target);
    }
    return ExitCode.OK;
  }

  private void ofSpec(Plumb given, Target target) {
    PlannedSpec planned = arguments.plan(given, Path.of(target.name()), engine.engine());
    List<PlanNode> nodes = target.nodes(planned.plan());
    StoreAddress address = given.storeAddress();
    if (Stores.isThere(address)) {
      try (Store store = Stores.open(given, address)) {
        Decisions decisions = Decisions.of(planned.plan(), store.history());
        UnaryOperator<String> file = run -> OtherFile.of(given, planned, store.runs().read(run));
        show(given, new WhyText(decisions, planned.spec(), false, file), nodes);
      }
    } else {
      Decisions decisions = Decisions.of(planned.plan(), NodeHistory.NONE);
      show(given, new WhyText(decisions, planned.spec(), false, run -> ""), nodes);
    }
  }

  private void ofRun(Plumb given, Target target) {
    if (!arguments.overrides().isEmpty()) {
      throw Refusal.mistake("`-D` changes a spec, and `" + target.name() + "` names a run");
    }
    try (Store store = Stores.existing(given)) {
      RunRecord record = RunName.find(store, target.name());
      Plan plan = store.runs().plan(record.id());
      List<PlanNode> nodes = target.nodes(plan);
      Map<String, NodeOutcome> outcomes = store.runs().outcomes(record.id());
      List<String> notReached =
          nodes.stream().map(PlanNode::id).filter(id -> !outcomes.containsKey(id)).toList();
      if (notReached.size() == nodes.size()) {
        throw Refusal.mistake(
            "run " + record.id() + " has not reached `" + target.node() + "`",
            "go on with it: plumb resume " + record.id());
      }
      ForcedNodes forced =
          ForcedNodes.kept(record.overrides().getOrDefault(ForcedNodes.KEPT_AS, ""));
      Decisions decisions = Decisions.of(plan, new RunHistory(store, record), forced);
      show(given, new WhyText(decisions, null, true, run -> ""), nodes);
    }
  }

  private static void show(Plumb given, WhyText text, List<PlanNode> nodes) {
    if (given.console().format() == Format.JSON) {
      List<Object> all = new ArrayList<>();
      nodes.forEach(node -> all.add(text.plain(node)));
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("nodes", all);
      given.console().json(Json.pretty(document));
      return;
    }
    // Seeds for the same reason are told of once.
    Map<List<String>, List<PlanNode>> alike = new LinkedHashMap<>();
    for (PlanNode node : nodes) {
      alike.computeIfAbsent(text.body(node), body -> new ArrayList<>()).add(node);
    }
    boolean first = true;
    for (Map.Entry<List<String>, List<PlanNode>> group : alike.entrySet()) {
      if (!first) {
        given.console().result("");
      }
      first = false;
      Set<Long> seeds = group.getValue().stream().map(PlanNode::seed).collect(Collectors.toSet());
      int width = given.console().width();
      given.console().result(Phrase.fit(text.head(group.getValue().get(0), seeds), width, 2));
      for (String line : group.getKey()) {
        int indent = line.length() - line.stripLeading().length();
        given.console().result(Phrase.fit(line, width, indent + 4));
      }
    }
  }
}
