// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.session.planned.ForcedNodes;
import org.plumbline.engine.session.planned.NumericRuntime;
import org.plumbline.engine.session.planned.OutboundRequests;
import org.plumbline.engine.session.planned.PlannedSpec;
import org.plumbline.engine.session.planned.SpecPrompts;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.StoreAddress;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.engine.store.record.RunStart;
import org.plumbline.engine.store.record.RunStatus;
import org.plumbline.engine.store.runs.ActiveRun;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.Diagnosis;
import org.plumbline.workflows.cli.console.Refusal;
import org.plumbline.workflows.cli.console.Version;
import org.plumbline.workflows.cli.page.Phrase;
import org.plumbline.workflows.temporal.TemporalServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Runs an experiment, or goes on with it. */
@Command(
    name = "run",
    description = {
      "Run an experiment: compute what is not there yet, and compare.",
      "A run of the same spec that was interrupted is continued."
    })
final class RunCommand implements Callable<Integer> {

  @ParentCommand private @Nullable Plumb plumb;
  @Mixin private SpecArguments arguments = new SpecArguments();
  @Mixin private EngineOptions engine = new EngineOptions();
  @Mixin private ServerOptions servers = new ServerOptions();

  @Parameters(
      paramLabel = "SPEC|PLAN",
      description = "a file such as my.plumb.yaml, or what `plumb plan -o` wrote")
  private @Nullable Path spec;

  @Option(
      names = "--force",
      paramLabel = "NODE|all",
      description = "compute these anew, even if their results are there")
  private List<String> force = new ArrayList<>();

  @Option(
      names = "--detach",
      description = "hand the run to the Temporal server and return at once")
  private boolean detach;

  @Mixin private PriorityOption priority = new PriorityOption();

  @Override
  public Integer call() {
    Plumb given = Injected.of(plumb);
    int parallel = engine.parallel();
    if (detach && !servers.given()) {
      throw Refusal.mistake(
          "`--detach` needs a Temporal server that conducts the run",
          "add `--temporal`; `plumb server start` starts a server here");
    }
    priority.mustBeUsable(servers);
    if (!servers.given()) {
      engine.engine().mustBeThere();
    }
    Path file = Injected.of(spec);
    PlannedSpec planned;
    if (SavedPlan.named(file)) {
      planned = SavedPlan.again(given, file, arguments, engine.engine());
      arguments = SpecArguments.of(SavedPlan.read(given.path(file)).overrides());
    } else {
      planned = arguments.plan(given, file, engine.engine());
    }
    Diagnosis.tell(given.console(), planned.spec().diagnostics());
    planned.mustRun(given.environment());
    if (servers.given()) {
      try (TemporalServer server = servers.connect(given)) {
        return serve(given, planned, server);
      }
    }
    Diagnosis.tell(given.console(), engine.engine().memoryWarnings(planned));
    Diagnosis.tell(
        given.console(),
        SpecPrompts.warnings(planned.spec(), SpecPrompts.seen(planned.plan()).orElse(null)));
    ForcedNodes forced = EngineOptions.forced(force, planned.plan());
    StoreAddress address = given.storeAddress();
    boolean fresh = !Stores.isThere(address);
    try (Store store = Stores.open(given, address)) {
      ActiveRun run = begin(given.console(), store, planned, forced, null);
      introduce(given, planned, run, fresh, Phrase.count(parallel, "node") + " at once");
      return new RunSession(given, store, run, engine).conduct();
    }
  }

  private int serve(Plumb given, PlannedSpec planned, TemporalServer server) {
    ForcedNodes forced = EngineOptions.forced(force, planned.plan());
    StoreAddress address = given.storeAddress();
    boolean fresh = !Stores.isThere(address);
    try (Store store = Stores.open(given, address)) {
      ServedSession session = new ServedSession(given, store, server);
      ActiveRun run = begin(given.console(), store, planned, forced, server);
      introduce(given, planned, run, fresh, "Temporal " + server.address());
      Integer failed = session.submit(run, engine).orElse(null);
      if (failed != null) {
        return failed;
      }
      return detach ? session.detached(run.id()) : session.follow(run.record());
    }
  }

  private ActiveRun begin(
      Console console,
      Store store,
      PlannedSpec planned,
      ForcedNodes forced,
      @Nullable TemporalServer server) {
    Optional<RunRecord> newest = store.runs().newestOf(planned.experiment().name());
    RunRecord before = newest.orElse(null);
    boolean open =
        before != null
            && (before.status() == RunStatus.INTERRUPTED || before.status() == RunStatus.CANCELLED);
    if (before != null && server != null && isUnderWay(store, before, planned, server)) {
      priority.mustBeThatOf(before);
      console.say("run " + before.id() + " of this spec is under way there; following it");
      return store.runs().join(before.id());
    }
    if (before != null && open && forced.names().isEmpty()) {
      Plan plan = store.runs().planIfWhole(before.id()).orElse(null);
      if (plan != null && samePlan(before, plan, planned)) {
        console.say("run " + before.id() + " was " + before.status().word() + "; continuing it");
        return server == null
            ? store.runs().resume(before.id())
            : store.runs().resume(before.id(), priority.at(server, before));
      }
      String why = plan == null ? "its plan is damaged" : "the spec has changed since";
      console.say(
          "run "
              + before.id()
              + " was "
              + before.status().word()
              + ", and "
              + why
              + ": this is a new run, which reuses what did not change");
    }
    Map<String, String> overrides = new LinkedHashMap<>(arguments.byPath());
    if (!forced.names().isEmpty()) {
      overrides.put(ForcedNodes.KEPT_AS, forced.text());
    }
    RunStart start = planned.start(overrides, Version.text(), engine.engine().runtime());
    return server == null
        ? store.runs().start(start)
        : store.runs().start(start, priority.at(server, null));
  }

  private static boolean isUnderWay(
      Store store, RunRecord before, PlannedSpec planned, TemporalServer server) {
    return ServerOptions.conducts(server, before)
        && store
            .runs()
            .planIfWhole(before.id())
            .filter(plan -> samePlan(before, plan, planned))
            .isPresent();
  }

  private static boolean samePlan(RunRecord before, Plan plan, PlannedSpec planned) {
    List<String> keys = planned.plan().nodes().stream().map(PlanNode::key).toList();
    return before.overrides().get(ForcedNodes.KEPT_AS) == null
        && plan.nodes().stream().map(PlanNode::key).toList().equals(keys)
        && plan.ends().equals(planned.plan().ends());
  }

  private void introduce(
      Plumb given, PlannedSpec planned, ActiveRun run, boolean fresh, String how) {
    int recipes = (int) planned.plan().ends().stream().map(e -> e.recipe()).distinct().count();
    Console console = given.console();
    console.say(
        "run "
            + run.id()
            + "  "
            + planned.experiment().name()
            + "  "
            + Phrase.count(recipes, "recipe")
            + ", "
            + Phrase.count(planned.experiment().seeds().size(), "seed")
            + ", "
            + Phrase.count(planned.plan().nodes().size(), "node"));
    console.say(
        "store "
            + given.shown(given.storeAddress().toString())
            + (fresh ? " (new)" : "")
            + "  device "
            + engine.engine().device()
            + ", "
            + how
            + "  engine "
            + NumericRuntime.engine());
    OutboundRequests.of(planned.plan()).lines().forEach(console::say);
    String memory = engine.engine().memory(planned).line();
    if (!memory.isEmpty()) {
      console.say(Phrase.fit(memory, console.widthOfNarration(), 2));
    }
  }
}
