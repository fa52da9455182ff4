// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.plumbline.dsl.spec.SpecResult;
import org.plumbline.dsl.spec.Specs;
import org.plumbline.engine.plan.FileRef;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.plan.Planner;

/** The planner knows no kind by name, so that everything which can be said can be planned. */
class EverythingPlanTest {

  @Test
  void everythingThatCanBeSaidCanBePlanned() {
    SpecResult spec =
        Specs.read(
            Path.of("../../examples/vocabulary/everything.plumb.yaml"), List.of(), Path.of(""));
    Planner planner =
        new Planner(
            operation -> 0,
            Map.of("engine", "none"),
            file -> new FileRef(file.written(), "/" + file.written(), "0"));

    Plan plan = planner.plan(spec.experiment().orElseThrow(), spec.recipes(), "digest");

    Set<String> operations =
        plan.nodes().stream().map(PlanNode::operation).collect(Collectors.toSet());
    assertThat(operations)
        .contains("huggingface", "grpo", "kto", "gdc", "process_reward", "step", "multi_objective")
        .contains("load", "evaluate", "critique_revision");
    // Both seeds of the nine recipes of the grid, and of two policies.
    assertThat(plan.nodes().stream().filter(n -> n.operation().equals("dpo")).count())
        .isEqualTo(2 * (9 + 2));
    assertThat(spec.notAvailable()).isNotEmpty();
  }
}
