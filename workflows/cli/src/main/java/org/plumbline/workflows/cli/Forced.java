package org.plumbline.workflows.cli;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.workflows.cli.console.Refusal;

/**
 * The nodes that are to be computed even if their results are there.
 *
 * @param names of nodes, with or without their seed; {@code all} stands for every node
 */
record Forced(List<String> names) implements Predicate<PlanNode> {

  /** The key under which a run keeps what was forced, so that resuming it does the same. */
  static final String KEPT_AS = "--force";

  Forced {
    names = List.copyOf(names);
  }

  /** The nodes with these names, each of which must be one of the plan. */
  static Forced of(List<String> names, Plan plan) {
    Forced forced = new Forced(names);
    for (String name : names) {
      if (!name.equals("all") && plan.nodes().stream().noneMatch(n -> forced.names(name, n))) {
        Set<String> known = plan.nodes().stream().map(PlanNode::name).collect(Collectors.toSet());
        throw Refusal.mistake(
            "`--force` names a node that the plan does not have: `" + name + "`",
            "nodes: " + known.stream().sorted().collect(Collectors.joining(", ")));
      }
    }
    return forced;
  }

  /** What was forced when a run was started. */
  static Forced kept(String text) {
    return new Forced(text.isEmpty() ? List.of() : List.of(text.split(" ")));
  }

  String text() {
    return String.join(" ", names);
  }

  private boolean names(String name, PlanNode node) {
    return name.equals(node.id()) || name.equals(node.name());
  }

  @Override
  public boolean test(PlanNode node) {
    return names.stream().anyMatch(name -> name.equals("all") || names(name, node));
  }
}
