// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.ComparisonFixture;
import org.plumbline.engine.report.FeedbackTable;
import org.plumbline.engine.report.Satisfaction;

/** What the section says once where it holds of several. */
class LabelsSectionTest {

  @Test
  void groupsThatSeeAllRecipesAlikeHaveOneColumn() {
    Comparison full = ComparisonFixture.full();
    String group = full.satisfaction().get(0).group();
    List<Satisfaction> all = new ArrayList<>(full.satisfaction());
    for (Satisfaction s : full.satisfaction()) {
      if (s.group().equals(group)) {
        all.add(new Satisfaction(s.recipe(), "twins", s.winRate(), s.utility()));
      }
    }

    String once = HtmlReport.render(full);
    String twice = HtmlReport.render(with(full, full.feedback(), all));

    assertThat(once).contains("<th scope=\"col\">" + group + "</th>");
    assertThat(twice).contains("<th scope=\"col\">" + group + " and twins</th>");
    assertThat(twice.split("class=\"bar-cell\"", -1))
        .hasSameSizeAs(once.split("class=\"bar-cell\"", -1));
  }

  @Test
  void poisonIsOneSentenceHoweverManySetsHaveIt() {
    Comparison full = ComparisonFixture.full();
    List<FeedbackTable> tables = new ArrayList<>(full.feedback());
    for (FeedbackTable table : full.feedback()) {
      if (table.poisoned() != null) {
        tables.add(worse(table));
      }
    }

    String once = HtmlReport.render(full);
    String twice = HtmlReport.render(with(full, tables, full.satisfaction()));

    String after = " of those on the prompts that they are after.";
    assertThat(once)
        .contains(
            "In prefs, troll 6, 20.0\u202f% of all labels are poisoned, and 97\u202f%" + after);
    assertThat(twice)
        .contains(
            "In prefs, troll 6 and worse, 20.0 to 50.0\u202f% of all labels are poisoned, and 97 to"
                + " 99\u202f%"
                + after);
    assertThat(twice.split("labels are poisoned", -1)).hasSize(2);
  }

  @Test
  void foldsSayWhatTheyHold() {
    Comparison full = ComparisonFixture.full();
    FeedbackTable one = full.feedback().get(0);

    String page = HtmlReport.render(with(full, Collections.nCopies(6, one), full.satisfaction()));

    assertThat(page).contains("<summary>Who labelled the other 2 sets</summary>");
    assertThat(page).contains("<summary>Agreement in the other 2 sets</summary>");
  }

  @Test
  void constraintsShowTheCostAndTheLimit() {
    String page = HtmlReport.render(ComparisonFixture.full());

    assertThat(page)
        .contains("1 constraint of 1 does not hold in every seed.")
        .contains(
            "<td class=\"bad\">5.200 <span class=\"range\">4.500 to 6.200</span></td><td>5.000</td>")
        .contains("<td>1.30</td><td>2 of 3</td>");
  }

  private static FeedbackTable worse(FeedbackTable table) {
    return new FeedbackTable(
        "worse",
        table.kind(),
        table.recipes(),
        table.labels(),
        table.skipped(),
        table.cost(),
        table.groups(),
        table.agreement(),
        new FeedbackTable.Poisoned(.5, .99),
        table.combined(),
        table.terms());
  }

  private static Comparison with(
      Comparison full, List<FeedbackTable> feedback, List<Satisfaction> satisfaction) {
    return new Comparison(
        full.experiment(),
        full.reference(),
        full.recipes(),
        full.seeds(),
        full.prompts(),
        full.distinct(),
        full.decidedBy(),
        full.metrics(),
        full.settings(),
        full.drift(),
        full.curves(),
        full.samples(),
        feedback,
        full.rewards(),
        satisfaction,
        full.welfare(),
        full.winRates(),
        full.alarms(),
        full.trigger(),
        full.run());
  }
}
