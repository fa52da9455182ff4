package org.plumbline.workflows.cli.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.html.HtmlReport;
import org.plumbline.engine.report.text.MetricsJson;
import org.plumbline.engine.report.text.Signs;
import org.plumbline.engine.report.text.TerminalTable;
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

/** Shows the comparison of a run. */
@Command(name = "compare", description = "Lay the recipes of a run side by side.")
final class CompareCommand implements Callable<Integer> {

  @ParentCommand private @Nullable Plumb plumb;

  @Parameters(paramLabel = "RUN", description = "a run, the beginning of its name, or latest")
  private String name = "";

  @Option(names = "-o", paramLabel = "FILE", description = "write the report as one HTML file")
  private @Nullable Path output;

  @Override
  public Integer call() {
    Plumb given = Injected.of(plumb);
    Console console = given.console();
    NewFile file = output == null ? null : NewFile.over(given, output, HtmlReport::isReport);
    try (Store store = Stores.existing(given)) {
      RunRecord record = RunName.find(store, name);
      Comparison comparison = read(store, record);
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

  private static Comparison read(Store store, RunRecord record) throws IOException {
    return new StoredComparison(store, record, store.runs().plan(record.id()))
        .read()
        .orElseThrow(() -> nothing(record));
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
