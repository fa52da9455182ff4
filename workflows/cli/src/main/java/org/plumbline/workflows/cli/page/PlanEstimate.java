// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.page;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.plan.Decisions;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.record.NodeOutcome;
import org.plumbline.engine.store.record.RunRecord;

/**
 * What the nodes that run will cost, as far as it is known beforehand.
 *
 * @param labels that people or judges give
 * @param steps of training
 * @param seconds that the same nodes took in an earlier run; null if none of them has run
 * @param timed of how many nodes the time is known
 * @param nodes how many run
 */
public record PlanEstimate(
    long labels, long steps, @Nullable Double seconds, int timed, int nodes) {

  /** Seconds of nodes in an earlier run, by id and by name. */
  public record Times(String run, Map<String, Double> byId, Map<String, Double> byName) {

    public static Times of(Store store, RunRecord run) {
      Map<String, Double> byId = new HashMap<>();
      Map<String, Double> byName = new HashMap<>();
      Map<String, NodeOutcome> outcomes = store.runs().outcomes(run.id());
      Optional<Plan> plan = store.runs().planIfWhole(run.id());
      for (PlanNode node : plan.map(Plan::nodes).orElse(List.of())) {
        NodeOutcome outcome = outcomes.get(node.id());
        if (outcome != null && outcome.artifact() != null) {
          byId.put(node.id(), outcome.seconds());
          byName.put(node.name(), outcome.seconds());
        }
      }
      return new Times(run.id(), byId, byName);
    }

    @Nullable Double of(PlanNode node) {
      Double exact = byId.get(node.id());
      return exact == null ? byName.get(node.name()) : exact;
    }
  }

  /** The cost of those of these nodes that run. */
  static PlanEstimate of(
      List<Decisions.Choice> choices, LabelDemand demand, @Nullable Times times) {
    long labels = 0;
    long steps = 0;
    double seconds = 0;
    int timed = 0;
    int nodes = 0;
    for (Decisions.Choice choice : choices) {
      if (choice.runs()) {
        nodes++;
        labels += demand.of(choice.node());
        steps += choice.node().steps();
        Double known = times == null ? null : times.of(choice.node());
        if (known != null) {
          timed++;
          seconds += known;
        }
      }
    }
    return new PlanEstimate(labels, steps, timed == 0 ? null : seconds, timed, nodes);
  }

  /** {@code 2000 labels, 4100 steps}; empty if there is neither. */
  String work() {
    String given = labels == 0 ? "" : Phrase.count(labels, "label");
    String trained = steps == 0 ? "" : Phrase.count(steps, "step");
    return given.isEmpty() || trained.isEmpty() ? given + trained : given + ", " + trained;
  }
}
