// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.plumbline.dsl.model.CompareSpec.Metric;
import org.plumbline.engine.artifact.Evaluation.Answer;
import org.plumbline.engine.report.Cell;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.compare.ComparisonInput.RecipeResult;
import org.plumbline.engine.report.compare.ComparisonInput.SeedResult;
import org.plumbline.engine.report.html.HtmlReport;
import org.plumbline.engine.report.text.MetricsJson;
import org.plumbline.engine.report.text.Signs;
import org.plumbline.engine.report.text.TerminalTable;

/** What was not asked for is not shown, and nothing that is shown needs it. */
class AskedTest {

  private static Comparison asked(Set<Metric> metrics) {
    return Compare.of(with(InventedInput.full(), new Asked(metrics)));
  }

  private static ComparisonInput with(ComparisonInput full, Asked asked) {
    return new ComparisonInput(
        full.experiment(),
        full.reference(),
        full.recipes(),
        full.seeds(),
        full.settings(),
        full.feedback(),
        full.rewards(),
        full.monitors(),
        full.trigger(),
        full.samples(),
        full.margin(),
        full.dependent(),
        asked);
  }

  private static Set<String> rows(Comparison comparison) {
    return comparison.metrics().stream()
        .map(org.plumbline.engine.report.Metric::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void anythingCanBeAskedForAlone(Metric metric) {
    Comparison comparison = asked(EnumSet.of(metric));
    Asked only = new Asked(EnumSet.of(metric));

    assertThat(rows(comparison)).allMatch(only::shows);
    assertThat(comparison.curves()).allMatch(curve -> only.shows(curve.id()));
    assertThat(HtmlReport.render(comparison)).contains("</html>");
    assertThat(TerminalTable.render(comparison, Signs.UNICODE)).isNotEmpty();
    assertThat(MetricsJson.render(comparison)).startsWith("{");
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void anythingCanBeLeftOut(Metric metric) {
    Comparison comparison = asked(EnumSet.complementOf(EnumSet.of(metric)));

    assertThat(rows(comparison)).noneMatch(new Asked(EnumSet.of(metric))::shows);
    assertThat(HtmlReport.render(comparison)).contains("</html>");
    assertThat(TerminalTable.render(comparison, Signs.UNICODE)).isNotEmpty();
  }

  @Test
  void everythingIsWhatIsShownIfNothingIsSaid() {
    assertThat(rows(asked(EnumSet.allOf(Metric.class))))
        .isEqualTo(rows(Compare.of(InventedInput.full())));
  }

  @Test
  void whoWinsIsWhatTheJudgeSays() {
    ComparisonInput full = InventedInput.full();
    List<RecipeResult> recipes = new ArrayList<>();
    for (RecipeResult result : full.recipes()) {
      boolean reference = result.recipe().name().equals(full.reference());
      List<SeedResult> seeds = new ArrayList<>();
      for (SeedResult seed : result.seeds()) {
        List<Answer> answers = new ArrayList<>();
        for (Answer answer : seed.evaluation().answers()) {
          double won = answer.index() % 4 == 0 ? 0 : 1;
          boolean asked = !reference && answer.set().equals("clean");
          answers.add(Altered.answer(answer, draft -> draft.judged = asked ? (Double) won : null));
        }
        seeds.add(Altered.answers(seed, answers));
      }
      recipes.add(new RecipeResult(result.recipe(), seeds));
    }

    Comparison comparison = Compare.of(Altered.recipes(full, recipes));

    assertThat(comparison.decidedBy()).isEqualTo("judge");
    assertThat(comparison.winRates()).isNull();
    Cell cell = Objects.requireNonNull(comparison.cell("win_rate", "dpo"));
    assertThat(cell.value().value()).isBetween(0.7, 0.8);
    assertThat(HtmlReport.render(comparison)).contains("judge’s verdict");
    assertThat(TerminalTable.render(comparison, Signs.UNICODE)).isNotEmpty();
  }
}
