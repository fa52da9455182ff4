// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.runs;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanJson;
import org.plumbline.engine.plan.Sha256;
import org.plumbline.engine.store.lease.CollectorSign;
import org.plumbline.engine.store.record.Host;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.engine.store.record.RunServer;
import org.plumbline.engine.store.record.RunStart;
import org.plumbline.engine.store.record.RunStatus;
import org.plumbline.engine.store.record.StoreFailure;
import org.plumbline.engine.store.record.StoreJson;
import org.plumbline.engine.store.record.Timestamps;

/** Begins runs, and goes on with those that were begun. */
final class RunBeginnings {
  private final Runs runs;
  private final ExperimentLock.Owners owners;
  private final CollectorSign collectors;
  private final RunHome home;

  RunBeginnings(Runs runs, ExperimentLock.Owners owners, CollectorSign collectors, RunHome home) {
    this.runs = runs;
    this.owners = owners;
    this.collectors = collectors;
    this.home = home;
  }

  /**
   * Starts a run. Only one run of an experiment can be under way in a store.
   *
   * @param server that conducts it; null if this process does
   * @throws StoreFailure {@code BUSY}, naming its process or server, if there is one already
   */
  ActiveRun start(RunStart start, @Nullable RunServer server) {
    String experiment = start.plan().experiment();
    try (Keeping keeping = new Keeping(owners.acquire(experiment))) {
      mustNotBeServed(experiment);
      String id = newId();
      byte[] plan = PlanJson.bytes(start.plan());
      RunRecord record =
          new RunRecord(
              id,
              experiment,
              RunStatus.RUNNING,
              start.spec(),
              start.frozen(),
              start.overrides(),
              start.plan().seeds(),
              start.provenance(),
              start.folder(),
              List.of(session()),
              null,
              Sha256.of(plan),
              server);
      // First: whoever sees the run must see who conducts it, or it looks interrupted.
      keeping.lock.own(id);
      home.create(id, plan, StoreJson.sealed(record));
      // It has seen the run, or what it removes must not be found by the run.
      collectors.awaitEnd("", home::problem);
      return new ActiveRun(runs, record, start.plan(), keeping.keep());
    } catch (IOException e) {
      throw StoreFailure.io("start a run", home.local(), 0, e);
    }
  }

  /** Gives a lock back unless it is kept. */
  private static final class Keeping implements AutoCloseable {
    private final ExperimentLock lock;
    private boolean kept;

    Keeping(ExperimentLock lock) {
      this.lock = lock;
    }

    ExperimentLock keep() {
      kept = true;
      return lock;
    }

    @Override
    public void close() throws IOException {
      if (!kept) {
        lock.close();
      }
    }
  }

  /**
   * Goes on with a run.
   *
   * @param server that conducts it from now on; null if this process does
   * @throws StoreFailure {@code BUSY}, naming its process or server, if the experiment is under way
   */
  ActiveRun resume(String id, @Nullable RunServer server) {
    RunRecord found = runs.read(id);
    try (Keeping keeping = new Keeping(owners.acquire(found.experiment()))) {
      mustNotBeServed(found.experiment());
      keeping.lock.own(found.id());
      collectors.awaitEnd("", home::problem);
      // Once more: another process may have ended it meanwhile, or removed it.
      RunRecord before = runs.read(found.id());
      List<RunRecord.Session> sessions = new ArrayList<>(runs.at(before.id()).closed(before));
      sessions.add(session());
      RunRecord record = before.with(RunStatus.RUNNING, sessions, null).conductedBy(server);
      Plan plan = runs.plan(record.id());
      runs.at(record.id()).mend();
      runs.write(record);
      return new ActiveRun(runs, record, plan, keeping.keep());
    } catch (IOException e) {
      throw StoreFailure.io("resume run " + id, home.local(), 0, e);
    }
  }

  /** Under the lock: whoever gives a run to a server has it while the record is written. */
  private void mustNotBeServed(String experiment) {
    for (RunRecord run : runs.list()) {
      if (run.experiment().equals(experiment) && run.served()) {
        throw StoreFailure.served(run);
      }
    }
  }

  private static RunRecord.Session session() {
    return new RunRecord.Session(
        Timestamps.now(), null, ProcessHandle.current().pid(), Host.name(), false);
  }

  private String newId() throws IOException {
    for (int attempt = 0; ; attempt++) {
      int digits = attempt < 64 ? 4 : 8;
      long number = ThreadLocalRandom.current().nextLong(1L << (4 * digits));
      String id = ("%0" + digits + "x").formatted(number);
      if (!home.isThere(id)) {
        return id;
      }
      if (attempt > 1000) {
        throw new FileAlreadyExistsException(home.where(id, ""));
      }
    }
  }
}
