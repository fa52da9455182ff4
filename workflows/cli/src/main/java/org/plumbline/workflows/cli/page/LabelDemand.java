// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.page;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.Efforts;
import org.plumbline.engine.plan.Decisions;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.rlhf.online.KnockOut;

/**
 * How many labels the nodes of a plan ask for, as far as the plan says: pairs and other items,
 * those that several people see as often as they see them, those that are asked again, gold
 * questions, those that a judge sees in both orders, trials of applicants, critiques and revisions,
 * and what rewards ask people or a judge of the answers from which policies learn, and what a
 * policy has compared while it learns. Where a budget pays for fewer, these are they, at the mean
 * price of the people.
 *
 * <p>Not counted is what a reward is asked of answers whose number depends on data: those that
 * {@code best_of_n} and the like choose among, and those of evaluations.
 */
final class LabelDemand {
  private final Map<String, PlanNode> nodes = new HashMap<>();

  LabelDemand(List<Decisions.Choice> choices) {
    choices.forEach(choice -> nodes.put(choice.node().id(), choice.node()));
  }

  /** The labels that a node asks for. */
  long of(PlanNode node) {
    if (node.operation().equals("critique_revision")
        && node.settings().get("answers") instanceof Long answers
        && node.settings().get("revisions") instanceof Long rounds) {
      return 2 * paid(node, answers * rounds, 2 * price(evaluators(node, "judge")), 0);
    } else if (node.section().equals("policies")) {
      return node.settings().get("evaluators") == null ? ofRewards(node) : comparedAtOnce(node);
    }
    boolean asked = node.section().equals("feedback") && node.declared().containsKey("evaluators");
    Object items = node.settings().getOrDefault("pairs", node.settings().get("items"));
    return asked && items instanceof Long once ? collected(node, once) : 0;
  }

  private static long collected(PlanNode node, long items) {
    Map<?, ?> evaluators = evaluators(node, "evaluators");
    double price = price(evaluators) * effort(node);
    if (evaluators.get("judge") != null) {
      boolean both = Boolean.TRUE.equals(node.settings().get("both_orders"));
      return paid(node, both ? 2 * items : items, price, 0);
    }
    long people = 1;
    double share = 1;
    if (node.settings().get("redundancy") instanceof Map<?, ?> redundancy) {
      people = redundancy.get("people") instanceof Long number ? number : 1;
      share = redundancy.get("share") instanceof Double part ? part : 1;
    }
    long several = Math.round(items * share);
    long labels = items - several + several * people;
    double again = node.settings().get("repeat") instanceof Double part ? part : 0;
    long trial = trial(evaluators);
    double known =
        node.settings().get("gold_questions") instanceof Map<?, ?> gold
                && gold.get("share") instanceof Double part
            ? part
            : 0;
    return trial + paid(node, labels + Math.round((again + known) * labels), price, trial);
  }

  /** Those that what is left of the budget pays for. */
  private static long paid(PlanNode node, long labels, double price, long trial) {
    if (!(node.settings().get("budget") instanceof Double budget) || price == 0) {
      return labels;
    }
    double left = budget - trial * price(evaluators(node, "evaluators"));
    return Math.max(0, Math.min(labels, (long) Math.floor(left / price + 1e-9)));
  }

  /** What all who apply compare on trial. */
  private static long trial(Map<?, ?> evaluators) {
    boolean hires = evaluators.get("hiring") instanceof Map<?, ?>;
    Object questions =
        evaluators.get("hiring") instanceof Map<?, ?> hiring ? hiring.get("questions") : null;
    if (!hires || !(questions instanceof Long each)) {
      return 0;
    } else if (evaluators.get("size") instanceof Long size) {
      return size * each;
    }
    long people = 0;
    for (Object group : groups(evaluators).values()) {
      people += group instanceof Map<?, ?> own && own.get("count") instanceof Long n ? n : 0;
    }
    return people * each;
  }

