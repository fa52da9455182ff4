// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.report.Comparison;
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
    return Altered.answers(
        InventedInput.full(),
        a -> {
          double gold = Objects.requireNonNull(a.gold());
          SortedMap<String, Double> groups = new TreeMap<>();
          groups.put("careful", gold);
          groups.put("hurried", gold - length * a.words());
          return Altered.answer(a, draft -> draft.groups = groups);
        });
  }
}
