// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.plan;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.Recipe;

/**
 * Makes a plan of an experiment: for every recipe and seed the nodes upstream of its policy and one
 * that measures it. Nodes of equal key are one node, whichever recipe, variant or seed asks for it.
 *
 * <p>All keys follow from settings, files and versions alone, before anything runs.
 */
public final class Planner {
  private final Operations operations;
  private final Map<String, String> runtime;
  private final InputFiles files;

  /**
   * A planner.
   *
   * @param operations what is known of each operation
   * @param runtime what numbers of the engine depend on besides: {@code engine}, {@code device}…
   * @param files finds the files that specs name
   */
  public Planner(Operations operations, Map<String, String> runtime, InputFiles files) {
    this.operations = operations;
    this.runtime = new TreeMap<>(runtime);
    this.files = files;
  }

  /**
   * The plan of an experiment, which must have passed the binder's checks. Without {@code compare}
   * it holds all recipes, and nothing is measured.
   *
   * @param experiment as the spec has it
   * @param recipes at least its variants, with the experiments that they are computed in; plain
   *     policies need not be listed
   * @param specDigest digest of the spec's text
   */
  public Plan plan(Experiment experiment, List<Recipe> recipes, String specDigest) {
    return new PlanBuilder(this, experiment, recipes).plan(specDigest);
  }

  int version(String operation) {
    return operations.version(operation);
  }

  FileRef file(NamedFile named) {
    return files.read(named);
  }

  /** What the numbers of an operation depend on besides settings and data. */
  Map<String, String> runtime(String operation) {
    return operations.computesWithEngine(operation) ? runtime : Map.of();
  }
}
