// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.bucket;

import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import org.plumbline.engine.store.lease.Machine;
import org.plumbline.engine.store.record.StoreJson;

/**
 * What a holder writes down of itself.
 *
 * @param token its fencing token
 * @param beat grows as long as it lives
 * @param machine whose processes know of each other whether they live; empty if the right is free
 * @param pid of its process, which began at {@code since}
 * @param holder unlike that of all others
 */
record LeaseObject(long token, long beat, String machine, long pid, long since, String holder) {

  /** Of nobody: before the first. */
  static final LeaseObject NONE = new LeaseObject(0, 0, "", 0, 0, "");

  static LeaseObject mine(long token) {
    ProcessHandle process = ProcessHandle.current();
    return new LeaseObject(
        token, 0, Machine.processes(), process.pid(), since(process), UUID.randomUUID().toString());
  }

  /** Reads one; a damaged one is of somebody, and has to be watched. */
  static LeaseObject read(byte[] content) {
    try {
      LeaseObject read = StoreJson.read(content, LeaseObject.class);
      return read.machine() == null || read.holder() == null ? damaged() : read;
    } catch (IOException e) {
      return damaged();
    }
  }

  private static LeaseObject damaged() {
    return new LeaseObject(0, 0, "?", 0, 0, "?");
  }

  byte[] bytes() {
    return StoreJson.line(this);
  }

  LeaseObject with(long newToken, long newBeat) {
    return new LeaseObject(newToken, newBeat, machine, pid, since, holder);
  }

  LeaseObject released() {
    return new LeaseObject(token, beat, "", pid, since, holder);
  }

  boolean free() {
    return machine.isEmpty();
  }

  /** Whether its process is seen to be gone. */
  boolean dead() {
    return machine.equals(Machine.processes())
        && ProcessHandle.of(pid).filter(process -> since(process) == since).isEmpty();
  }

  private static long since(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }
}
