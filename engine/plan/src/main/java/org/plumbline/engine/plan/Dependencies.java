// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.plan;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the nodes of a plan are computed from. Remembers what it was asked; for one thread. */
public final class Dependencies {

  private final Plan plan;
  private final Map<String, PlanNode> byId;
  private final Map<String, Set<String>> known = new HashMap<>();

  /** The dependencies in a plan. */
  public Dependencies(Plan plan) {
    this.plan = plan;
    this.byId = plan.byId();
  }

  /**
   * The node with this id.
   *
   * @throws IllegalStateException if the plan has none
   */
  public PlanNode node(String id) {
    PlanNode node = byId.get(id);
    if (node == null) {
      throw new IllegalStateException("the plan has no node " + id);
    }
    return node;
  }

  /**
   * Where a recipe ends, once per seed.
   *
   * @throws IllegalStateException if the plan has no such recipe
   */
  public List<Plan.End> ends(String recipe) {
    List<Plan.End> ends = plan.ends().stream().filter(e -> e.recipe().equals(recipe)).toList();
    if (ends.isEmpty()) {
      throw new IllegalStateException("the plan has no recipe " + recipe);
    }
    return ends;
  }

  /** The ids of a node and of all that it is computed from. */
  public Set<String> upstream(String id) {
    return known.computeIfAbsent(id, asked -> upstream(List.of(asked)));
  }

  /** The ids of these nodes and of all that they are computed from. */
  public Set<String> upstream(Collection<String> ids) {
    Set<String> reached = new LinkedHashSet<>();
    collect(ids, reached);
    return Collections.unmodifiableSet(reached);
  }

  /**
   * The nodes that a recipe would need if it were run alone, with all seeds: its policy, everything
   * upstream of it and its evaluation. The reference and a reward that only measures are not
   * counted, so sharing is not flattered.
   */
  public List<PlanNode> alone(String recipe) {
    Set<String> reached = new LinkedHashSet<>();
    for (Plan.End end : ends(recipe)) {
      collect(List.of(end.policy()), reached);
      if (end.evaluation() != null) {
        reached.add(end.evaluation());
      }
    }
    return reached.stream().map(this::node).toList();
  }

  private void collect(Collection<String> ids, Set<String> reached) {
    Deque<String> open = new ArrayDeque<>(ids);
    while (!open.isEmpty()) {
      String id = open.pop();
      if (reached.add(id)) {
        node(id).needs().forEach(open::push);
      }
    }
  }
}
