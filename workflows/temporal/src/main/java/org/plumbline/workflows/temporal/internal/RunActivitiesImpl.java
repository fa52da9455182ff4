// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal.internal;

import java.io.IOException;
import org.plumbline.engine.run.work.Resolution;
import org.plumbline.engine.run.work.RunListener;
import org.plumbline.engine.run.work.RunWork;
import org.plumbline.workflows.temporal.workflow.RunActivities;

/** Does the activities of a run as a whole. */
public final class RunActivitiesImpl implements RunActivities {

  private final RunWork work;
  private final RunListener listener;

  /** Activities that do {@code work} and tell {@code listener}. */
  public RunActivitiesImpl(RunWork work, RunListener listener) {
    this.work = work;
    this.listener = listener;
  }

  @Override
  public Resolution resolve(String run) {
    Resolution resolution = Attempt.guard(() -> work.resolve(run));
    listener.resolved(resolution);
    return resolution;
  }

  @Override
  public void compare(String run) {
    listener.comparing();
    Attempt.guard(() -> compareOnce(run));
    listener.compared();
  }

  private boolean compareOnce(String run) throws IOException {
    work.compare(run);
    return true;
  }
}
