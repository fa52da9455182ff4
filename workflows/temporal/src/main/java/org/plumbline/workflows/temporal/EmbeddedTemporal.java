// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.run.work.NodeChannel;
import org.plumbline.engine.run.work.NodeResult;
import org.plumbline.engine.run.work.NodeTask;
import org.plumbline.engine.run.work.Resolution;
import org.plumbline.engine.run.work.ResolvedNode;
import org.plumbline.engine.run.work.ResolvedNode.Resource;
import org.plumbline.engine.run.work.RunListener;
import org.plumbline.engine.run.work.RunOrder;
import org.plumbline.engine.run.work.RunResult;
import org.plumbline.engine.run.work.RunWork;
import org.plumbline.engine.store.record.RunStatus;

/** Tries out the Temporal server that runs inside this process. */
public final class EmbeddedTemporal {

  private EmbeddedTemporal() {}

  /**
   * Runs a workflow of one node that computes nothing.
   *
   * @return what was found, in a few words
   * @throws IllegalStateException if it does not come to an end as it should
   */
  public static String probe() {
    long begun = System.nanoTime();
    RunOrder order = RunOrder.of("probe");
    try (RunExecution run = RunExecution.start(order, new Nothing(), 1, new RunListener() {})) {
      RunResult result = run.await();
      if (!result.finished()) {
        throw new IllegalStateException("the embedded server gave " + result);
      }
    }
    long millis = (System.nanoTime() - begun) / 1_000_000;
    return "embedded, a run of one node took " + millis + " ms; it listens on no port";
  }

  private static final class Nothing implements RunWork {
    @Override
    public Resolution resolve(String run) {
      return new Resolution(
          List.of(new ResolvedNode("nothing", "nothing", List.of(), null, Resource.CPU)));
    }

    @Override
    public NodeResult compute(NodeTask task, NodeChannel channel) {
      return new NodeResult("none", false);
    }

    @Override
    public void compare(String run) {
      // There is nothing to compare in nothing.
    }

    @Override
    public void end(String run, RunStatus status, @Nullable String message) {
      // Whoever probes sees it.
    }
  }
}
