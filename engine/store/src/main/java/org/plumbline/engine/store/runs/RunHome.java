// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.runs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.plumbline.engine.store.lease.Leases;
import org.plumbline.engine.store.record.Records;

/** Where runs are kept, and who conducts them. */
public interface RunHome {

  /** The names of all that may be a run, sorted. */
  List<String> names() throws IOException;

  /** Whether there is a run of this name, or something in the place of one. */
  boolean isThere(String id);

  /** Whether something has this name among the files of a run. */
  boolean isThere(String id, String file);

  /** Makes a run, which appears with its plan and record at once or not at all. */
  void create(String id, byte[] plan, byte[] record) throws IOException;

  /**
   * The files of a run, apart from those that lines are added to.
   *
   * @throws IOException if something else is in the place of the run
   */
  Records files(String id) throws IOException;

  /** A file of a run that lines are added to. */
  Journal journal(String id, String file);

  /** Where a file of a run is, as users name it; empty for all of them. */
  String where(String id, String file);

  /**
   * What of a run is there.
   *
   * @param time when something was added last, in milliseconds since 1970
   */
  record Size(long time, long bytes) {}

  /**
   * How much there is of a run.
   *
   * @throws IOException if there is something among its files that is not of a run
   */
  Size size(String id) throws IOException;

  /**
   * Removes a run, which is at once not there any more.
   *
   * @throws IOException likewise; nothing is touched then
   */
  void remove(String id) throws IOException;

  /** The names of what is left of runs that were being made, or removed, when a process died. */
  List<String> remains() throws IOException;

  /** Removes a page that is made anew when it is looked at. */
  void forget(String id, String page) throws IOException;

  /** Rights to conduct runs of an experiment. */
  Leases conducting();

  /** Who has them: beside the rights and not in them. */
  Records owners();

  /** Says once that something is damaged, and what is done about it. */
  void problem(String text);

  /** What it is on this machine that may fail. */
  Path local();
}
