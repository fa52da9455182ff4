// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.CompareSpec;
import org.plumbline.engine.plan.Dependencies;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;

/**
 * What the reward model that scores all answers shares with what a recipe was trained by. A policy
 * learns the faults of the labels and of the trunk behind its reward; a judge with the same ones
 * does not see them.
 */
final class SharedSources {

  private final Dependencies dependencies;
  private final Plan plan;

  SharedSources(Dependencies dependencies, Plan plan) {
    this.dependencies = dependencies;
    this.plan = plan;
  }

  /**
   * The recipes that the reward model cannot judge, with what is shared in words: {@code the labels
   * of prefs}. If the reference is one of them, nobody can be judged against it.
   */
  Map<String, String> of(CompareSpec compare) {
    Map<String, String> shared = new LinkedHashMap<>();
    for (Plan.End end : plan.ends()) {
      String what = shared(end);
      if (what != null) {
        shared.putIfAbsent(end.recipe(), what);
      }
    }
    String ofReference = shared.get(compare.against());
    for (String recipe : compare.recipes()) {
      if (ofReference != null) {
        shared.putIfAbsent(recipe, ofReference);
      }
    }
    return shared;
  }

  private @Nullable String shared(Plan.End end) {
    if (end.evaluation() == null) {
      return null;
    }
    List<String> judges = inputs(dependencies.node(end.evaluation()), "reward");
    if (judges.isEmpty()) {
      return null;
    }
    Set<String> ofJudge = dependencies.upstream(judges.get(0));
    Set<String> ofPolicy = dependencies.upstream(end.policy());
    if (ofPolicy.contains(judges.get(0))) {
      return "the reward model " + dependencies.node(judges.get(0)).entry() + " itself";
    }
    List<PlanNode> labels = section(ofPolicy, "feedback");
    for (PlanNode feedback : labels) {
      if (ofJudge.contains(feedback.id())) {
        return "the labels of " + feedback.entry();
      }
    }
    Set<String> asked = prompts(section(ofJudge, "feedback"));
    asked.retainAll(prompts(labels));
    if (!asked.isEmpty()) {
      return "the prompts " + String.join(" and ", asked);
    }
    return trunk(section(ofPolicy, "rewards"), dependencies.node(judges.get(0)));
  }

  private @Nullable String trunk(List<PlanNode> optimised, PlanNode judge) {
    Set<String> ofJudge = trunks(judge);
    for (PlanNode reward : optimised) {
      for (String id : trunks(reward)) {
        if (ofJudge.contains(id)) {
          return "the model " + dependencies.node(id).entry();
        }
      }
    }
    return null;
  }

  /** The models that a reward model was made from. */
  private Set<String> trunks(PlanNode reward) {
    return dependencies.upstream(inputs(reward, "from")).stream()
        .filter(
            id -> {
              String section = dependencies.node(id).section();
              return section.equals("models")
                  || section.equals("policies")
                  || section.equals("variants");
            })
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private List<PlanNode> section(Set<String> ids, String section) {
    List<PlanNode> nodes = new ArrayList<>();
    for (String id : ids) {
      PlanNode node = dependencies.node(id);
      if (node.section().equals(section)) {
        nodes.add(node);
      }
    }
    return nodes;
  }

  /** What the feedback was asked about, as the specification says it: data, or a part of them. */
  private static Set<String> prompts(List<PlanNode> feedback) {
    Set<String> names = new TreeSet<>();
    for (PlanNode node : feedback) {
      if (node.settings().get("prompts") instanceof String prompts) {
        names.add(prompts);
      }
    }
    return names;
  }

  private static List<String> inputs(PlanNode node, String key) {
    return node.inputs().getOrDefault(key, List.of()).stream().map(PlanNode.Input::node).toList();
  }
}
