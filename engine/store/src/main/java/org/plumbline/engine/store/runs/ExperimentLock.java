// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.runs;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.plumbline.engine.plan.Sha256;
import org.plumbline.engine.store.disk.Pause;
import org.plumbline.engine.store.lease.Lease;
import org.plumbline.engine.store.lease.Leases;
import org.plumbline.engine.store.record.Host;
import org.plumbline.engine.store.record.Records;
import org.plumbline.engine.store.record.RunOwner;
import org.plumbline.engine.store.record.StoreFailure;
import org.plumbline.engine.store.record.StoreJson;
import org.plumbline.engine.store.record.Timestamps;

/** That a process conducts a run of an experiment; it ends with the process. */
final class ExperimentLock implements Closeable {
  /** For five seconds: a busy machine can stop a process between its lock and its name. */
  private static final int ATTEMPTS = 250;

  private static final RunOwner UNKNOWN = new RunOwner("?", 0, "?", "?");

  private final Lease lease;
  private final Records owners;
  private final String file;

  private ExperimentLock(Lease lease, Records owners, String file) {
    this.lease = lease;
    this.owners = owners;
    this.file = file;
  }

  /**
   * Who may conduct what.
   *
   * @param leases to experiments
   * @param owners who has them: beside the rights and not in them
   */
  record Owners(Leases leases, Records owners) {

    ExperimentLock acquire(String experiment) throws IOException {
      String name = name(experiment);
      Optional<Lease> lease = leases.tryAcquire(name);
      for (int attempt = 0; lease.isEmpty() && attempt < ATTEMPTS; attempt++) {
        Optional<RunOwner> owner = owner(experiment);
        if (owner.isPresent()) {
          throw StoreFailure.busy(experiment, owner.get());
        }
        Pause.milliseconds(20); // its owner has not written down who it is yet, or is just ending
        lease = leases.tryAcquire(name);
      }
      Lease held = lease.orElseThrow(() -> StoreFailure.busy(experiment, UNKNOWN));
      return new ExperimentLock(held, owners, file(experiment));
    }

    /** Who conducts a run of an experiment, if anybody does and has said who it is. */
    Optional<RunOwner> owner(String experiment) throws IOException {
      if (said(experiment).isEmpty()) {
        return Optional.empty();
      }
      Optional<Lease> free = leases.tryAcquire(name(experiment));
      if (free.isPresent()) {
        free.get().close();
        return Optional.empty();
      }
      return said(experiment); // once more: the one before may have ended meanwhile
    }

    private Optional<RunOwner> said(String experiment) {
      try {
        Records.Found found = owners.read(file(experiment)).orElse(null);
        return found == null
            ? Optional.empty()
            : Optional.of(StoreJson.read(found.content(), RunOwner.class));
      } catch (IOException e) {
        return Optional.empty(); // just being deleted by an owner that ends, or damaged
      }
    }

    private static String file(String experiment) {
      return name(experiment) + ".json";
    }

    private static String name(String experiment) {
      return "experiment-" + Sha256.of(experiment).substring(0, 16);
    }
  }

  void own(String run) throws IOException {
    RunOwner owner =
        new RunOwner(run, ProcessHandle.current().pid(), Host.name(), Timestamps.now());
    owners.put(file, StoreJson.pretty(owner));
  }

  @Override
  public void close() throws IOException {
    try {
      owners.remove(file);
    } finally {
      lease.close();
    }
  }
}
