// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.GroupWelfare;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.report.Satisfaction;
import org.plumbline.engine.statistics.Domain;
import org.plumbline.engine.statistics.Welfare;

class WelfareSectionTest {
  private static final Comparison FULL = Compare.of(InventedInput.full());

  @Test
  void theWelfareOfEachRecipeIsThatOfTheSharesOfItsGroups() {
    Map<String, double[]> rates = new LinkedHashMap<>();
    for (Satisfaction satisfaction : FULL.satisfaction()) {
      double[] own = rates.computeIfAbsent(satisfaction.recipe(), recipe -> new double[3]);
      int group = List.of("careful", "hurried", "thorough").indexOf(satisfaction.group());
      own[group] = satisfaction.winRate().value();
    }

    assertThat(FULL.welfare()).hasSize(6);
    for (GroupWelfare welfare : FULL.welfare()) {
      // No feedback has all three groups: each counts alike.
      Welfare expected =
          Welfare.of(
              Objects.requireNonNull(rates.get(welfare.recipe())),
              new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0});
      assertThat(welfare.mean().value()).isCloseTo(expected.mean(), within(1e-9));
      assertThat(welfare.min().value()).isCloseTo(expected.min(), within(1e-9));
      assertThat(welfare.gap().value()).isCloseTo(expected.gap(), within(1e-9));
      Interval nash = Objects.requireNonNull(welfare.nash());
      assertThat(nash.value()).isCloseTo(Objects.requireNonNull(expected.nash()), within(1e-9));
      assertThat(nash.low()).isLessThan(nash.value());
      assertThat(nash.high()).isGreaterThan(nash.value());
      Interval gini = Objects.requireNonNull(welfare.gini());
      assertThat(gini.value()).isCloseTo(Objects.requireNonNull(expected.gini()), within(1e-9));
    }
  }

  @Test
  void theIntervalOfTheMeanIsThatOfAllGroupsTogether() {
    ComparisonInput input = InventedInput.full();
    AnswerMetrics answers = new AnswerMetrics(input, new Tables(input));
    double[][] one = answers.wins("ppo", "careful");
    double[][] mean = new double[one.length][one[0].length];
    for (String group : List.of("careful", "hurried", "thorough")) {
      double[][] wins = answers.wins("ppo", group);
      for (int s = 0; s < mean.length; s++) {
        for (int p = 0; p < mean[s].length; p++) {
          mean[s][p] += wins[s][p] / 3;
        }
      }
    }
    Interval expected = Measure.mean(mean).interval(Domain.SHARE);

    Interval said =
        FULL.welfare().stream()
            .filter(welfare -> welfare.recipe().equals("ppo"))
            .findFirst()
            .orElseThrow()
            .mean();

    assertThat(said.value()).isCloseTo(expected.value(), within(1e-9));
    assertThat(said.low()).isCloseTo(Objects.requireNonNull(expected.low()), within(1e-6));
    assertThat(said.high()).isCloseTo(Objects.requireNonNull(expected.high()), within(1e-6));
  }

  @Test
  void groupsCountByTheirPeopleWhereAllOfThemGaveFeedback() {
    List<ComparisonInput.FeedbackResult> feedback = InventedInput.full().feedback();

    assertThat(WelfareSection.shares(feedback, List.of("careful", "hurried")))
        .containsExactly(12 / 18.0, 6 / 18.0);
    assertThat(WelfareSection.shares(feedback, List.of("careful", "nobody")))
        .containsExactly(.5, .5);
  }
}
