// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.progress;

import java.time.Clock;
import java.time.ZoneId;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.run.work.RunListener;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.Format;

/** Shows a run while it goes on. */
public interface RunView extends RunListener, AutoCloseable {

  /** The view that suits the console. */
  static RunView of(Console console, String run, Plan plan) {
    Clock clock = Clock.system(ZoneId.systemDefault());
    if (console.format() == Format.JSON) {
      return new JsonEvents(console, run, plan, clock);
    }
    if (console.interactive()) {
      return new LiveTable(console, plan, clock);
    }
    return new EventLines(console, plan, clock);
  }

  /** Leaves the last state to be read and says no more. */
  @Override
  void close();
}
