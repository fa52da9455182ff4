// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.run.work;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One node of a plan as the workflow sees it.
 *
 * @param id its name in the plan, which no other node of the plan has
 * @param operation what it does; the name of its activity
 * @param needs ids of the nodes whose artifacts it reads, all of them earlier in the plan
 * @param artifact digest of its artifact, if the store has a valid one; null if it must be computed
 * @param resource what it needs of a worker
 */
public record ResolvedNode(
    String id, String operation, List<String> needs, @Nullable String artifact, Resource resource) {

  /** What a node needs of the worker that computes it; each is a task queue of its own. */
  public enum Resource {
    /** A core. */
    CPU,
    /** A graphics processor. */
    GPU,
    /** Somebody outside, who is asked: hardly a core. */
    JUDGE
  }

  public ResolvedNode {
    needs = List.copyOf(needs);
  }
}
