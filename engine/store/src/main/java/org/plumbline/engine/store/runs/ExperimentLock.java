// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.plumbline.engine.plan.Sha256;
import org.plumbline.engine.store.disk.DeletablePaths;
import org.plumbline.engine.store.disk.FileMutex;
import org.plumbline.engine.store.disk.Pause;
import org.plumbline.engine.store.disk.StagingArea;
import org.plumbline.engine.store.disk.StoreLayout;
import org.plumbline.engine.store.record.Host;
import org.plumbline.engine.store.record.RunOwner;
import org.plumbline.engine.store.record.StoreFailure;
import org.plumbline.engine.store.record.StoreJson;
import org.plumbline.engine.store.record.Timestamps;

/** That a process conducts a run of an experiment; the system takes it back if the process dies. */
final class ExperimentLock implements AutoCloseable {
  /** For five seconds: a busy machine can stop a process between its lock and its name. */
  private static final int ATTEMPTS = 250;

  private final FileMutex mutex;
  private final Path ownerFile;
  private final StoreLayout ground;
  private final StagingArea scratch;

  private ExperimentLock(FileMutex mutex, Path ownerFile, StoreLayout ground, StagingArea scratch) {
    this.mutex = mutex;
    this.ownerFile = ownerFile;
    this.ground = ground;
    this.scratch = scratch;
  }

  static ExperimentLock acquire(StoreLayout ground, String experiment, StagingArea scratch)
      throws IOException {
    Path locks = ground.at(StoreLayout.LOCKS);
    ground.mustBeThere();
    String name = name(experiment);
    Optional<FileMutex> mutex = FileMutex.tryAcquire(locks.resolve(name + ".lock"));
    for (int attempt = 0; mutex.isEmpty() && attempt < ATTEMPTS; attempt++) {
      Optional<RunOwner> owner = owner(locks, experiment);
      if (owner.isPresent()) {
        throw StoreFailure.busy(experiment, owner.get());
      }
      Pause.milliseconds(20); // its owner has not written down who it is yet, or is just ending
      mutex = FileMutex.tryAcquire(locks.resolve(name + ".lock"));
    }
    RunOwner unknown = new RunOwner("?", 0, "?", "?");
    FileMutex held = mutex.orElseThrow(() -> StoreFailure.busy(experiment, unknown));
    return new ExperimentLock(held, locks.resolve(name + ".json"), ground, scratch);
  }

  void own(String run) throws IOException {
    RunOwner owner =
        new RunOwner(run, ProcessHandle.current().pid(), Host.name(), Timestamps.now());
    scratch.replace(ownerFile, StoreJson.pretty(owner));
  }

  /** Who holds the lock of an experiment, if anybody does and has said who it is. */
  static Optional<RunOwner> owner(Path locks, String experiment) throws IOException {
    Path file = locks.resolve(name(experiment) + ".json");
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    // Beside the lock and not in it: to read a locked file would, on POSIX, give up a lock of ours.
    Optional<FileMutex> free = FileMutex.tryAcquire(locks.resolve(name(experiment) + ".lock"));
    if (free.isPresent()) {
      free.get().close();
      return Optional.empty();
    }
    try {
      return Optional.of(StoreJson.read(file, RunOwner.class));
    } catch (IOException e) {
      return Optional.empty(); // just being deleted by an owner that ends
    }
  }

  private static String name(String experiment) {
    return "experiment-" + Sha256.of(experiment).substring(0, 16);
  }

  @Override
  public void close() throws IOException {
    try {
      ground.delete(DeletablePaths.OWNER, ownerFile);
    } finally {
      mutex.close();
    }
  }
}
