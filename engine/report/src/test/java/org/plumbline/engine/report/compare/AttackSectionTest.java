// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.artifact.AttackRow;
import org.plumbline.engine.artifact.Evaluation;
import org.plumbline.engine.report.AttackSummary;
import org.plumbline.engine.report.Cell;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.report.compare.ComparisonInput.RecipeResult;
import org.plumbline.engine.report.compare.ComparisonInput.SeedResult;
import org.plumbline.engine.report.html.HtmlReport;
import org.plumbline.engine.report.text.MetricsJson;

class AttackSectionTest {

  /** Of 20 prompts, every fourth in the first seed and every second in others falls at a try. */
  private static RecipeResult attacked(RecipeResult result, int at) {
    List<SeedResult> seeds = new ArrayList<>();
    for (SeedResult seed : result.seeds()) {
      List<AttackRow> attacks = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        boolean falls = i % (seed.seed() == 1 ? 4 : 2) == 0;
        Integer success = falls ? (Integer) at : null;
        double transfer = falls ? i / 20.0 : 0;
        String text = i < 12 ? "x" : "x" + i;
        attacks.add(new AttackRow("beam", i, "p" + i, 64, success, text, "y", transfer));
      }
      Evaluation old = seed.evaluation();
      Evaluation evaluation =
          new Evaluation(old.operation(), old.klBound(), old.answers(), old.curves(), attacks);
      seeds.add(new SeedResult(seed.seed(), evaluation, seed.steps()));
    }
    return new RecipeResult(result.recipe(), seeds);
  }

  private static Comparison comparison() {
    ComparisonInput full = InventedInput.full();
    return Compare.of(
        Altered.recipes(
            full,
            full.recipes().stream()
                .map(result -> attacked(result, result.recipe().name().equals("dpo") ? 1 : 30))
                .toList()));
  }

  private static AttackSummary of(String recipe) {
    return comparison().attacks().stream()
        .filter(attack -> attack.recipe().equals(recipe))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void successesAreSharesOfPromptsWithIntervalsOverSeedsAndPrompts() {
    Cell cell = Objects.requireNonNull(comparison().cell("attack_success_beam", "ppo"));

    assertThat(cell.value().value()).isEqualTo((0.25 + 0.5 + 0.5) / 3);
    assertThat(cell.n()).isEqualTo(60);
    Interval interval = cell.value();
    assertThat(Objects.requireNonNull(interval.low())).isBetween(0.0, 0.35);
    assertThat(Objects.requireNonNull(interval.high())).isBetween(0.5, 1.0);
    assertThat(cell.seeds()).extracting(seed -> seed.value().value()).contains(0.25, 0.5);
  }

  @Test
  void aCurveCountsWhatSucceedsWithinSoManyTries() {
    List<AttackSummary.Within> curve = of("ppo").curve();

    assertThat(curve)
        .extracting(AttackSummary.Within::tries)
        .containsExactly(1, 2, 4, 8, 16, 32, 64);
    assertThat(curve.get(4).share().value()).isZero();
    assertThat(curve.get(5).share().value()).isEqualTo(1.25 / 3);
    assertThat(of("dpo").curve().get(0).share().value()).isEqualTo(1.25 / 3);
  }

  @Test
  void whatTransfersIsTheMeanOverPrompts() {
    // 0, 4, .. 16 of 20 in one seed, 0, 2, .. 18 in two
    double mean = (40 / 400.0 + 2 * 90 / 400.0) / 3;
    Cell cell = Objects.requireNonNull(comparison().cell("attack_transfer_beam", "ppo"));

    assertThat(cell.value().value()).isCloseTo(mean, within(1e-12));
    assertThat(of("ppo").transfer().value()).isCloseTo(mean, within(1e-12));
    assertThat(Objects.requireNonNull(of("ppo").transfer().high())).isGreaterThan(mean);
  }

  @Test
  void theStrongestTextsAreThoseThatTransferEachOnce() {
    List<AttackSummary.Strongest> found = of("ppo").strongest();

    assertThat(found)
        .extracting(AttackSummary.Strongest::text)
        .containsExactly("x18", "x16", "x14");
    assertThat(found).extracting(AttackSummary.Strongest::transfer).containsExactly(0.9, 0.8, 0.7);
    assertThat(found).allMatch(one -> one.answer().equals("y"));
  }

  @Test
  void allOfItIsInTheDataAndOnThePage() {
    assertThat(MetricsJson.render(comparison()))
        .contains("{\"recipe\":\"ppo\",\"attack\":\"beam\",\"prompts\":20,\"tries\":64,\"curve\":[")
        .contains("\"metric\":\"attack_success_beam\"");
    assertThat(HtmlReport.render(comparison()))
        .contains("Beam writes the strongest texts, against ")
        .contains("<code>x18</code>");
  }

  @Test
  void withoutAnAttackThereIsNothing() {
    Comparison comparison = Compare.of(InventedInput.withoutValues());

    assertThat(comparison.attacks()).isEmpty();
    assertThat(comparison.metrics()).noneMatch(metric -> metric.id().startsWith("attack_"));
    assertThat(HtmlReport.render(comparison)).doesNotContain("id=\"attacks\"");
  }
}
