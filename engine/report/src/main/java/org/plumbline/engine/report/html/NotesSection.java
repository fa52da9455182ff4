// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.PlanSummary;
import org.plumbline.engine.report.RunFacts;

/** What stages said to whoever reads their results: what stopped early, did not hold, or cost. */
final class NotesSection {
  private NotesSection() {}

  static @Nullable PageSection of(Page page) {
    RunFacts run = page.comparison().run();
    if (run == null || run.plan().notes().isEmpty()) {
      return null;
    }
    List<PlanSummary.Note> notes = run.plan().notes();
    long nodes = notes.stream().map(PlanSummary.Note::node).distinct().count();
    return new PageSection(
        "notes",
        "What stages noted",
        "Notes",
        Html.text(
            TextFormat.count(notes.size(), "note", "notes")
                + " of "
                + TextFormat.count(nodes, "stage", "stages")
                + ": what the numbers alone do not say."),
        table(notes));
  }

  private static Html table(List<PlanSummary.Note> notes) {
    List<Html> rows = new ArrayList<>();
    for (PlanSummary.Note note : notes) {
      rows.add(
          Html.of(
              "<tr><th scope=\"row\">{}</th><td>{}</td><td class=\"words\">{}</td></tr>\n",
              note.node(),
              note.seeds().equals(List.of(0L))
                  ? ""
                  : TextFormat.list(note.seeds().stream().map(String::valueOf).toList()),
              note.text()));
    }
    return Html.of(
        """
        <div class="scroll" tabindex="0" role="region" aria-label="What stages noted"><table class="plain-table notes"><caption class="unseen">What stages \
        noted</caption><thead><tr><th scope="col">node</th><th scope="col">seeds</th><th scope="col" class="words">note</th></tr></thead>
        <tbody>{}</tbody></table></div>
        """,
        rows);
  }
}
