// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.lease;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.plumbline.engine.store.disk.Pause;
import org.plumbline.engine.store.record.Host;
import org.plumbline.engine.store.record.Records;
import org.plumbline.engine.store.record.StoreJson;
import org.plumbline.engine.store.record.Timestamps;

/**
 * That somebody removes from the store what no run needs. A collector puts up its sign before it
 * looks at what is there, and whoever adds to the store looks for a sign after it has added. So of
 * the two at least one sees the other: the collector what was added, or whoever added that it has
 * to wait and to see whether all is still there.
 */
public final class CollectorSign {
  private static final String RIGHT = "gc";
  private static final String FILE = "gc.json";

  /** For five seconds: who waits for a collector has its right for a moment. */
  private static final int ATTEMPTS = 100;

  private static final Sign NONE = new Sign("", 0, "", "", true);

  private final Leases leases;
  private final Records signs;

  /**
   * The sign of a store.
   *
   * @param leases of which one is that to collect
   * @param signs beside the rights and not in them
   */
  public CollectorSign(Leases leases, Records signs) {
    this.leases = leases;
    this.signs = signs;
  }

  /**
   * What a collector writes down of itself.
   *
   * @param id unlike that of all others
   * @param ended whether it is done, or seen to be dead
   */
  record Sign(String id, long pid, String host, String since, boolean ended) {
    Sign {
      Objects.requireNonNull(id);
    }

    static Sign mine() {
      String id = UUID.randomUUID().toString();
      return new Sign(id, ProcessHandle.current().pid(), Host.name(), Timestamps.now(), false);
    }

    Sign over() {
      return new Sign(id, pid, host, since, true);
    }

    String state() {
      return id + " " + ended;
    }

    String owner() {
      return "process %d on %s, since %s".formatted(pid, host, since);
    }
  }

  /** A collection that this process has begun. */
  public final class Turn implements AutoCloseable {
    private final Lease lease;
    private final Sign sign;

    private Turn(Lease lease, Sign sign) {
      this.lease = lease;
      this.sign = sign;
    }

    /** Whether this process may still collect: one that was frozen for long may not. */
    public boolean isHeld() throws IOException {
      return lease.isHeld();
    }

    @Override
    public void close() throws IOException {
      try {
        if (lease.isHeld()) {
          put(sign.over());
        }
      } finally {
        lease.close();
      }
    }
  }

  /** Begins to collect; empty if somebody else does. */
  public Optional<Turn> begin() throws IOException {
    Optional<Lease> lease = leases.tryAcquire(RIGHT);
    for (int attempt = 0; lease.isEmpty() && attempt < ATTEMPTS && read().ended(); attempt++) {
      Pause.milliseconds(50);
      lease = leases.tryAcquire(RIGHT);
    }
    if (lease.isEmpty()) {
      return Optional.empty();
    }
    Turn turn = new Turn(lease.get(), Sign.mine());
    boolean begun = false;
    try {
      put(turn.sign);
      begun = true;
      return Optional.of(turn);
    } finally {
      if (!begun) {
        turn.lease.close();
      }
    }
  }

  /** Who collects, or did last, in words. */
  public String collector() throws IOException {
    return read().owner();
  }

  /** What is known of collections now, to be compared with later. */
  public String state() throws IOException {
    return read().state();
  }

  /**
   * Waits for the end of a collection that is under way.
   *
   * @param before the state that was seen before
   * @param waiting is told once whom this waits for, if it has to
   * @return whether one was under way at any time since then
   */
  public boolean awaitEnd(String before, Consumer<String> waiting) throws IOException {
    Sign sign = read();
    if (sign.ended()) {
      return !sign.state().equals(before);
    }
    Optional<Lease> lease = leases.tryAcquire(RIGHT);
    boolean told = false;
    while (lease.isEmpty() && !read().ended()) {
      if (!told) {
        waiting.accept("waiting for `plumb gc` to end: " + sign.owner());
        told = true;
      }
      Pause.milliseconds(leases.pause().toMillis());
      lease = leases.tryAcquire(RIGHT);
    }
    if (lease.isPresent()) {
      try (Lease mine = lease.get()) {
        Sign left = read();
        if (!left.ended()) {
          put(left.over()); // its process has died
        }
      }
    }
    return true;
  }

  private Sign read() throws IOException {
    Records.Found found = signs.read(FILE).orElse(null);
    if (found == null) {
      return NONE;
    }
    try {
      return StoreJson.read(found.content(), Sign.class);
    } catch (IOException e) {
      return new Sign("damaged", 0, "?", "?", false); // whoever can have the right mends it
    }
  }

  private void put(Sign sign) throws IOException {
    signs.put(FILE, StoreJson.pretty(sign));
  }
}
