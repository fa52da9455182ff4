// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.session;

import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.run.work.NodeChannel;
import org.plumbline.engine.run.work.NodeResult;
import org.plumbline.engine.run.work.NodeTask;
import org.plumbline.engine.run.work.Resolution;
import org.plumbline.engine.run.work.RunWork;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.record.RunStatus;
import org.plumbline.engine.store.runs.ActiveRun;

/** The work of whichever runs a server hands out, all of one store. Thread-safe. */
public final class ServedRuns implements RunWork {
  private final Store store;
  private final Function<ActiveRun, StoredRun> work;
  private final ConcurrentMap<String, StoredRun> known = new ConcurrentHashMap<>();

  /**
   * The runs of a store.
   *
   * @param work what is done of a run
   */
  public ServedRuns(Store store, Function<ActiveRun, StoredRun> work) {
    this.store = store;
    this.work = work;
  }

  /** What a run consists of never changes, so it is read once. */
  private StoredRun run(String id) {
    return known.computeIfAbsent(id, this::read);
  }

  private StoredRun read(String id) {
    return work.apply(store.runs().join(id));
  }

  @Override
  public Resolution resolve(String run) {
    known.remove(run); // it begins: what was known is of an earlier session
    return run(run).resolve(run);
  }

  @Override
  public NodeResult compute(NodeTask task, NodeChannel channel) throws IOException {
    return run(task.order().run()).compute(task, channel);
  }

  @Override
  public void compare(String run) throws IOException {
    run(run).compare(run);
  }

  @Override
  public void end(String run, RunStatus status, @Nullable String message) {
    known.remove(run);
    read(run).end(run, status, message); // as its record is now
  }
}
