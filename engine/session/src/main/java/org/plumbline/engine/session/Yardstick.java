// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.plumbline.engine.plan.PlanNode;

/**
 * What a policy was measured by in one seed: numbers of two policies can stand side by side only if
 * it is the same, whatever it is called in their specifications.
 */
final class Yardstick {

  private final Map<String, Object> aspects = new LinkedHashMap<>();

  private Yardstick() {}

  /**
   * What an evaluation measured by.
   *
   * @param attacks the nodes whose results it took over
   */
  static Yardstick of(PlanNode evaluation, List<PlanNode> attacks) {
    Yardstick out = new Yardstick();
    out.aspects.put("other prompts", keys(evaluation, "prompts"));
    out.aspects.put("other values", declared(evaluation, "values"));
    out.aspects.put("another judge", keys(evaluation, "reward"));
    out.aspects.put("other verdicts", evaluation.inputs().containsKey("verdicts"));
    out.aspects.put("other attacks", attacks.stream().map(Yardstick::attack).toList());
    out.aspects.put("another reference", keys(evaluation, "reference"));
    out.aspects.put("other evaluators", declared(evaluation, "evaluators"));
    out.aspects.put("another trigger", evaluation.settings().get("trigger"));
    out.aspects.put("another length of answers", evaluation.settings().get("max_new_tokens"));
    out.aspects.put("another version of the evaluation", evaluation.version());
    return out;
  }

  /** How a policy was attacked, whichever it is. */
  private static Map<String, Object> attack(PlanNode attack) {
    Map<String, Object> how = new LinkedHashMap<>(attack.settings());
    how.keySet().removeAll(List.of("policy", "prompts", "values"));
    how.put("prompts", keys(attack, "prompts"));
    how.put("values", declared(attack, "values"));
    how.put("version", attack.version());
    return how;
  }

  private static List<String> keys(PlanNode node, String input) {
    return node.inputs().getOrDefault(input, List.of()).stream()
        .map(read -> read.key() + read.part())
        .toList();
  }

  /** Contents without names. */
  private static List<Object> declared(PlanNode node, String section) {
    Map<String, Object> named = node.declared().getOrDefault(section, Map.of());
    return new ArrayList<>(named.values());
  }

  /** In what another yardstick differs, in words; empty if in nothing. */
  Optional<String> differs(Yardstick other) {
    for (Map.Entry<String, Object> aspect : aspects.entrySet()) {
      if (!Objects.equals(aspect.getValue(), other.aspects.get(aspect.getKey()))) {
        return Optional.of(aspect.getKey());
      }
    }
    return Optional.empty();
  }
}
