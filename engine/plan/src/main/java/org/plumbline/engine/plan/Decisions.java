// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What happens to each node of a plan, and why.
 *
 * @param plan that is decided
 * @param choices one per node, in the order of the plan
 */
public record Decisions(Plan plan, List<Choice> choices) {

  public Decisions {
    choices = List.copyOf(choices);
  }

  /**
   * What happens to one node.
   *
   * @param comparedWith the earlier node that the reasons compare with; null if there is none
   */
  public record Choice(
      PlanNode node, Decision decision, NodeHistory.@Nullable Earlier comparedWith) {

    /** Whether it runs. */
    public boolean runs() {
      return decision instanceof Decision.Execute;
    }

    /** Why it runs; empty if it is reused. */
    public List<Reason> reasons() {
      return decision instanceof Decision.Execute execute ? execute.reasons() : List.of();
    }
  }

  /**
   * A line of a table: the nodes of one name, all seeds.
   *
   * @param reused how many of them are reused
   * @param run how many of them run
   * @param why in a few words, of the first that runs, or else of the first
   */
  public record Row(
      String name, String operation, String section, int reused, int run, String why) {

    /** {@code reuse}, {@code run}, or {@code both} if it differs between seeds. */
    public String action() {
      return run == 0 ? "reuse" : reused == 0 ? "run" : "both";
    }
  }

  /** Decides with nothing forced. */
  public static Decisions of(Plan plan, NodeHistory history) {
    return of(plan, history, node -> false);
  }

  /**
   * Decides.
   *
   * @param forced nodes that run even if their result is there
   */
  public static Decisions of(Plan plan, NodeHistory history, Predicate<PlanNode> forced) {
    KeyComparison comparison = new KeyComparison(plan, history);
    Set<String> running = new HashSet<>();
    List<Choice> choices = new ArrayList<>();
    for (PlanNode node : plan.nodes()) {
      Choice choice = choose(node, history.result(node.key()), forced, comparison, running);
      if (choice.runs()) {
        running.add(node.id());
      }
      choices.add(choice);
    }
    return new Decisions(plan, choices);
  }

  private static Choice choose(
      PlanNode node,
      NodeHistory.Result result,
      Predicate<PlanNode> forced,
      KeyComparison comparison,
      Set<String> running) {
    if (forced.test(node)) {
      return run(node, new Reason.Forced("--force"));
    } else if (result instanceof NodeHistory.Result.Present present) {
      return new Choice(node, new Decision.Reuse(present.run(), present.artifact()), null);
    } else if (result instanceof NodeHistory.Result.Missing missing) {
      return run(node, new Reason.ArtifactMissing(missing.artifact()));
    } else if (result instanceof NodeHistory.Result.Damaged damaged) {
      return run(node, new Reason.Corrupt(damaged.artifact()));
    } else if (result instanceof NodeHistory.Result.Unreadable) {
      return run(node, new Reason.RecordUnreadable());
    }
    Optional<NodeHistory.Earlier> earlier = comparison.nearest(node);
    List<Reason> reasons =
        earlier
            .map(found -> KeyComparison.reasons(node, found.parts(), running))
            .orElse(List.of(new Reason.NeverRan()));
    return new Choice(node, new Decision.Execute(reasons), earlier.orElse(null));
  }

  private static Choice run(PlanNode node, Reason reason) {
    return new Choice(node, new Decision.Execute(List.of(reason)), null);
  }

  /** How many nodes are reused. */
  public int reused() {
    return choices.size() - running();
  }

  /** How many nodes run. */
  public int running() {
    return (int) choices.stream().filter(Choice::runs).count();
  }

  /** The choice for a node, by its id. */
  public Optional<Choice> of(String id) {
    return choices.stream().filter(choice -> choice.node().id().equals(id)).findFirst();
  }

  /** One row per name, in the order of the plan. */
  public List<Row> rows() {
    Map<String, List<Choice>> byName = new LinkedHashMap<>();
    for (Choice choice : choices) {
      byName.computeIfAbsent(choice.node().name(), name -> new ArrayList<>()).add(choice);
    }
    List<Row> rows = new ArrayList<>();
    byName.forEach(
        (name, same) -> {
          int run = (int) same.stream().filter(Choice::runs).count();
          Choice shown = same.stream().filter(Choice::runs).findFirst().orElse(same.get(0));
          PlanNode node = shown.node();
          rows.add(
              new Row(name, node.operation(), node.section(), same.size() - run, run, why(shown)));
        });
    return rows;
  }

  /** A choice in a few words: what changed in the node itself, or else upstream. */
  public static String why(Choice choice) {
    if (choice.decision() instanceof Decision.Reuse reuse) {
      return "every input unchanged, made by run " + reuse.run();
    }
    List<Reason> own = new ArrayList<>();
    List<Reason> upstream = new ArrayList<>();
    for (Reason reason : choice.reasons()) {
      (reason instanceof Reason.UpstreamRuns ? upstream : own).add(reason);
    }
    if (own.isEmpty()) {
      return upstream.get(0).text() + more(upstream.size() - 1, "more");
    }
    String text = own.get(0).text() + more(own.size() - 1, "more");
    String plural = upstream.size() == 1 ? "upstream change" : "upstream changes";
    return text + more(upstream.size(), plural);
  }

  private static String more(int count, String what) {
    return count == 0 ? "" : " and " + count + " " + what;
  }

  /** The plain data of {@code plan --format json}. */
  public Map<String, Object> toPlain() {
    List<Object> nodes = new ArrayList<>();
    for (Choice choice : choices) {
      PlanNode node = choice.node();
      Map<String, Object> plain = new LinkedHashMap<>();
      plain.put("name", node.name());
      plain.put("operation", node.operation());
      plain.put("key", node.key());
      plain.put("action", choice.decision().action());
      plain.put("reasons", choice.reasons().stream().map(Decisions::plain).toList());
      plain.put("id", node.id());
      plain.put("section", node.section());
      plain.put("seed", node.seed());
      plain.put("recipes", node.recipes());
      nodes.add(plain);
    }
    return Map.of("nodes", nodes);
  }

  private static Map<String, Object> plain(Reason reason) {
    Map<String, Object> plain = new LinkedHashMap<>(PlanJson.plain(reason));
    plain.put("text", reason.text());
    return plain;
  }
}
