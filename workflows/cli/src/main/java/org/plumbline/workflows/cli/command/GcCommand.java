// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.session.planned.PaidAnswers;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.gc.CollectedGarbage;
import org.plumbline.engine.store.gc.GarbageRules;
import org.plumbline.workflows.cli.console.ExitCode;
import org.plumbline.workflows.cli.console.Format;
import org.plumbline.workflows.cli.console.Json;
import org.plumbline.workflows.cli.console.Refusal;
import org.plumbline.workflows.cli.page.GarbagePage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Removes from a store what no run needs. */
@Command(
    name = "gc",
    description = {
      "Remove from the store what no run needs.",
      "Without --keep all runs stay, and what is of none of them goes."
    })
final class GcCommand implements Callable<Integer> {

  @ParentCommand private @Nullable Plumb plumb;

  @Option(names = "--dry-run", description = "say what would go, and remove nothing")
  private boolean dryRun;

  @Option(
      names = "--keep",
      paramLabel = "RUNS",
      split = ",",
      description =
          "remove all runs but these: the newest 5, those younger than 12h, 30d or 2w, latest, or"
              + " the name of a run or an experiment with * and ?; may be repeated")
  private List<String> keep = new ArrayList<>();

  @Option(
      names = "--grace",
      paramLabel = "AGE",
      description = "how old what is of no run must be: 12h, 30d, 2w (1d)")
  private String grace = "1d";

  @Option(
      names = "--paid",
      description = "also answers of judges behind endpoints, which may have cost something")
  private boolean paid;

  @Override
  public Integer call() {
    Plumb given = Injected.of(plumb);
    Duration age =
        KeptRuns.age(grace)
            .orElseThrow(
                () ->
                    Refusal.mistake(
                        "`--grace` is no age: `" + grace + "`",
                        "write hours, days or weeks: 12h, 30d, 2w"));
    GarbageRules rules = new GarbageRules(new KeptRuns(keep)::of, age, paid, PaidAnswers::of);
    try (Store store = Stores.existing(given)) {
      CollectedGarbage collected =
          dryRun ? store.garbage().look(rules) : store.garbage().collect(rules, item -> {});
      GarbagePage page = new GarbagePage(collected, given.shown(store.name()), dryRun);
      if (given.console().format() == Format.JSON) {
        given.console().json(Json.pretty(page.plain()));
      } else {
        page.show(given.console());
      }
    }
    return ExitCode.OK;
  }
}
