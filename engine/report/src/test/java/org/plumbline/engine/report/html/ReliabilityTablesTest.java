// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.report.FeedbackTable;

class ReliabilityTablesTest {

  @Test
  void whoIsReliableAndWhoIsNotStandsThereWithTheirGroup() {
    FeedbackTable.Combined combined =
        new FeedbackTable.Combined(
            "dawid_skene",
            .912,
            .7,
            2,
            List.of(new FeedbackTable.Evaluator("careful-1", "careful", 120, .93, .9, .004)),
            List.of(new FeedbackTable.Evaluator("troll-2", "troll", 80, .08, null, null)),
            new FeedbackTable.Weighing(200, 170, Map.of("careful", 1.25)),
            40);

    String html = ReliabilityTables.of(List.of(table(combined))).toString();

    assertThat(html)
        .contains("careful-1", "<td>careful</td><td>120</td><td>93</td><td>90</td>")
        .contains("troll-2", "<td class=\"bad\">8</td><td>–</td>")
        .contains("became one by dawid_skene", "91.2", "70.0")
        .contains("A label weighs 1.25 of careful, as", "all 200 tell as much as 170 of equal")
        .contains("The filter leaves out 40 labels.");
  }

  @Test
  void votesThatAreOnlyCountedHaveASentenceAndNoTable() {
    FeedbackTable.Combined combined =
        new FeedbackTable.Combined("majority", null, null, 0, List.of(), List.of(), null, 0);

    String html = ReliabilityTables.of(List.of(table(combined))).toString();

    assertThat(html).contains("became one by majority.").doesNotContain("<table");
    assertThat(ReliabilityTables.of(List.of(table(null))).isEmpty()).isTrue();
  }

  private static FeedbackTable table(FeedbackTable.@Nullable Combined combined) {
    return new FeedbackTable(
        "prefs", null, List.of(), 9, 0, 0, List.of(), List.of(), null, combined, null);
  }
}
