// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.report.ComparisonFixture;

class LimitsTest {

  private static final List<String> LIMITS =
      Limits.of(ComparisonFixture.artifact()).stream().map(l -> l.replace('\u00a0', ' ')).toList();

  @Test
  void howManyMarksChanceMakesIsASharePerMetric() {
    assertThat(LIMITS)
        .anySatisfy(
            limit ->
                assertThat(limit)
                    .endsWith(
                        "up to 5 % of metrics in which nothing differs carry a mark by chance."));
  }

  @Test
  void marksAreSaidToRestOnNormalDifferencesOfSeeds() {
    assertThat(LIMITS)
        .anySatisfy(
            limit ->
                assertThat(limit)
                    .contains("rest on the differences of seeds being normally distributed")
                    .contains(
                        "a sign-flip test over 3 seeds, which does not, cannot give a p below 0.250."));
  }
}
