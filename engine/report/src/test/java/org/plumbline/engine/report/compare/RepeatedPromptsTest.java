// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.plumbline.engine.report.Comparison;
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
    return Altered.answers(
        InventedInput.full(),
        a -> Altered.answer(a, draft -> draft.prompt = "question " + a.index() % different));
  }
}
