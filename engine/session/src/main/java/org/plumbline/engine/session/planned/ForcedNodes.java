// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.session.planned;

import java.util.List;
import java.util.function.Predicate;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;

/**
 * The nodes that are to be computed even if their results are there.
 *
 * @param names of nodes, with or without their seed; {@code all} stands for every node
 */
public record ForcedNodes(List<String> names) implements Predicate<PlanNode> {

  /** The key under which a run keeps what was forced, so that resuming it does the same. */
  public static final String KEPT_AS = "--force";

  public ForcedNodes {
    names = List.copyOf(names);
  }

  /** The names that no node of a plan has. */
  public List<String> unknown(Plan plan) {
    return names.stream()
        .filter(name -> !name.equals("all"))
        .filter(name -> plan.nodes().stream().noneMatch(node -> names(name, node)))
        .toList();
  }

  /** What was forced when a run was started. */
  public static ForcedNodes kept(String text) {
    return new ForcedNodes(text.isEmpty() ? List.of() : List.of(text.split(" ")));
  }

  public String text() {
    return String.join(" ", names);
  }

  private static boolean names(String name, PlanNode node) {
    return name.equals(node.id()) || name.equals(node.name());
  }

  @Override
  public boolean test(PlanNode node) {
    return names.stream().anyMatch(name -> name.equals("all") || names(name, node));
  }
}
