// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.progress;

/** What nodes are called in front of people. */
final class Labels {

  private Labels() {}

  /** The section under which a node is listed. */
  static String section(NodeState state) {
    boolean variant =
        state.node.section().equals("policies") && !state.node.name().equals(state.node.entry());
    return variant ? "variants" : state.node.section();
  }

  /** The name of a node without its seed; all that only measure are one. */
  static String name(NodeState state) {
    if (state.node.section().equals("compare")) {
      return "answers";
    }
    return state.node.name().replace("~", ", ");
  }
}
