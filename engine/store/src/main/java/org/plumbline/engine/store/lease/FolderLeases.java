// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.lease;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.plumbline.engine.store.disk.FileMutex;
import org.plumbline.engine.store.disk.MisplacedFile;
import org.plumbline.engine.store.disk.StoreLayout;

/**
 * Rights as locks on files of the store: the system takes them back at once when a process dies. A
 * holder that is frozen keeps its lock; it loses the right when another file with another lock is
 * put into the place of its own. The file says how often there was a holder, and that the present
 * one lives.
 */
public final class FolderLeases implements Leases {
  private static final String GUARD = "takeover.lock";
  private static final String NEXT = "takeover.new";

  private final StoreLayout ground;
  private final String part;
  private final LeaseTime time;
  private final Watches watches;

  private FolderLeases(StoreLayout ground, String part, LeaseTime time) {
    this.ground = ground;
    this.part = part;
    this.time = time;
    this.watches = new Watches(time);
  }

  /**
   * Those to a part of the store that only a holder's death ends.
   *
   * @param part whose rights they are: {@link StoreLayout#CHECKPOINTS}
   */
  public static FolderLeases endless(StoreLayout ground, String part) {
    return new FolderLeases(ground, part, LeaseTime.ENDLESS);
  }

  /** Those to a part of the store that a holder loses, too, if it gives no sign of life. */
  public static FolderLeases timed(StoreLayout ground, String part, LeaseTime time) {
    return new FolderLeases(ground, part, time);
  }

  @Override
  public LeaseTime time() {
    return time;
  }

  @Override
  public Optional<Lease> tryAcquire(String name) throws IOException {
    Leases.requireName(name);
    ground.mustBeThere();
    Path file = ground.locksOf(part).resolve(name + ".lock");
    FileMutex.Attempt attempt = FileMutex.attempt(file);
    if (attempt.mutex() != null) {
      return free(name, attempt.mutex());
    }
    return watches.expired(name, attempt.text())
        ? takeOver(name, file, attempt.text())
        : Optional.empty();
  }

  /**
   * It must not be asked by the process that holds the right: where locks belong to processes, to
   * close the file would give it back.
   */
  @Override
  public Optional<Instant> sign(String name) throws IOException {
    Path file = ground.locksOf(part).resolve(name + ".lock");
    try {
      MisplacedFile.isFile(file);
      Instant written = Files.getLastModifiedTime(file).toInstant();
      String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      boolean free = HolderSign.parse(text).machine().isEmpty();
      return free ? Optional.empty() : Optional.of(written);
    } catch (NoSuchFileException e) {
      return Optional.empty(); // nobody has begun with it yet
    }
  }

  /** A lock that is free is enough, unless its holder may live elsewhere and has lost only that. */
  private Optional<Lease> free(String name, FileMutex mutex) throws IOException {
    boolean kept = false;
    try {
      HolderSign last = HolderSign.parse(mutex.text());
      if (last.elsewhere() && !time.endless() && !watches.expired(name, mutex.text())) {
        return Optional.empty();
      }
      Lease lease = begin(name, mutex, last.token() + 1);
      kept = true;
      return Optional.of(lease);
    } finally {
      if (!kept) {
        mutex.close();
      }
    }
  }

  private Lease begin(String name, FileMutex mutex, long token) throws IOException {
    HeldFile held = new HeldFile(mutex, token, time.endless() ? "" : Machine.id());
    held.say();
    watches.forget(name);
    return held;
  }

  /** Of several that come at once one does it; should it be frozen meanwhile, the others wait. */
  private Optional<Lease> takeOver(String name, Path file, String seen) throws IOException {
    Optional<FileMutex> guard = FileMutex.tryAcquire(file.resolveSibling(GUARD));
    if (guard.isEmpty()) {
      return Optional.empty();
    }
    try (FileMutex alone = guard.get()) {
      FileMutex.Attempt now = FileMutex.attempt(file);
      if (now.mutex() != null) {
        return free(name, now.mutex());
      }
      Optional<FileMutex> next =
          now.text().equals(seen)
              ? FileMutex.tryAcquire(file.resolveSibling(NEXT))
              : Optional.empty();
      if (next.isEmpty()) {
        return Optional.empty();
      }
      // By two: in this very moment the holder may give the right back and another count on.
      long token = HolderSign.parse(seen).token() + 2;
      next.get().write(new HolderSign(token, 0, Machine.id()).text());
      return Optional.of(begin(name, next.get().movedTo(file), token));
    }
  }
}
