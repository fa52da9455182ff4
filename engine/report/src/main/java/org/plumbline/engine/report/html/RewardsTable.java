// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.List;
import org.plumbline.engine.report.Cell;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.report.RewardModelSummary;

/** The reward models: how often each orders held-out answers as the evaluators did. */
final class RewardsTable {

  private static final String GOLD =
      " By their values: the share ordered as what the evaluators want, without what they err."
          + " Distance: to these values, 0 to 1, whatever the scale (EPIC).";

  private RewardsTable() {}

  /** Whether so much is known of the models that half a page is too narrow for it. */
  static boolean isWide(Page page) {
    return page.comparison().rewards().stream().anyMatch(model -> model.byGold() != null);
  }

  static Html of(Page page) {
    List<RewardModelSummary> models = page.comparison().rewards();
    if (models.isEmpty()) {
      return Html.NONE;
    }
    boolean gold = isWide(page);
    return Html.of(
        """
        <div class="scroll" tabindex="0" role="region" aria-label="Reward models"><table class="plain-table"><caption>Reward models: share of held-out answers ordered as the \
        evaluators ordered them</caption><thead><tr><th scope="col">reward model</th><th scope="col">accuracy, %</th>\
        <th scope="col">attainable, %</th>{}<th scope="col">responses</th><th scope="col">each seed</th><th scope="col" class="words">optimised by</th></tr></thead>
        <tbody>{}</tbody></table>
        <p class="note">50{}% is guessing. Evaluators disagree and err, so 100{}% cannot be reached; \
        attainable is what the best of all predictions would reach, where it is known how evaluators come to their votes.{}</p></div>
        """,
        gold
            ? Html.of("<th scope=\"col\">by their values, %</th><th scope=\"col\">distance</th>")
            : Html.NONE,
        models.stream().map(model -> row(model, gold)).toList(),
        TextFormat.THIN,
        TextFormat.THIN,
        gold ? Html.text(GOLD) : Html.NONE);
  }

  private static Html row(RewardModelSummary model, boolean gold) {
    List<String> seeds = new ArrayList<>();
    for (Cell.SeedValue seed : model.seeds()) {
      seeds.add(TextFormat.percent(seed.value().value(), 0));
    }
    return Html.of(
        "<tr><th scope=\"row\">{}</th><td>{} <span"
            + " class=\"range\">{}</span></td><td>{}</td>{}<td>{}</td><td>{}</td><td"
            + " class=\"words\">{}</td></tr>\n",
        model.name(),
        TextFormat.percent(model.accuracy().value(), 0),
        TextFormat.range(model.accuracy(), 100, 0),
        model.attainable() == null ? "–" : TextFormat.percent(model.attainable(), 0),
        gold
            ? Html.of(
                "<td>{}</td><td>{}</td>",
                model.byGold() == null ? "–" : TextFormat.percent(model.byGold(), 0),
                model.epic() == null ? "–" : TextFormat.number(model.epic(), 2))
            : Html.NONE,
        TextFormat.whole(model.n()),
        String.join(", ", seeds),
        model.recipes().isEmpty()
            ? "none; it only scores answers"
            : TextFormat.some(model.recipes()));
  }

  /** What is known of the reward models in a sentence; empty without any. */
  static String lead(Page page) {
    List<String> weak = new ArrayList<>();
    List<String> known = new ArrayList<>();
    for (RewardModelSummary model : page.comparison().rewards()) {
      Interval accuracy = model.accuracy();
      String said =
          model.name()
              + " orders "
              + TextFormat.percent(accuracy.value(), 0)
              + TextFormat.THIN
              + "% "
              + TextFormat.range(accuracy, 100, 0)
              + " of held-out answers as the evaluators did";
      (accuracy.above(.5) ? known : weak).add(said);
    }
    String out = known.isEmpty() ? "" : TextFormat.some(known) + ".";
    return weak.isEmpty()
        ? out
        : (out.isEmpty() ? "" : out + " ")
            + TextFormat.some(weak)
            + ": not shown to be better than guessing.";
  }
}
