// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.plumbline.dsl.spec.SpecResult;
import org.plumbline.dsl.spec.Specs;
import org.plumbline.engine.plan.FileRef;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.plan.Planner;
import org.plumbline.engine.session.planned.OutboundRequests;
import org.plumbline.engine.session.planned.PaidAnswers;
import org.plumbline.engine.store.record.NodeRecord;
import org.plumbline.engine.store.record.Provenance;

/** Records tell which nodes asked somebody outside, as their plan does. */
class PaidAnswersTest {

  @Test
  void recordsAndPlansAgreeAboutWhoAsks() {
    SpecResult spec =
        Specs.read(
            Path.of("../../examples/vocabulary/everything.plumb.yaml"), List.of(), Path.of(""));
    Plan plan =
        new Planner(
                operation -> 0,
                Map.of("engine", "none"),
                file -> new FileRef(file.written(), "/" + file.written(), "0"))
            .plan(spec.experiment().orElseThrow(), spec.recipes(), "digest");
    Provenance provenance = Provenance.here("0", Map.of());
    List<NodeRecord> records = new ArrayList<>();
    for (PlanNode node : plan.nodes()) {
      records.add(
          new NodeRecord(
              node.key(),
              node.id(),
              node.parts(),
              Map.of(),
              "00",
              1,
              null,
              1,
              null,
              "abcd",
              "x",
              "2026-01-01T00:00:00Z",
              List.of(),
              provenance));
    }
    Set<String> paid = PaidAnswers.of(records);

    Set<String> asking = OutboundRequests.of(plan).nodes();
    assertThat(asking).isNotEmpty();
    Set<String> kept =
        plan.nodes().stream()
            .filter(node -> paid.contains(node.key()))
            .map(PlanNode::name)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(kept).containsAll(asking);
    // Besides them only the judges that they read, without which they could not be told later.
    kept.removeAll(asking);
    Set<String> silent =
        plan.nodes().stream()
            .filter(node -> kept.contains(node.name()))
            .map(PlanNode::operation)
            .collect(Collectors.toSet());
    assertThat(silent)
        .isSubsetOf(
            "ai_judge",
            "best_of_n",
            "quantilizer",
            "rejection_sampling",
            "shield",
            "policy_mixture",
            "multi_objective");
    assertThat(paid.size()).isLessThan(records.size() / 2);
  }
}
