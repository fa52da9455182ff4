// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.artifact.Evaluation;
import org.plumbline.engine.artifact.Evaluation.Answer;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.compare.ComparisonInput.RecipeResult;
import org.plumbline.engine.report.compare.ComparisonInput.SeedResult;
import org.plumbline.engine.report.html.HtmlReport;
import org.plumbline.engine.report.text.Limits;

class RepeatedPromptsTest {

  @Test
  void promptsThatRepeatAreSaidToMakeIntervalsTooNarrow() {
    Comparison comparison = Compare.of(asked(5));
    int prompts = comparison.prompts();

    assertThat(comparison.distinct()).isEqualTo(5);
    assertThat(Limits.of(comparison))
        .anyMatch(limit -> limit.startsWith("Only 5 of the " + prompts + " prompts differ."));
    assertThat(HtmlReport.render(comparison)).contains("held-out prompts (5 different)");
  }

  @Test
  void whereAllDifferNothingIsSaid() {
    Comparison comparison = Compare.of(asked(Integer.MAX_VALUE));

    assertThat(comparison.distinct()).isEqualTo(comparison.prompts());
    assertThat(Limits.of(comparison)).noneMatch(limit -> limit.startsWith("Only "));
  }

  private static ComparisonInput asked(int different) {
    ComparisonInput full = InventedInput.full();
    List<RecipeResult> recipes = new ArrayList<>();
    for (RecipeResult result : full.recipes()) {
      List<SeedResult> seeds = new ArrayList<>();
      for (SeedResult seed : result.seeds()) {
        Evaluation e = seed.evaluation();
        List<Answer> answers = e.answers().stream().map(a -> asked(a, different)).toList();
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

  private static Answer asked(Answer a, int different) {
    return new Answer(
        a.index(),
        "question " + a.index() % different,
        a.set(),
        a.text(),
        a.tokens(),
        a.words(),
        a.finished(),
        a.gold(),
        a.features(),
        a.groups(),
        a.score(),
        a.spread(),
        a.kl(),
        a.klBound(),
        a.logRatio(),
        a.entropy());
  }
}
