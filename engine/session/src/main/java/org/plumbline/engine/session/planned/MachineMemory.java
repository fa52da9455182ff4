// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.session.planned;

import java.lang.management.ManagementFactory;

/** How much memory this machine has. */
public final class MachineMemory {

  private MachineMemory() {}

  /** Returns bytes; within a container, what it may use. */
  public static long bytes() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getTotalMemorySize();
  }
}
