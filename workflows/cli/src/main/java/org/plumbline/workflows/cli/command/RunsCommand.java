// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.engine.store.runs.Runs;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.ExitCode;
import org.plumbline.workflows.cli.console.Format;
import org.plumbline.workflows.cli.console.Json;
import org.plumbline.workflows.cli.console.Style;
import org.plumbline.workflows.cli.page.Phrase;
import org.plumbline.workflows.cli.page.RunTotals;
import org.plumbline.workflows.cli.progress.Times;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Lists the runs of a store. */
@Command(name = "runs", description = "List the runs in the store, newest first.")
final class RunsCommand implements Callable<Integer> {

  @ParentCommand private @Nullable Plumb plumb;

  @Option(names = "-n", paramLabel = "N", description = "how many at most (20)")
  private int most = 20;

  @Override
  public Integer call() {
    Plumb given = Injected.of(plumb);
    try (Store store = Stores.existing(given)) {
      Runs.Listing listing = store.runs().listing();
      List<RunRecord> all = listing.runs();
      List<RunRecord> shown = all.subList(0, Math.min(Math.max(0, most), all.size()));
      if (given.console().format() == Format.JSON) {
        given.console().json(Json.pretty(plain(store, shown, listing.damaged())));
      } else {
        show(given, store, shown, all.size());
        listing.damaged().forEach((id, why) -> damaged(given, store, id, why));
      }
    }
    return ExitCode.OK;
  }

  private static Map<String, Object> plain(
      Store store, List<RunRecord> runs, Map<String, String> damaged) {
    List<Object> list = new ArrayList<>();
    for (RunRecord run : runs) {
      Optional<RunTotals> totals = totals(store, run);
      Map<String, Object> plain = new LinkedHashMap<>();
      plain.put("run", run.id());
      plain.put("name", run.experiment());
      plain.put("status", run.status().word());
      plain.put("started", run.started());
      plain.put("seconds", run.seconds());
      plain.put("ended", run.ended());
      plain.put("spec", run.spec().name());
      plain.put("nodes", totals.map(RunTotals::nodes).orElse(null));
      plain.put("finished", totals.map(RunTotals::finished).orElse(null));
      plain.put("reused", totals.map(RunTotals::reused).orElse(null));
      list.add(plain);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("runs", list);
    document.put("damaged", damaged);
    return document;
  }

  /** Without its plan it is not known how many nodes it has, nor which. */
  private static Optional<RunTotals> totals(Store store, RunRecord run) {
    return store
        .runs()
        .planIfWhole(run.id())
        .map(plan -> RunTotals.of(plan, store.runs().outcomes(run.id())));
  }

  private static void damaged(Plumb given, Store store, String id, String why) {
    Console console = given.console();
    console.complain(
        Style.WARNING.of("warning", console.colourErr())
            + ": run "
            + id
            + " is damaged and cannot be shown: "
            + why);
    console.complain(
        "  = help: results of its nodes are kept by key and reused; to forget the run, remove "
            + given.shown(store.runs().where(id, "")));
  }

  private static void show(Plumb given, Store store, List<RunRecord> runs, int all) {
    Console console = given.console();
    int names = runs.stream().mapToInt(r -> r.experiment().length()).max().orElse(10);
    names = Math.max(10, names);
    console.result(row(names, "run", "started", "experiment", "status", "nodes", "reused", "time"));
    for (RunRecord run : runs) {
      Optional<RunTotals> totals = totals(store, run);
      console.result(
          row(
              names,
              run.id(),
              Times.moment(run.started()),
              run.experiment(),
              run.status().word(),
              totals.map(t -> t.finished() + "/" + t.nodes()).orElse("?"),
              totals.map(t -> String.valueOf(t.reused())).orElse("?"),
              Times.minutes(run.seconds())));
    }
    console.say(
        Phrase.count(all, "run")
            + " in "
            + given.shown(store.name())
            + "; `plumb show RUN` for one of them");
  }

  private static String row(int names, String... cells) {
    return Phrase.left(cells[0], 4)
        + "  "
        + Phrase.left(cells[1], 16)
        + "  "
        + Phrase.left(cells[2], names)
        + "  "
        + Phrase.left(cells[3], 11)
        + "  "
        + Phrase.right(cells[4], 7)
        + "  "
        + Phrase.right(cells[5], 6)
        + "  "
        + Phrase.right(cells[6], 7);
  }
}
