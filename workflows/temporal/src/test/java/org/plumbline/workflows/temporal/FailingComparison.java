package org.plumbline.workflows.temporal;

import java.io.IOException;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.workflows.temporal.run.NodeResult;
import org.plumbline.workflows.temporal.run.NodeTask;
import org.plumbline.workflows.temporal.run.Pulse;
import org.plumbline.workflows.temporal.run.Resolution;
import org.plumbline.workflows.temporal.run.RunWork;

/** Work that is done until it comes to the comparison. */
record FailingComparison(RunWork work) implements RunWork {

  @Override
  public Resolution resolve(String run) throws IOException {
    return work.resolve(run);
  }

  @Override
  public NodeResult compute(NodeTask task, Pulse pulse) throws IOException {
    return work.compute(task, pulse);
  }

  @Override
  public void compare(String run) {
    throw new StageFailure("PLB0905", "nothing to compare", null, null);
  }
}
