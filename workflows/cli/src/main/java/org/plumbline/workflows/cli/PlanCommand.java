package org.plumbline.workflows.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.plan.Decisions;
import org.plumbline.engine.plan.NodeHistory;
import org.plumbline.engine.plan.PlanJson;
import org.plumbline.engine.store.RunRecord;
import org.plumbline.engine.store.Store;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.ExitCode;
import org.plumbline.workflows.cli.console.Format;
import org.plumbline.workflows.cli.progress.Times;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Says what a run would do, and why. */
@Command(name = "plan", description = "Say which nodes a run would reuse or compute, and why.")
final class PlanCommand implements Callable<Integer> {

  private static final int WHY_WIDTH = 44;

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

  @Option(names = "-o", paramLabel = "FILE", description = "write the whole plan as JSON")
  private @Nullable Path output;

  @Option(names = "--exit-code", description = "exit with 3 if there is work to do")
  private boolean exitCode;

  @Override
  public Integer call() {
    Plumb given = Given.of(plumb);
    Console console = given.console();
    Planned planned = Planned.of(given, Given.of(spec), arguments, engine.engine());
    Decisions decisions = decide(given, planned);
    if (output != null) {
      write(given.path(output), PlanJson.write(planned.plan()));
    }
    if (console.format() == Format.JSON) {
      console.json(Json.pretty(decisions.toPlain()));
    } else {
      Diagnosis.complain(console, planned.spec().diagnostics());
      show(console, planned, decisions, lastTime(given, planned));
    }
    return exitCode && decisions.running() > 0 ? ExitCode.WORK_TO_DO : ExitCode.OK;
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Decisions decide(Plumb given, Planned planned) {
    Forced forced = Forced.of(force, planned.plan());
    Path folder = given.storeFolder();
    if (!Files.isDirectory(folder)) {
      return Decisions.of(planned.plan(), NodeHistory.NONE, forced);
    }
    try (Store store = Store.open(folder)) {
      return Decisions.of(planned.plan(), store.history(), forced);
    }
  }

  private static @Nullable RunRecord lastTime(Plumb given, Planned planned) {
    Path folder = given.storeFolder();
    if (!Files.isDirectory(folder)) {
      return null;
    }
    try (Store store = Store.open(folder)) {
      return store.runs().newestOf(planned.experiment().name()).orElse(null);
    }
  }

  private static void show(
      Console console, Planned planned, Decisions decisions, @Nullable RunRecord last) {
    String compared = last == null ? "" : "   compared with run " + last.id();
    int count = decisions.choices().size();
    console.result(planned.experiment().name() + "   " + Phrase.count(count, "node") + compared);
    console.result("");
    List<Decisions.Row> rows = decisions.rows();
    int names = rows.stream().mapToInt(r -> r.name().length()).max().orElse(4);
    int operations = rows.stream().mapToInt(r -> r.operation().length()).max().orElse(2);
    console.result(row(names, operations, "node", "op", "seeds", "action", "why"));
    for (Decisions.Row row : rows) {
      String seeds = String.valueOf(row.reused() + row.run());
      String action = row.action().equals("both") ? row.run() + " run" : row.action();
      String why = row.why();
      String clipped =
          why.length() <= WHY_WIDTH
                  || console.words().loudness()
                      == org.plumbline.workflows.cli.console.Words.Loudness.VERBOSE
              ? why
              : why.substring(0, WHY_WIDTH - 1) + "…";
      console.result(row(names, operations, row.name(), row.operation(), seeds, action, clipped));
    }
    console.result("");
    String took =
        last == null || last.ended() == null
            ? ""
            : "   Run " + last.id() + " took " + Times.minutes(last.seconds()) + ".";
    console.result(
        "Plan: " + decisions.reused() + " reused, " + decisions.running() + " to run." + took);
  }

  private static String row(int names, int operations, String... cells) {
    return ("  "
            + Phrase.left(cells[0], names)
            + "  "
            + Phrase.left(cells[1], operations)
            + "  "
            + Phrase.right(cells[2], 5)
            + "  "
            + Phrase.left(cells[3], 7)
            + "  "
            + cells[4])
        .stripTrailing();
  }
}
