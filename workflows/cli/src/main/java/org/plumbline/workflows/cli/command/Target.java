// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.plumbline.dsl.model.file.PlainPath;
import org.plumbline.dsl.spec.bind.Suggest;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.workflows.cli.console.Refusal;

/**
 * What a command line names: a spec or a run, and perhaps one of its nodes.
 *
 * @param name of the spec's file or of the run
 * @param node empty if none is named
 */
record Target(String name, String node) {

  /** {@code SPEC:NODE} or {@code RUN:NODE}. */
  static Target withNode(String text) {
    int colon = text.lastIndexOf(':');
    if (colon <= 0 || colon == text.length() - 1) {
      throw Refusal.mistake(
          "`" + text + "` names no node", "write it as in my.plumb.yaml:ppo or 7a10:ppo@2");
    }
    return new Target(text.substring(0, colon), text.substring(colon + 1));
  }

  /** A spec rather than a run. */
  static boolean isSpec(Plumb plumb, String name) {
    return PlainPath.isPath(name)
        && (name.contains(".plumb.") || Files.isRegularFile(plumb.path(Path.of(name))));
  }

  /** Whether a node has this id or this name, in its section if another has it in the plan. */
  boolean means(PlanNode of) {
    return Stream.of(node, of.section() + "." + node)
        .anyMatch(text -> of.id().equals(text) || of.name().equals(text));
  }

  /** The nodes that are meant: one by its id, or those of all seeds by their name. */
  List<PlanNode> nodes(Plan plan) {
    List<PlanNode> exact = plan.nodes().stream().filter(n -> n.id().equals(node)).toList();
    List<PlanNode> found =
        exact.isEmpty() ? plan.nodes().stream().filter(n -> n.name().equals(node)).toList() : exact;
    if (found.isEmpty()) {
      Set<String> names = new TreeSet<>();
      plan.nodes().forEach(n -> names.add(n.name()));
      String help =
          Suggest.near(node, List.copyOf(names))
              .map(near -> "did you mean `" + near + "`?")
              .orElse("nodes: " + String.join(", ", names));
      throw Refusal.mistake("`" + name + "` has no node `" + node + "`", help);
    }
    return found;
  }
}
