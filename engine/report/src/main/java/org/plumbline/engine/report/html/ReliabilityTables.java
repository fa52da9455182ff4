// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.FeedbackTable;

/** How several labels of a pair became one, and who seemed the most and the least reliable. */
final class ReliabilityTables {
  private static final String RELIABILITY =
      "Reliability: the estimated share of right labels, from whom each evaluator agrees with. Of two"
          + " answers a coin has 50"
          + TextFormat.THIN
          + "%, and less is against the truth; among k classes who guesses has a k-th. ";

  private ReliabilityTables() {}

  /** One table for each set of labels that was combined in a way that is said. */
  static Html of(List<FeedbackTable> tables) {
    List<Html> out = new ArrayList<>();
    for (FeedbackTable table : tables) {
      if (table.combined() != null) {
        out.add(of(table.name(), table.combined()));
      }
    }
    return Html.of("{}", out);
  }

  private static Html of(String name, FeedbackTable.Combined combined) {
    Html lead = Html.of("<p class=\"note\">{}</p>\n", said(name, combined));
    if (combined.evaluators() == 0) {
      return lead;
    }
    boolean estimated = combined.most().get(0).reliability() != null;
    return Html.of(
        """
        <div class="scroll" tabindex="0" role="region" aria-label="How reliable evaluators of {} are"><table class="plain-table"><caption>{}, {}</caption>\
        <thead><tr><th scope="col">evaluator</th><th scope="col">group</th><th scope="col">labels</th><th scope="col">reliability</th>\
        <th scope="col">agrees with gold</th><th scope="col">influence</th></tr></thead>
        {}{}</table></div>
        {}<p class="note">{}Influence: by how many percentage points the foreseen label of a pair moves on average if the evaluator is left out.</p>
        """,
        name,
        estimated ? "Reliability" : "Influence",
        name,
        body(estimated ? "Most reliable" : "Most influential", combined.most()),
        combined.least().isEmpty()
            ? Html.NONE
            : body(estimated ? "Least reliable" : "Least influential", combined.least()),
        lead,
        estimated ? RELIABILITY : "");
  }

  private static String said(String name, FeedbackTable.Combined combined) {
    return decided(name, combined) + weighed(combined.weighing()) + leftOut(combined.leftOut());
  }

  private static String weighed(FeedbackTable.@Nullable Weighing weighing) {
    if (weighing == null) {
      return "";
    }
    List<String> each = new ArrayList<>();
    weighing
        .groups()
        .forEach((group, weight) -> each.add(TextFormat.number(weight, 2) + " of " + group));
    return " A label weighs "
        + TextFormat.list(each)
        + ", as their groups should count; all "
        + TextFormat.whole(weighing.labels())
        + " tell as much as "
        + TextFormat.whole(weighing.effective())
        + " of equal weight.";
  }

  private static String leftOut(int labels) {
    return labels == 0
        ? ""
        : " The filter leaves out " + TextFormat.count(labels, "label", "labels") + ".";
  }

  private static String decided(String name, FeedbackTable.Combined combined) {
    String by = "The labels of each pair in " + name + " became one by " + combined.by() + ".";
    if (combined.agreeWithGold() == null || combined.votesAgreeWithGold() == null) {
      return by;
    }
    return by
        + " That decides "
        + percent(combined.agreeWithGold())
        + " of the pairs as gold does; what most labels say, "
        + percent(combined.votesAgreeWithGold())
        + ".";
  }

  private static String percent(double share) {
    return TextFormat.percent(share, 1) + TextFormat.THIN + "%";
  }

  private static Html body(String title, List<FeedbackTable.Evaluator> people) {
    List<Html> rows = new ArrayList<>();
    for (FeedbackTable.Evaluator person : people) {
      Double reliability = person.reliability();
      boolean against = reliability != null && reliability < .5;
      rows.add(
          Html.of(
              "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td{}>{}</td><td>{}</td><td>{}</td></tr>\n",
              person.evaluator(),
              person.group(),
              TextFormat.whole(person.labels()),
              against ? new Html(" class=\"bad\"") : Html.NONE,
              TextFormat.percent(reliability, 0),
              TextFormat.percent(person.agreeWithGold(), 0),
              TextFormat.percent(person.influence(), 2)));
    }
    return Html.of(
        "<tbody><tr class=\"group\"><th scope=\"rowgroup\" colspan=\"6\">{}</th></tr>\n{}</tbody>\n",
        title,
        rows);
  }
}
