// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.session.planned.ForcedNodes;
import org.plumbline.workflows.cli.console.Refusal;
import picocli.CommandLine.Option;

/** Options that say what to compute with. */
final class EngineOptions {

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "cpu (the default), cuda:0 or another GPU, or mps")
  private String device = "cpu";

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "how many cores are computed on (all); results do not depend on it")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "how many nodes are computed at once (the number of cores)")
  private int parallel = Runtime.getRuntime().availableProcessors();

  /** The nodes with these names, each of which must be one of the plan. */
  static ForcedNodes forced(List<String> names, Plan plan) {
    ForcedNodes forced = new ForcedNodes(names);
    for (String name : forced.unknown(plan)) {
      Set<String> known = plan.nodes().stream().map(PlanNode::name).collect(Collectors.toSet());
      throw Refusal.mistake(
          "`--force` names a node that the plan does not have: `" + name + "`",
          "nodes: " + known.stream().sorted().collect(Collectors.joining(", ")));
    }
    return forced;
  }

  Engine engine() {
    return new Engine(device, threads);
  }

  int parallel() {
    if (parallel < 1) {
      throw Refusal.mistake("`--parallel` must be at least 1, but is " + parallel);
    }
    return parallel;
  }
}
