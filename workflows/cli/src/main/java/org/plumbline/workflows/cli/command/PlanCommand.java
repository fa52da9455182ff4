// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Severity;
import org.plumbline.engine.plan.Decisions;
import org.plumbline.engine.plan.NodeHistory;
import org.plumbline.engine.session.SeenPrompts;
import org.plumbline.engine.session.planned.ForcedNodes;
import org.plumbline.engine.session.planned.MemoryNeeds;
import org.plumbline.engine.session.planned.OutboundRequests;
import org.plumbline.engine.session.planned.PlannedSpec;
import org.plumbline.engine.session.planned.SpecPrompts;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.StoreAddress;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.Diagnosis;
import org.plumbline.workflows.cli.console.ExitCode;
import org.plumbline.workflows.cli.console.Format;
import org.plumbline.workflows.cli.console.Json;
import org.plumbline.workflows.cli.page.Phrase;
import org.plumbline.workflows.cli.page.PlanEstimate;
import org.plumbline.workflows.cli.page.PlanTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Says what a run would do, and why. */
@Command(name = "plan", description = "Say which nodes a run would reuse or compute, and why.")
final class PlanCommand implements Callable<Integer> {

  @ParentCommand private @Nullable Plumb plumb;
  @Mixin private SpecArguments arguments = new SpecArguments();
  @Mixin private EngineOptions engine = new EngineOptions();

  @Parameters(paramLabel = "SPEC", description = "a file such as my.plumb.yaml")
  private @Nullable Path spec;

  @Option(
      names = "--force",
      paramLabel = "NODE|all",
      description = "as if these had to be computed anew")
  private List<String> force = new ArrayList<>();

  @Option(
      names = "-o",
      paramLabel = "FILE",
      description = "keep the plan in a file; `plumb run FILE` runs exactly it")
  private @Nullable Path output;

  @Option(names = "--exit-code", description = "exit with 3 if there is work to do")
  private boolean exitCode;

  /** What was decided, and the run that times are known from. */
  private record Decided(
      Decisions decisions, @Nullable RunRecord last, PlanEstimate.@Nullable Times times) {}

  /** What a run of it would refuse. */
  private static List<Diagnostic> notes(PlannedSpec planned) {
    return planned.spec().notAvailable().stream().map(d -> d.as(Severity.NOTE)).toList();
  }

  @Override
  public Integer call() {
    Plumb given = Injected.of(plumb);
    Console console = given.console();
    NewFile file = output == null ? null : NewFile.over(given, output, SavedPlan::isPlan);
    PlannedSpec planned = arguments.plan(given, Injected.of(spec), engine.engine());
    Decided decided = decide(given, planned);
    Decisions decisions = decided.decisions();
    MemoryNeeds needs = engine.engine().memory(planned);
    Optional<SeenPrompts> seen = SpecPrompts.seen(planned.plan());
    if (console.format() == Format.JSON) {
      Map<String, Object> document = PlanTable.plain(decisions, decided.times(), needs);
      seen.ifPresent(prompts -> document.put("seen_prompts", SpecPrompts.plain(prompts)));
      document.put("sends", OutboundRequests.of(planned.plan()).plain());
      console.json(Json.pretty(document));
    } else {
      Diagnosis.complain(console, planned.spec().diagnostics());
      Diagnosis.complain(console, notes(planned));
      Diagnosis.complain(console, engine.engine().memoryWarnings(planned));
      Diagnosis.complain(console, SpecPrompts.warnings(planned.spec(), seen.orElse(null)));
      PlanTable table = new PlanTable(console, decisions, decided.times());
      RunRecord last = decided.last();
      String other = last == null ? "" : OtherFile.of(given, planned, last);
      table.show(planned.experiment().name(), last, other);
      table.sharing(planned.plan());
      seen.ifPresent(prompts -> console.result(Phrase.fit(prompts.sentence(), console.width(), 2)));
      if (!needs.line().isEmpty()) {
        console.result(Phrase.fit(needs.line(), console.width(), 2));
      }
      OutboundRequests.of(planned.plan()).lines().forEach(console::result);
    }
    if (file != null) {
      file.write(SavedPlan.write(planned, arguments, engine.engine()));
      console.say("Run exactly this: plumb run " + output);
    }
    return exitCode && decisions.running() > 0 ? ExitCode.WORK_TO_DO : ExitCode.OK;
  }

  private Decided decide(Plumb given, PlannedSpec planned) {
    ForcedNodes forced = EngineOptions.forced(force, planned.plan());
    StoreAddress address = given.storeAddress();
    if (!Stores.isThere(address)) {
      return new Decided(Decisions.of(planned.plan(), NodeHistory.NONE, forced), null, null);
    }
    try (Store store = Stores.open(given, address)) {
      Decisions decisions = Decisions.of(planned.plan(), store.history(), forced);
      RunRecord last = store.runs().newestOf(planned.experiment().name()).orElse(null);
      return new Decided(decisions, last, last == null ? null : PlanEstimate.Times.of(store, last));
    }
  }
}
