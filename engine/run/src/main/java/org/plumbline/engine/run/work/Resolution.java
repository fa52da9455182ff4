// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.run.work;

import java.util.List;

/**
 * The plan of a run, with what the store has of it.
 *
 * @param nodes in an order in which every node comes after the ones it needs
 */
public record Resolution(List<ResolvedNode> nodes) {
  public Resolution {
    nodes = List.copyOf(nodes);
  }
}
