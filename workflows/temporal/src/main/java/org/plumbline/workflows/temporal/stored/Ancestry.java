package org.plumbline.workflows.temporal.stored;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;

/** Who comes from whom in a plan. */
final class Ancestry {

  private final Plan plan;
  private final Map<String, PlanNode> byId;
  private final Map<String, Set<PlanNode>> upstream = new HashMap<>();

  Ancestry(Plan plan) {
    this.plan = plan;
    this.byId = plan.byId();
  }

  PlanNode node(String id) {
    PlanNode node = byId.get(id);
    if (node == null) {
      throw new IllegalStateException("the plan has no node " + id);
    }
    return node;
  }

  /** Where a recipe ends, once per seed. */
  List<Plan.End> ends(String recipe) {
    List<Plan.End> ends = plan.ends().stream().filter(e -> e.recipe().equals(recipe)).toList();
    if (ends.isEmpty()) {
      throw new IllegalStateException("the plan has no recipe " + recipe);
    }
    return ends;
  }

  /** A node and all that it is computed from. */
  Set<PlanNode> upstream(String id) {
    return upstream.computeIfAbsent(id, this::collect);
  }

  private Set<PlanNode> collect(String id) {
    Set<PlanNode> reached = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(id));
    while (!open.isEmpty()) {
      PlanNode node = node(open.pop());
      if (reached.add(node)) {
        node.inputs().values().forEach(inputs -> inputs.forEach(i -> open.push(i.node())));
      }
    }
    return reached;
  }
}
