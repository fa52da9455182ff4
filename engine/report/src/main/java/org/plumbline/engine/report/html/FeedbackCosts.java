// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.engine.report.FeedbackTable;

/** What feedback of each kind costs. */
final class FeedbackCosts {
  private FeedbackCosts() {}

  static Html of(List<FeedbackTable> tables) {
    Map<String, List<FeedbackTable>> kinds = new LinkedHashMap<>();
    for (FeedbackTable table : tables) {
      String kind = table.kind() == null ? "comparisons" : table.kind().replace('_', ' ');
      kinds.computeIfAbsent(kind, k -> new ArrayList<>()).add(table);
    }
    double all = tables.stream().mapToDouble(FeedbackTable::cost).sum();
    if (kinds.size() < 2 || all == 0) {
      return Html.NONE;
    }
    List<Html> rows = new ArrayList<>();
    kinds.forEach(
        (kind, own) -> {
          int labels = own.stream().mapToInt(FeedbackTable::labels).sum();
          double cost = own.stream().mapToDouble(FeedbackTable::cost).sum();
          rows.add(
              Html.of(
                  "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                  kind,
                  TextFormat.whole(own.size()),
                  TextFormat.whole(labels),
                  TextFormat.number(cost, 2),
                  labels == 0 ? "–" : TextFormat.number(cost / labels, cost < labels ? 3 : 2)));
        });
    return Html.of(
        """
        <div class="scroll" tabindex="0" role="region" aria-label="What each kind of feedback costs"><table class="plain-table"><caption>What each kind of \
        feedback costs, per seed</caption><thead><tr><th scope="col">kind</th><th scope="col">sets</th><th scope="col">labels</th>\
        <th scope="col">price</th><th scope="col">price of a label</th></tr></thead>
        <tbody>{}</tbody></table></div>
        """,
        rows);
  }
}
