// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.RunFacts;
import org.plumbline.engine.report.html.HtmlReport;
import org.plumbline.engine.report.text.MetricsJson;
import org.plumbline.engine.report.text.Signs;
import org.plumbline.engine.report.text.TerminalTable;
import org.plumbline.engine.session.JoinedComparison;
import org.plumbline.engine.session.StoredComparison;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.ExitCode;
import org.plumbline.workflows.cli.console.Format;
import org.plumbline.workflows.cli.console.Refusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows the comparison of a run, or of several together. */
@Command(name = "compare", description = "Lay the recipes of runs side by side.")
final class CompareCommand implements Callable<Integer> {

  @ParentCommand private @Nullable Plumb plumb;

  @Parameters(
      paramLabel = "RUN",
      arity = "1..*",
      description =
          "a run, the beginning of its name, or latest; of several runs, also of different specs,"
              + " the recipes that were measured by the same prompts, values and judge as the"
              + " reference of the first")
  private List<String> names = List.of();

  @Option(names = "-o", paramLabel = "FILE", description = "write the report as one HTML file")
  private @Nullable Path output;

  @Override
  public Integer call() {
    Plumb given = Injected.of(plumb);
    Console console = given.console();
    NewFile file = output == null ? null : NewFile.over(given, output, HtmlReport::isReport);
    try (Store store = Stores.existing(given)) {
      List<RunRecord> records = records(store);
      Comparison comparison = read(store, records);
      for (RunFacts.LeftOut out : leftOut(comparison)) {
        console.say("left out  " + out.what() + ": " + out.why());
      }
      if (console.format() == Format.JSON) {
        console.json(MetricsJson.render(comparison).stripTrailing());
      } else {
        Signs signs = console.terminal().unicode() ? Signs.UNICODE : Signs.ASCII;
        console.result(TerminalTable.render(comparison, signs).stripTrailing());
      }
      if (file != null) {
        file.write(HtmlReport.render(comparison));
        console.say("report  " + given.shown(file.path()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ExitCode.OK;
  }

  private List<RunRecord> records(Store store) {
    Map<String, RunRecord> byId = new LinkedHashMap<>();
    for (String name : names) {
      RunRecord record = RunName.find(store, name);
      byId.put(record.id(), record);
    }
    return List.copyOf(byId.values());
  }

  private static List<RunFacts.LeftOut> leftOut(Comparison comparison) {
    RunFacts run = comparison.run();
    return run == null ? List.of() : run.leftOut();
  }

  private static Comparison read(Store store, List<RunRecord> records) throws IOException {
    RunRecord first = records.get(0);
    Optional<Comparison> found =
        records.size() > 1
            ? JoinedComparison.ofRuns(store, records)
            : new StoredComparison(store, first, store.runs().plan(first.id())).readPart();
    return found.orElseThrow(() -> nothing(first));
  }

  private static Refusal nothing(RunRecord record) {
    if (record.frozen().get("compare") == null) {
      return Refusal.mistake(
          "run " + record.id() + " compares nothing", "its spec has no section `compare`");
    }
    return Refusal.mistake(
        "run " + record.id() + " is " + record.status().word() + ": its results are not all there",
        "go on with it: plumb resume " + record.id());
  }
}
