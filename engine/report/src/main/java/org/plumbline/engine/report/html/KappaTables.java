// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.plumbline.engine.report.FeedbackTable;

/** How far those who labelled agree beyond chance, two by two and each with gold. */
final class KappaTables {
  private static final int OPEN = 8;

  private static final Map<String, String> SETTLED =
      Map.of(
          "groups", "groups",
          "people", "people",
          "group_and_gold", "group and gold",
          "person_and_gold", "person and gold");

  private KappaTables() {}

  /** One table for each set of labels in which two raters share enough. */
  static Html of(List<FeedbackTable> tables) {
    List<Html> out = new ArrayList<>();
    for (FeedbackTable table : tables) {
      if (!table.kappas().isEmpty()) {
        out.add(of(table));
      }
    }
    return Html.of("{}", out);
  }

  private static Html of(FeedbackTable table) {
    List<FeedbackTable.Kappa> all = table.kappas();
    int open = Math.min(all.size(), OPEN);
    Html first = table(table.name(), all.subList(0, open));
    return open == all.size()
        ? first
        : first.plus(
            Html.of(
                "<details><summary>κ of {} more</summary>{}</details>\n",
                TextFormat.count(all.size() - open, "pair of raters", "pairs of raters"),
                table(table.name(), all.subList(open, all.size()))));
  }

  private static Html table(String name, List<FeedbackTable.Kappa> kappas) {
    List<Html> rows = new ArrayList<>();
    for (FeedbackTable.Kappa kappa : kappas) {
      boolean against = kappa.value().value() < 0;
      rows.add(
          Html.of(
              "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td{}>{} <span"
                  + " class=\"range\">{}</span></td></tr>\n",
              kappa.one() + " with " + (kappa.other() == null ? "gold" : kappa.other()),
              SETTLED.getOrDefault(kappa.between(), kappa.between()),
              TextFormat.whole(kappa.items()),
              against ? new Html(" class=\"bad\"") : Html.NONE,
              TextFormat.number(kappa.value().value(), 2),
              TextFormat.range(kappa.value(), 1, 2)));
    }
    return Html.of(
        """
        <div class="scroll" tabindex="0" role="region" aria-label="Cohen’s κ in {}"><table class="plain-table"><caption>Cohen’s κ in {}, two by two</caption>\
        <thead><tr><th scope="col">who</th><th scope="col">between</th><th scope="col">items of both</th><th scope="col">κ</th></tr></thead><tbody>
        {}</tbody></table></div>
        """,
        name,
        name,
        rows);
  }
}
