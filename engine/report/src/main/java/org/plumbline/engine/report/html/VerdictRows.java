// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.List;
import org.plumbline.engine.report.Metric;
import org.plumbline.engine.report.MetricGroup;

/** The verdict table of many recipes: one row each, metrics side by side. */
final class VerdictRows {

  private final Page page;
  private final VerdictCells cells;
  private final List<Metric> metrics = new ArrayList<>();

  VerdictRows(Page page, VerdictCells cells) {
    this.page = page;
    this.cells = cells;
    for (MetricGroup group : MetricGroup.values()) {
      page.comparison().metrics().stream().filter(m -> m.group() == group).forEach(metrics::add);
    }
  }

  Html html() {
    List<Html> rows = new ArrayList<>();
    List<VerdictCells.Scales> scales = metrics.stream().map(cells::scales).toList();
    for (String recipe : page.recipes()) {
      List<Html> row = new ArrayList<>();
      for (int i = 0; i < metrics.size(); i++) {
        row.add(cells.cell(metrics.get(i), recipe, scales.get(i)));
      }
      rows.add(
          Html.of(
              "<tr role=\"row\" data-r=\"{}\">{}{}</tr>\n",
              page.look(recipe).index(),
              page.rowHead(recipe),
              row));
    }
    return Html.of(
        """
        <div class="scroll" tabindex="0" role="region" aria-label="Verdict table">
        <table class="verdict by-recipe" aria-describedby="how-verdict"><caption class="unseen">Every metric of every recipe</caption>
        <thead><tr class="groups"><th scope="col"><span class="unseen">Recipe</span></th>{}</tr>
        <tr><th scope="col" class="metric">Recipe</th>{}</tr></thead>
        <tbody>{}</tbody></table></div>
        """,
        groups(),
        metrics.stream().map(VerdictRows::head).toList(),
        rows);
  }

  private List<Html> groups() {
    List<Html> out = new ArrayList<>();
    for (MetricGroup group : MetricGroup.values()) {
      long width = metrics.stream().filter(m -> m.group() == group).count();
      if (width > 0) {
        out.add(Html.of("<th scope=\"colgroup\" colspan=\"{}\">{}</th>", width, group.title()));
      }
    }
    return out;
  }

  private static Html head(Metric metric) {
    return Html.of(
        "<th scope=\"col\" id=\"m-{}\" data-metric=\"{}\" data-better=\"{}\">{}</th>",
        metric.id(),
        metric.id(),
        metric.better().word(),
        VerdictSection.definition(metric));
  }
}
