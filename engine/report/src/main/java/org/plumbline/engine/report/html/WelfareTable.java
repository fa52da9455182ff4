// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.GroupWelfare;
import org.plumbline.engine.report.Interval;

/** How well all groups of evaluators together fare with each recipe. */
final class WelfareTable {
  private WelfareTable() {}

  static Html of(Page page) {
    List<Html> rows = new ArrayList<>();
    for (GroupWelfare welfare : page.comparison().welfare()) {
      rows.add(
          Html.of(
              "<tr class=\"{}\" data-r=\"{}\">{}{}{}{}{}{}{}</tr>\n",
              page.look(welfare.recipe()).css(),
              page.look(welfare.recipe()).index(),
              page.rowHead(welfare.recipe()),
              cell(welfare.mean(), 100, 0),
              cell(welfare.min(), 100, 0),
              cell(welfare.nash(), 100, 0),
              cell(welfare.gap(), 100, 0),
              cell(welfare.gini(), 1, 2),
              cell(welfare.atkinson(), 1, 2)));
    }
    if (rows.isEmpty()) {
      return Html.NONE;
    }
    Html table =
        Html.of(
            """
        <div class="scroll" tabindex="0" role="region" aria-label="All groups together"><table class="plain-table welfare"><caption>All groups together, from \
        these shares</caption><thead><tr><th scope="col">recipe</th><th scope="col">mean, %</th><th scope="col">worst, %</th><th scope="col">Nash, %</th>\
        <th scope="col">gap, points</th><th scope="col">Gini</th><th scope="col">Atkinson</th></tr></thead>
        <tbody>{}</tbody></table>
        <p class="note">Mean: weighted by the people of the groups. Worst: the group that gains least. Nash: the weighted geometric mean, which a group \
        that loses all brings to 0. Gap: the best less the worst group. Gini: 0 if all gain alike, up to 1. Atkinson: the share of the mean \
        that could be given up for equality. A recipe as good as the reference for all has 50, 50, 50, 0, 0 and 0.</p></div>
        """,
            rows);
    return page.many()
        ? Html.of("<details><summary>All groups together</summary>{}</details>\n", table)
        : table;
  }

  private static Html cell(@Nullable Interval value, int factor, int decimals) {
    return value == null
        ? Html.of("<td>–</td>")
        : Html.of(
            "<td>{}<span class=\"range\">{}</span></td>",
            TextFormat.number(value.value() * factor, decimals),
            TextFormat.range(value, factor, decimals));
  }
}
