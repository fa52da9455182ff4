// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.RunFacts;

/** What every number follows from, and how to make them again. */
final class ProvenanceSection {

  private ProvenanceSection() {}

  static @Nullable PageSection of(Page page) {
    RunFacts run = page.comparison().run();
    if (run == null) {
      return null;
    }
    int seeds = page.comparison().seeds().size();
    String lead =
        "Every number on this page follows from the specification, the data it names and "
            + TextFormat.count(seeds, "seed", "seeds")
            + interrupted(run.interruptions());
    List<Html> facts =
        run.facts().stream()
            .map(f -> Html.of("<div><dt>{}</dt><dd>{}</dd></div>\n", f.name(), f.value()))
            .toList();
    Html body =
        Html.of(
            """
            <div class="two provenance"><dl class="defs facts-list">{}</dl>{}</div>
            {}""",
            facts,
            commands(run),
            specification(run));
    return new PageSection("provenance", "Provenance", "Provenance", Html.text(lead), body);
  }

  private static String interrupted(int times) {
    return times == 0
        ? "."
        : "; the run was interrupted " + (times == 1 ? "once" : times + " times") + " and went on.";
  }

  private static Html commands(RunFacts run) {
    if (run.commands().isEmpty()) {
      return Html.NONE;
    }
    int longest = run.commands().stream().mapToInt(c -> c.command().length()).max().orElse(0);
    List<String> lines = new ArrayList<>();
    for (RunFacts.Command c : run.commands()) {
      String space = " ".repeat(longest - c.command().length() + 3);
      lines.add(c.command() + (c.does().isEmpty() ? "" : space + "# " + c.does()));
    }
    return Html.of(
        """
        <div><h3 id="reproduce">To reproduce{}</h3><pre class="commands" tabindex="0" role="region" aria-label="Commands">{}</pre></div>
        """,
        PageSection.mark("reproduce", "To reproduce"),
        String.join("\n", lines));
  }

  private static Html specification(RunFacts run) {
    if (run.specText().isEmpty()) {
      return Html.NONE;
    }
    return Html.of(
        """
        <details><summary>The specification {}, {}</summary>\
        <pre class="spec" tabindex="0" role="region" aria-label="Specification">{}</pre></details>
        """,
        run.specFile(),
        TextFormat.count(run.specText().lines().count(), "line", "lines"),
        run.specText());
  }
}
