// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal.internal;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.plumbline.engine.run.work.Resolution;
import org.plumbline.engine.run.work.RunListener;
import org.plumbline.engine.run.work.RunWork;
import org.plumbline.workflows.temporal.workflow.RunActivities;

/** Does the activities of a run as a whole. */
public final class RunActivitiesImpl implements RunActivities {

  private final RunWork work;
  private final RunListener listener;
  private final AtomicInteger busy = new AtomicInteger();

  /** Activities that do {@code work} and tell {@code listener}. */
  public RunActivitiesImpl(RunWork work, RunListener listener) {
    this.work = work;
    this.listener = listener;
  }

  @Override
  public Resolution resolve(String run) {
    busy.incrementAndGet();
    try {
      Resolution resolution = Attempt.guard(() -> work.resolve(run));
      listener.resolved(resolution);
      return resolution;
    } finally {
      busy.decrementAndGet();
    }
  }

  @Override
  public void compare(String run) {
    busy.incrementAndGet();
    try {
      listener.comparing();
      Attempt.guard(() -> compareOnce(run));
      listener.compared();
    } finally {
      busy.decrementAndGet();
    }
  }

  /** Whether something is being done. */
  public boolean busy() {
    return busy.get() > 0;
  }

  private boolean compareOnce(String run) throws IOException {
    work.compare(run);
    return true;
  }
}
