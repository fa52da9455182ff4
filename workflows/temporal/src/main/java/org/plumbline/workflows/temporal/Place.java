// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal;

import org.plumbline.workflows.temporal.workflow.Queues;

/**
 * Where runs are served. Several stores and several versions of plumb may use one server: each has
 * task queues of its own, so that nobody is handed what it cannot do.
 *
 * @param store the identity of the store
 * @param computing a digest of the version of plumb and of what numbers depend on
 */
public record Place(String store, String computing) {

  /** How it is called in the names of task queues. */
  public String name() {
    return store + "-" + computing;
  }

  Queues queues() {
    return new Queues(name());
  }

  /** The id of a run's workflow: short names of runs are unique in one store only. */
  public static String workflow(String store, String run) {
    return "plumb-" + store + "-" + run;
  }
}
