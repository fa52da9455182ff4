// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The plan of a run, seeds folded together.
 *
 * @param count how many nodes there are, all seeds
 * @param reused how many of them were there already
 * @param shared how many nodes serve more than one recipe
 * @param alone how many nodes the recipes would need if each were run alone
 * @param steps training steps of all nodes
 * @param stepsAlone training steps if each recipe were run alone
 * @param secondsAlone seconds if each recipe were run alone
 * @param nodes in the order of the plan
 * @param notes what nodes said, in the same order
 * @param constraints what policies were to keep below a limit while they learned, in the same order
 */
public record PlanSummary(
    int count,
    int reused,
    int shared,
    int alone,
    long steps,
    long stepsAlone,
    double secondsAlone,
    List<Node> nodes,
    List<Note> notes,
    List<Constraint> constraints) {

  public PlanSummary {
    nodes = List.copyOf(nodes);
    notes = List.copyOf(notes);
    constraints = List.copyOf(constraints);
  }

  /** A plan whose policies have no constraints. */
  public PlanSummary(
      int count,
      int reused,
      int shared,
      int alone,
      long steps,
      long stepsAlone,
      double secondsAlone,
      List<Node> nodes,
      List<Note> notes) {
    this(count, reused, shared, alone, steps, stepsAlone, secondsAlone, nodes, notes, List.of());
  }

  /**
   * A cost that a policy was to keep below a limit.
   *
   * @param node the policy
   * @param name of the constraint
   * @param atMost the limit
   * @param costs its mean over the answers of the last update, by seed
   * @param multipliers what it weighed at the end, by seed
   */
  public record Constraint(
      String node, String name, double atMost, List<Double> costs, List<Double> multipliers) {
    public Constraint {
      costs = List.copyOf(costs);
      multipliers = List.copyOf(multipliers);
    }

    /** In how many seeds the cost is within the limit. */
    public int held() {
      return (int) costs.stream().filter(cost -> cost <= atMost).count();
    }
  }

  /**
   * Something that whoever reads the results should know.
   *
   * @param node that says it
   * @param seeds in which it does
   */
  public record Note(String node, List<Long> seeds, String text) {
    public Note {
      seeds = List.copyOf(seeds);
    }
  }

  /**
   * One node, all seeds.
   *
   * @param section of the language: {@code models}, {@code feedback}…
   * @param seeds how many seeds it stands for
   * @param reused in how many of them it was reused
   * @param seconds of computing, all seeds; for reused nodes what they once took
   * @param recipes that need it
   * @param inputs names of the nodes that it reads
   * @param key digest of the first seed's node; null if not known
   */
  public record Node(
      String name,
      String section,
      String operation,
      int seeds,
      int reused,
      double seconds,
      long steps,
      List<String> recipes,
      List<String> inputs,
      @Nullable String key) {

    public Node {
      recipes = List.copyOf(recipes);
      inputs = List.copyOf(inputs);
    }
  }
}
