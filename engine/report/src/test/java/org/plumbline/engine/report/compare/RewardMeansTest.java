// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.artifact.RewardMeasures;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.report.RewardModelSummary;
import org.plumbline.engine.report.RewardModelSummary.Calibration;
import org.plumbline.engine.report.RewardModelSummary.Gold;
import org.plumbline.engine.report.compare.ComparisonInput.RewardResult;
import org.plumbline.engine.report.html.HtmlReport;
import org.plumbline.engine.report.text.MetricsJson;
import org.plumbline.engine.report.text.Signs;
import org.plumbline.engine.report.text.TerminalTable;

class RewardMeansTest {
  private static final List<RewardMeasures> SEEDS =
      List.of(InventedMeasures.of(.7, 1), InventedMeasures.of(.7, 2), InventedMeasures.of(.7, 3));

  @Test
  void theCurveOfAllSeedsHoldsAllPredictionsAndTheErrorIsTheMean() {
    Calibration all = Objects.requireNonNull(RewardMeans.calibration(SEEDS));

    assertThat(all.n()).isEqualTo(1200);
    assertThat(all.curve().stream().mapToInt(RewardModelSummary.Point::n).sum()).isEqualTo(1200);
    assertThat(all.curve()).hasSize(10);
    assertThat(all.ece().value()).isCloseTo(.054, within(1e-12));
    assertThat(all.ece().low()).isLessThan(.054);
  }

  @Test
  void whatEverySeedHasIsTheMeanOverThemWithAnInterval() {
    Gold gold = Objects.requireNonNull(RewardMeans.gold(SEEDS));
    Interval accuracy = Objects.requireNonNull(gold.accuracy());

    assertThat(accuracy.value()).isCloseTo(.75, within(1e-12));
    assertThat(accuracy.low()).isLessThan(.75);
    assertThat(gold.prompts()).isEqualTo(72);
    assertThat(gold.regret().value()).isCloseTo(gold.best() - gold.chosen(), within(1e-9));
    assertThat(gold.tricks()).extracting(RewardModelSummary.Trick::n).containsExactly(72, 66);
    assertThat(RewardMeans.gold(List.of(SEEDS.get(0), new RewardMeasures("any", null, 1, 1))))
        .isNull();
  }

  @Test
  void ofOneSeedWhatIsUncertainWithinItIsSaidAndNothingElse() {
    Gold gold = Objects.requireNonNull(RewardMeans.gold(SEEDS.subList(0, 1)));

    assertThat(Objects.requireNonNull(gold.epic()).low()).isNull();
    assertThat(Objects.requireNonNull(gold.accuracy()).low()).isNotNull();
  }

  @Test
  void aRewardWhoseFeedbackOrdersNothingIsMeasuredByWhatIsWanted() {
    ComparisonInput full = InventedInput.full();
    Comparison comparison =
        Compare.of(
            new ComparisonInput(
                full.experiment(),
                full.reference(),
                full.recipes(),
                full.seeds(),
                full.settings(),
                full.feedback(),
                List.of(new RewardResult("by-remarks", List.of("ppo"), List.of(), SEEDS, null)),
                full.monitors(),
                full.trigger(),
                full.samples(),
                full.margin(),
                full.dependent()));

    RewardModelSummary model = comparison.rewards().get(0);
    assertThat(model.accuracy()).isNull();
    assertThat(model.gold()).isNotNull();
    assertThat(comparison.metric("reward_accuracy")).isNull();
    assertThat(HtmlReport.render(comparison)).contains("by-remarks");
    assertThat(MetricsJson.render(comparison)).contains("\"reward\":\"by-remarks\"");
    assertThat(TerminalTable.render(comparison, Signs.UNICODE))
        .doesNotContain("Reward model by-remarks");
  }
}
