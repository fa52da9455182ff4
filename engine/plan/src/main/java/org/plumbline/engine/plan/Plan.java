// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What an experiment comes down to: nodes, each with the key of its result.
 *
 * @param experiment its name
 * @param seeds of the experiment
 * @param specDigest digest of the spec that it was made from
 * @param nodes each after the nodes that it reads
 * @param ends where each recipe ends, in the order of the comparison, for each seed
 */
public record Plan(
    String experiment, List<Long> seeds, String specDigest, List<PlanNode> nodes, List<End> ends) {

  public Plan {
    seeds = List.copyOf(seeds);
    nodes = List.copyOf(nodes);
    ends = List.copyOf(ends);
  }

  /**
   * Where one recipe ends with one seed.
   *
   * @param policy id of the node that makes the policy
   * @param evaluation id of the node that measures it; null if the experiment compares nothing
   */
  public record End(String recipe, long seed, String policy, @Nullable String evaluation) {}

  /**
   * What a recipe would cost if it were run alone, with all seeds.
   *
   * @param nodes how many nodes
   * @param steps how many training steps, as {@link PlanNode#steps} counts them
   */
  public record Solo(int nodes, long steps) {

    private static Solo of(List<PlanNode> nodes) {
      return new Solo(nodes.size(), nodes.stream().mapToLong(PlanNode::steps).sum());
    }
  }

  /** The nodes by id, in the order of the plan. */
  public Map<String, PlanNode> byId() {
    Map<String, PlanNode> byId = new LinkedHashMap<>();
    nodes.forEach(node -> byId.put(node.id(), node));
    return byId;
  }

  /** Training steps in the whole plan, as {@link PlanNode#steps} counts them. */
  public long steps() {
    return nodes.stream().mapToLong(PlanNode::steps).sum();
  }

  /** What each recipe would cost alone: the nodes of {@link Dependencies#alone}. */
  public Map<String, Solo> soloNodes() {
    Dependencies dependencies = new Dependencies(this);
    Map<String, Solo> solo = new LinkedHashMap<>();
    for (End end : ends) {
      solo.computeIfAbsent(end.recipe(), recipe -> Solo.of(dependencies.alone(recipe)));
    }
    return solo;
  }

  /** The part of the plan that the matching nodes need, themselves included. */
  public Plan upTo(Predicate<PlanNode> wanted) {
    Set<String> kept =
        new Dependencies(this).upstream(nodes.stream().filter(wanted).map(PlanNode::id).toList());
    return new Plan(
        experiment,
        seeds,
        specDigest,
        nodes.stream().filter(node -> kept.contains(node.id())).toList(),
        ends.stream()
            .filter(
                end ->
                    kept.contains(end.policy())
                        && (end.evaluation() == null || kept.contains(end.evaluation())))
            .toList());
  }

  /** For each node the ids of the nodes that read it. */
  public Map<String, List<String>> readers() {
    Map<String, List<String>> readers = new HashMap<>();
    for (PlanNode node : nodes) {
      node.needs()
          .forEach(id -> readers.computeIfAbsent(id, key -> new ArrayList<>()).add(node.id()));
    }
    return readers;
  }
}
