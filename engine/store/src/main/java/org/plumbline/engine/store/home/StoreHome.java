// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.home;

import java.io.IOException;
import java.nio.file.Path;
import org.plumbline.engine.store.content.Blobs;
import org.plumbline.engine.store.content.Checkpoints;
import org.plumbline.engine.store.disk.StoreCounts;
import org.plumbline.engine.store.lease.Leases;
import org.plumbline.engine.store.record.Records;
import org.plumbline.engine.store.runs.RunHome;

/** All that a store consists of, wherever that is kept. */
public interface StoreHome extends AutoCloseable {
  /** The format that this version writes. */
  int FORMAT = 1;

  /** Where it is, as users name it. */
  String name();

  /**
   * The folder on this machine in which things are prepared: of the store itself if that is one.
   */
  Path local();

  /** What artifacts and copies of inputs are kept as. */
  Blobs blobs();

  /** Which artifact is the copy of which input. */
  Records inputs();

  /** Which nodes have finished. */
  Records nodes();

  /** Rights to work on nodes, by key. */
  Leases leases();

  /** States of nodes that have not finished. */
  Checkpoints checkpoints();

  /** What was run. */
  RunHome runs();

  /** What this process has done with it. */
  StoreCounts counts();

  /** Gives back what says that this process lives, and cleans nothing. */
  void release() throws IOException;

  /** Deletes what this process has prepared and not finished. */
  @Override
  void close() throws IOException;
}
