// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.artifact.Evaluation;
import org.plumbline.engine.artifact.Evaluation.Answer;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.compare.ComparisonInput.RecipeResult;
import org.plumbline.engine.report.compare.ComparisonInput.SeedResult;
import org.plumbline.engine.report.html.HtmlReport;

class GroupsTest {

  @Test
  void groupsThatShareTheDeclaredValuesAreLeftOut() {
    Comparison comparison = Compare.of(valued(0));

    assertThat(comparison.metric("win_rate")).isNotNull();
    assertThat(comparison.metric("worst_group")).isNull();
    assertThat(comparison.satisfaction()).isEmpty();
    assertThat(HtmlReport.render(comparison)).doesNotContain("Groups of evaluators");
  }

  @Test
  void oneThatValuesAnythingOtherwiseKeepsThemAll() {
    Comparison comparison = Compare.of(valued(.5));

    assertThat(comparison.metric("worst_group")).isNotNull();
    assertThat(comparison.satisfaction()).hasSize(2 * 6);
  }

  /** Two groups; the second values the length of an answer besides. */
  private static ComparisonInput valued(double length) {
    ComparisonInput full = InventedInput.full();
    List<RecipeResult> recipes = new ArrayList<>();
    for (RecipeResult result : full.recipes()) {
      List<SeedResult> seeds = new ArrayList<>();
      for (SeedResult seed : result.seeds()) {
        Evaluation e = seed.evaluation();
        List<Answer> answers = e.answers().stream().map(a -> valued(a, length)).toList();
        seeds.add(
            new SeedResult(
                seed.seed(),
                new Evaluation(e.operation(), e.klBound(), answers, e.curves()),
                seed.steps()));
      }
      recipes.add(new RecipeResult(result.recipe(), seeds));
    }
    return new ComparisonInput(
        full.experiment(),
        full.reference(),
        recipes,
        full.seeds(),
        full.settings(),
        full.feedback(),
        full.rewards(),
        full.monitors(),
        full.trigger(),
        full.samples(),
        full.margin(),
        full.dependent());
  }

  private static Answer valued(Answer a, double length) {
    Double gold = a.gold();
    if (gold == null) {
      throw new IllegalStateException("no gold reward");
    }
    SortedMap<String, Double> groups = new TreeMap<>();
    groups.put("careful", gold);
    groups.put("hurried", gold - length * a.words());
    return new Answer(
        a.index(),
        a.prompt(),
        a.set(),
        a.text(),
        a.tokens(),
        a.words(),
        a.finished(),
        gold,
        a.features(),
        groups,
        a.score(),
        a.spread(),
        a.kl(),
        a.klBound(),
        a.logRatio(),
        a.entropy());
  }
}
