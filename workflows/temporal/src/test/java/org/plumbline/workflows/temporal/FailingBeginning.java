// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal;

import org.jspecify.annotations.Nullable;
import org.plumbline.engine.run.work.NodeChannel;
import org.plumbline.engine.run.work.NodeResult;
import org.plumbline.engine.run.work.NodeTask;
import org.plumbline.engine.run.work.Resolution;
import org.plumbline.engine.run.work.RunWork;
import org.plumbline.engine.store.record.RunStatus;
import org.plumbline.engine.store.record.StoreFailure;

/** Work of which it cannot even be found out what there is to do. */
record FailingBeginning(StoreFailure failure) implements RunWork {

  @Override
  public Resolution resolve(String run) {
    throw failure;
  }

  @Override
  public NodeResult compute(NodeTask task, NodeChannel channel) {
    throw new AssertionError("nothing was begun");
  }

  @Override
  public void compare(String run) {
    throw new AssertionError("nothing was done");
  }

  @Override
  public void end(String run, RunStatus status, @Nullable String message) {
    throw new AssertionError("no server conducts it");
  }
}
