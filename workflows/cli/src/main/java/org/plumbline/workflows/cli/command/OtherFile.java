// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.nio.file.Path;
import org.plumbline.engine.session.planned.PlannedSpec;
import org.plumbline.engine.store.record.RunRecord;

/** Says where a run of an experiment came from another file than the one at hand. */
final class OtherFile {
  private OtherFile() {}

  /** {@code of FILE}, with a space before it; empty if the run is of this file. */
  static String of(Plumb given, PlannedSpec planned, RunRecord run) {
    Path file = Path.of(run.folder()).resolve(run.spec().name());
    boolean same = file.equals(planned.folder().resolve(planned.name()));
    return same ? "" : " of " + given.shown(file);
  }
}
