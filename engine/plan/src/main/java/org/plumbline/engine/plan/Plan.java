package org.plumbline.engine.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
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
  public record Solo(int nodes, long steps) {}

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

  /**
   * What each recipe would cost alone: its policy, everything upstream of it and its evaluation.
   * The reference and a reward that only measures are not counted, so sharing is not flattered.
   */
  public Map<String, Solo> soloNodes() {
    Map<String, PlanNode> byId = byId();
    Map<String, Set<String>> needed = new LinkedHashMap<>();
    for (End end : ends) {
      Set<String> ids = needed.computeIfAbsent(end.recipe(), recipe -> new HashSet<>());
      addUpstream(List.of(end.policy()), byId, ids);
      if (end.evaluation() != null) {
        ids.add(end.evaluation());
      }
    }
    Map<String, Solo> solo = new LinkedHashMap<>();
    needed.forEach(
        (recipe, ids) -> {
          long steps = ids.stream().map(byId::get).mapToLong(PlanNode::steps).sum();
          solo.put(recipe, new Solo(ids.size(), steps));
        });
    return solo;
  }

  /** The part of the plan that the matching nodes need, themselves included. */
  public Plan upTo(Predicate<PlanNode> wanted) {
    Set<String> kept = new HashSet<>();
    addUpstream(nodes.stream().filter(wanted).map(PlanNode::id).toList(), byId(), kept);
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
      node.inputs().values().stream()
          .flatMap(List::stream)
          .map(PlanNode.Input::node)
          .distinct()
          .forEach(id -> readers.computeIfAbsent(id, key -> new ArrayList<>()).add(node.id()));
    }
    return readers;
  }

  private static void addUpstream(
      List<String> ids, Map<String, PlanNode> byId, Set<String> reached) {
    Deque<String> open = new ArrayDeque<>(ids);
    while (!open.isEmpty()) {
      String id = open.pop();
      PlanNode node = byId.get(id);
      if (node != null && reached.add(id)) {
        node.inputs().values().forEach(list -> list.forEach(input -> open.push(input.node())));
      }
    }
  }
}
