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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.artifact.RewardMeasures;
import org.plumbline.engine.artifact.RewardMeasures.Evaluator;
import org.plumbline.engine.artifact.RewardMeasures.Group;
import org.plumbline.engine.artifact.RewardMeasures.Learned;
import org.plumbline.engine.plan.KeyParts;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.Terminal;

class RewardPageTest {
  @TempDir Path folder;

  @Test
  void whatWasLearnedBesideTheScoresIsShown() throws IOException {
    Learned learned =
        new Learned(
            1.5,
            List.of(new Evaluator("kim", 40, .93)),
            .25,
            List.of(new Group(.625, List.of("a", "b", "c", "d", "e", "f", "g", "h", "i"))),
            Map.of("grades", .75));
    new RewardMeasures("any", null, 10, 256).with(learned).write(folder);

    RewardPage page = Objects.requireNonNull(RewardPage.of(node("rewards"), folder));

    assertThat(shown(page))
        .containsExactly(
            "  ties        1.50",
            "  context     0.25 of the variance is between answers (r²)",
            "  group       0.63 of the people: a, b, c, d, e, f, g, h and 1 more",
            "  rationality 0.75 in grades",
            "  evaluator   kim                reliability 0.93, labels 40");
    assertThat(page.plain()).containsKeys("ties", "evaluators", "hidden_context", "groups");
  }

  @Test
  void othersShowNothing() throws IOException {
    new RewardMeasures("bradley_terry", null, 10, 256).write(folder);

    assertThat(RewardPage.of(node("rewards"), folder)).isNull();
    assertThat(RewardPage.of(node("rewards"), null)).isNull();
    assertThat(RewardPage.of(node("policies"), folder)).isNull();
  }

  private static List<String> shown(RewardPage page) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    page.show(new Console(out, out, new Terminal(false, false, 100, 24, true), Map.of()));
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static PlanNode node(String section) {
    KeyParts parts = new KeyParts(1, "any", 1, Map.of(), Map.of(), Map.of(), 1, Map.of());
    return new PlanNode(
        section + ".rm@1",
        "rm",
        section,
        "rm",
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
