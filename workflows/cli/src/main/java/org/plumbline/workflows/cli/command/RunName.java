// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.util.List;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.engine.store.runs.Runs;
import org.plumbline.workflows.cli.console.Refusal;

/** Finds the run that a name on the command line means. */
final class RunName {

  private RunName() {}

  /** A run by its name, by the beginning of its name, or the {@code latest}. */
  static RunRecord find(Store store, String name) {
    Runs runs = store.runs();
    Runs.Listing listing = runs.listing();
    List<RunRecord> all = name.equals("latest") ? runs.list() : listing.runs();
    for (String damaged : listing.damaged().keySet()) {
      if (!name.isEmpty() && damaged.startsWith(name)) {
        return runs.read(damaged); // which says what is wrong with it
      }
    }
    if (all.isEmpty()) {
      throw Refusal.mistake(
          "there are no runs in " + store.name(),
          "start one with `plumb run SPEC`, or name another store with `--store DIR`");
    }
    if (name.equals("latest")) {
      return all.get(0);
    }
    List<RunRecord> matching = all.stream().filter(r -> r.id().startsWith(name)).toList();
    if (matching.size() == 1) {
      return matching.get(0);
    }
    for (RunRecord run : matching) {
      if (run.id().equals(name)) {
        return run;
      }
    }
    if (matching.isEmpty()) {
      throw Refusal.mistake(
          "there is no run `" + name + "` in " + store.name(),
          "`plumb runs` lists them; `--store DIR` names another store");
    }
    throw Refusal.mistake(
        "`" + name + "` is the beginning of " + matching.size() + " runs",
        "write one more digit: "
            + String.join(", ", matching.stream().map(RunRecord::id).toList()));
  }
}
