package org.plumbline.workflows.temporal;

import org.plumbline.engine.store.StoreFailure;
import org.plumbline.workflows.temporal.run.NodeResult;
import org.plumbline.workflows.temporal.run.NodeTask;
import org.plumbline.workflows.temporal.run.Pulse;
import org.plumbline.workflows.temporal.run.Resolution;
import org.plumbline.workflows.temporal.run.RunWork;

/** Work of which it cannot even be found out what there is to do. */
record FailingBeginning(StoreFailure failure) implements RunWork {

  @Override
  public Resolution resolve(String run) {
    throw failure;
  }

  @Override
  public NodeResult compute(NodeTask task, Pulse pulse) {
    throw new AssertionError("nothing was begun");
  }

  @Override
  public void compare(String run) {
    throw new AssertionError("nothing was done");
  }
}
