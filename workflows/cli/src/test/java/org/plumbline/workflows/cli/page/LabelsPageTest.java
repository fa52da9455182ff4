// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.plan.KeyParts;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.Terminal;

class LabelsPageTest {
  @TempDir Path folder;

  @Test
  void aBudgetPaysForPairs() throws IOException {
    assertThat(shown(null)).contains("  budget      80.00, 0.50 left; 61 of 100 pairs");
  }

  @Test
  void aBudgetOfOtherKindsPaysForItems() throws IOException {
    assertThat(shown(new FeedbackSummary.Items("rankings", 61, 0, true, Map.of())))
        .contains("  budget      80.00, 0.50 left; 61 of 100 items");
  }

  private List<String> shown(FeedbackSummary.@Nullable Items items) throws IOException {
    FeedbackSummary.Budget budget = new FeedbackSummary.Budget(80, 79.5, 0.5, 100, 61);
    FeedbackSummary.Group group =
        new FeedbackSummary.Group("all", 3, 70, 3, null, null, null, 79.5);
    FeedbackSummary summary =
        new FeedbackSummary(
                70,
                61,
                79.5,
                3,
                0,
                0,
                0,
                null,
                null,
                null,
                List.of(group),
                null,
                Map.of(),
                null,
                null,
                null)
            .with(null, new FeedbackSummary.Terms(budget, null, Map.of(), null, null));
    (items == null ? summary : summary.with(items)).write(folder);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Objects.requireNonNull(LabelsPage.of(node(), folder))
        .show(new Console(out, out, new Terminal(false, false, 100, 24, true), Map.of()));
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static PlanNode node() {
    KeyParts parts = new KeyParts(1, "any", 1, Map.of(), Map.of(), Map.of(), 1, Map.of());
    return new PlanNode(
        "prefs@1",
        "prefs",
        "feedback",
        "prefs",
        "any",
        1,
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        1,
        "cpu",
        "key",
        parts,
        List.of());
  }
}
