// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.page;

import java.util.ArrayList;
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
 * @param tries texts that attacks put behind prompts, each of which is answered
 * @param seconds that the same nodes took in an earlier run; null if none of them has run
 * @param timed of how many nodes the time is known
 * @param nodes how many run
 */
public record PlanEstimate(
    long labels, long steps, long tries, @Nullable Double seconds, int timed, int nodes) {

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
    long tries = 0;
    double seconds = 0;
    int timed = 0;
    int nodes = 0;
    for (Decisions.Choice choice : choices) {
      if (choice.runs()) {
        nodes++;
        labels += demand.of(choice.node());
        steps += choice.node().steps();
        tries += tries(choice.node());
        Double known = times == null ? null : times.of(choice.node());
        if (known != null) {
          timed++;
          seconds += known;
        }
      }
    }
    return new PlanEstimate(labels, steps, tries, timed == 0 ? null : seconds, timed, nodes);
  }

  /** How many texts an attack tries, all prompts together, if there are so many prompts. */
  static long tries(PlanNode node) {
    return node.operation().equals("red_team")
            && node.settings().get("first") instanceof Long prompts
            && node.settings().get("tries") instanceof Long each
        ? prompts * each
        : 0;
  }

  /** {@code 2000 labels, 4100 steps, 512 tries}; empty if there is none of them. */
  String work() {
    List<String> parts = new ArrayList<>();
    add(parts, labels, "label", "labels");
    add(parts, steps, "step", "steps");
    add(parts, tries, "try", "tries");
    return String.join(", ", parts);
  }

  private static void add(List<String> parts, long count, String one, String many) {
    if (count > 0) {
      parts.add(count + " " + (count == 1 ? one : many));
    }
  }
}
