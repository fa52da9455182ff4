// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.PlanSummary;
import org.plumbline.engine.report.RunFacts;

/** What policies were to keep below a limit while they learned: the cost, the limit, the weight. */
final class ConstraintsSection {
  private ConstraintsSection() {}

  static @Nullable PageSection of(Page page) {
    RunFacts run = page.comparison().run();
    if (run == null || run.plan().constraints().isEmpty()) {
      return null;
    }
    List<PlanSummary.Constraint> all = run.plan().constraints();
    long broken = all.stream().filter(c -> c.held() < c.costs().size()).count();
    return new PageSection(
        "constraints",
        "Constraints",
        "Constraints",
        Html.text(
            broken == 0
                ? "All costs are within their limits at the end."
                : TextFormat.count(broken, "constraint", "constraints")
                    + " of "
                    + TextFormat.whole(all.size())
                    + TextFormat.plural(broken, " does", " do")
                    + " not hold in every seed."),
        table(all));
  }

  private static Html table(List<PlanSummary.Constraint> all) {
    List<Html> rows = new ArrayList<>();
    for (PlanSummary.Constraint c : all) {
      boolean holds = c.held() == c.costs().size();
      rows.add(
          Html.of(
              "<tr><th scope=\"row\">{}</th><td class=\"words\">{}</td><td{}>{}{}</td><td>{}</td>"
                  + "<td>{}</td><td>{} of {}</td></tr>\n",
              c.node(),
              c.name(),
              holds ? Html.NONE : new Html(" class=\"bad\""),
              TextFormat.number(mean(c.costs()), 3),
              range(c.costs()),
              TextFormat.number(c.atMost(), 3),
              TextFormat.number(mean(c.multipliers()), 2),
              TextFormat.whole(c.held()),
              TextFormat.whole(c.costs().size())));
    }
    return Html.of(
        """
        <div class="scroll" tabindex="0" role="region" aria-label="Constraints"><table class="plain-table"><caption class="unseen">Constraints</caption>\
        <thead><tr><th scope="col">policy</th><th scope="col" class="words">constraint</th><th scope="col">cost</th><th scope="col">limit</th>\
        <th scope="col">multiplier</th><th scope="col">holds in seeds</th></tr></thead>
        <tbody>{}</tbody></table></div>
        <p class="note">Cost: the mean over the answers of the last update, as a mean over the seeds with their range. The multiplier is what the cost \
        weighs against the reward at the end; it grows while the cost is above its limit.</p>
        """,
        rows);
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(value -> value).average().orElse(Double.NaN);
  }

  private static Html range(List<Double> values) {
    return values.size() < 2
        ? Html.NONE
        : Html.of(
            " <span class=\"range\">{} to {}</span>",
            TextFormat.number(Collections.min(values), 3),
            TextFormat.number(Collections.max(values), 3));
  }
}
