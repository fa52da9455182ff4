// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.run.work.NodeChannel;
import org.plumbline.engine.run.work.NodeResult;
import org.plumbline.engine.run.work.NodeTask;
import org.plumbline.engine.run.work.Resolution;
import org.plumbline.engine.run.work.RunWork;
import org.plumbline.engine.store.record.RunStatus;

/** Work that is done until it comes to the comparison. */
record FailingComparison(RunWork work) implements RunWork {

  @Override
  public Resolution resolve(String run) throws IOException {
    return work.resolve(run);
  }

  @Override
  public NodeResult compute(NodeTask task, NodeChannel channel) throws IOException {
    return work.compute(task, channel);
  }

  @Override
  public void compare(String run) {
    throw new StageFailure("PLB0905", "nothing to compare", null, null);
  }

  @Override
  public void end(String run, RunStatus status, @Nullable String message) throws IOException {
    work.end(run, status, message);
  }
}
