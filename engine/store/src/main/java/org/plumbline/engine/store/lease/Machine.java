// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.lease;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.plumbline.engine.plan.Sha256;
import org.plumbline.engine.store.record.Host;

/** This machine since it was started: its processes know of each other whether they live. */
public final class Machine {
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path PROCESSES = Path.of("/proc/self/ns/pid");
  private static final String ID = Sha256.of(boot()).substring(0, 16);

  private Machine() {}

  /** Of 16 hex digits. */
  static String id() {
    return ID;
  }

  /** Those processes of this machine that see each other: containers have their own. */
  public static String processes() {
    try {
      return ID + (Files.isSymbolicLink(PROCESSES) ? Files.readSymbolicLink(PROCESSES) : "");
    } catch (IOException e) {
      return ID; // other systems have no such thing
    }
  }

  private static String boot() {
    try {
      return Files.isReadable(BOOT) ? Files.readString(BOOT).strip() : Host.name();
    } catch (IOException e) {
      return Host.name(); // other systems have no such file
    }
  }
}