  /** What evaluators are asked of a policy's answers while it learns; of a judge in both orders. */
  private static long comparedAtOnce(PlanNode policy) {
    if (!(policy.settings().get("updates") instanceof Long updates)
        || !(policy.settings().get("batch_size") instanceof Long answers)) {
      return 0;
    }
    Map<?, ?> evaluators = evaluators(policy, "evaluators");
    long group = policy.settings().get("group_size") instanceof Long size ? size : 1;
    long compared = group == 1 ? 1 : KnockOut.comparisons((int) group);
    long once = (evaluators.get("judge") == null ? 1 : 2) * (answers / group) * compared;
    double price = price(evaluators);
    return policy.settings().get("budget") instanceof Double budget && price > 0
        ? once * Math.min(updates, (long) Math.floor(budget / (price * once) + 1e-9))
        : once * updates;
  }

  /** What rewards are asked of the answers that a policy learns from. */
  private long ofRewards(PlanNode policy) {
    if (!(policy.settings().get("updates") instanceof Long updates)
        || !(policy.settings().get("batch_size") instanceof Long batch)) {
      return 0;
    }
    long labels = 0;
    for (Map.Entry<String, List<PlanNode.Input>> input : policy.inputs().entrySet()) {
      for (PlanNode.Input from : input.getValue()) {
        labels += asked(nodes.get(from.node()), updates, batch);
      }
    }
    return labels;
  }

  private long asked(@Nullable PlanNode reward, long updates, long batch) {
    if (reward == null || !reward.section().equals("rewards")) {
      return 0;
    }
    return switch (reward.operation()) {
      case "ai_judge" -> {
        long each = "compare".equals(reward.settings().get("ask")) ? 2 : 1;
        double price = each * price(evaluators(reward, "judge"));
        yield each * overseen(reward, updates, batch, price);
      }
      case "direct_oversight" -> {
        double effort = reward.settings().get("effort") instanceof Double own ? own : 1;
        double price = effort * price(evaluators(reward, "evaluators"));
        yield overseen(reward, updates, batch, price);
      }
      case "multi_objective" -> {
        long parts = 0;
        for (List<PlanNode.Input> inputs : reward.inputs().values()) {
          for (PlanNode.Input part : inputs) {
            parts += asked(nodes.get(part.node()), updates, batch);
          }
        }
        yield parts;
      }
      default -> 0;
    };
  }

  /** Answers that are scored: none any more before an update that cannot be paid. */
  private static long overseen(PlanNode reward, long updates, long batch, double price) {
    return reward.settings().get("budget") instanceof Double budget && price > 0
        ? batch * Math.min(updates, (long) Math.floor(budget / (price * batch) + 1e-9))
        : batch * updates;
  }

  private static double effort(PlanNode node) {
    long answers = node.settings().get("k") instanceof Long k ? k : 1;
    return node.settings().get("effort") instanceof Double own
        ? own
        : Efforts.least(node.operation(), (int) answers);
  }

  private static Map<?, ?> evaluators(PlanNode node, String key) {
    Map<String, Object> declared = node.declared().getOrDefault("evaluators", Map.of());
    return declared.get(String.valueOf(node.settings().get(key))) instanceof Map<?, ?> own
        ? own
        : Map.of();
  }

  private static Map<?, ?> groups(Map<?, ?> evaluators) {
    return evaluators.get("groups") instanceof Map<?, ?> groups ? groups : Map.of();
  }

  /** The mean price of a label that takes one comparison. */
  private static double price(Map<?, ?> evaluators) {
    double usual = evaluators.get("cost") instanceof Double cost ? cost : 0;
    double sum = 0;
    double people = 0;
    for (Object each : groups(evaluators).values()) {
      if (each instanceof Map<?, ?> group) {
        double weight =
            group.get("share") instanceof Double share
                ? share
                : group.get("count") instanceof Long count ? count : 0;
        sum += weight * (group.get("cost") instanceof Double cost ? cost : usual);
        people += weight;
      }
    }
    return people == 0 ? usual : sum / people;
  }
}
