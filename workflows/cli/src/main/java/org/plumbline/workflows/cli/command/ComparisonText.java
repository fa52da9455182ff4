// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.io.IOException;
import java.util.Optional;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.RunFacts;
import org.plumbline.engine.report.text.Signs;
import org.plumbline.engine.report.text.TerminalTable;
import org.plumbline.engine.session.StoredComparison;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.Format;
import org.plumbline.workflows.cli.page.Phrase;

/** Says what a run found: the table and the sentence on stdout, and where the report is. */
final class ComparisonText {

  private final Console console;
  private final Plumb plumb;
  private final StoredComparison stored;

  ComparisonText(Plumb plumb, Store store, RunRecord record, Plan plan) {
    this.console = plumb.console();
    this.plumb = plumb;
    this.stored = new StoredComparison(store, record, plan);
  }

  /** Writes the report beside the run's data and says everything. */
  void tell(String head) throws IOException {
    Optional<String> page = stored.writePage();
    Optional<Comparison> comparison = stored.read();
    console.say("");
    if (console.format() == Format.JSON) {
      page.ifPresent(file -> console.say("report  " + plumb.shown(file)));
      return;
    }
    console.result(head);
    if (comparison.isPresent()) {
      Signs signs = console.terminal().unicode() ? Signs.UNICODE : Signs.ASCII;
      console.result("");
      console.result(TerminalTable.render(comparison.get(), signs).stripTrailing());
    }
    page.ifPresent(file -> console.say("report  " + plumb.shown(file)));
  }

  /**
   * Writes the report of what a run that did not finish has left, and says where it is and what is
   * missing; says nothing if that is not enough to compare.
   */
  void tellPart() throws IOException {
    Optional<StoredComparison.Part> written = stored.writePart();
    if (written.isEmpty()) {
      return;
    }
    StoredComparison.Part part = written.get();
    for (RunFacts.LeftOut out : part.leftOut()) {
      console.complain("  left out of the report:  " + out.what() + ": " + out.why());
    }
    console.complain(
        "  report of the other "
            + Phrase.count(part.recipes(), "recipe")
            + ":  "
            + plumb.shown(part.file()));
  }
}
