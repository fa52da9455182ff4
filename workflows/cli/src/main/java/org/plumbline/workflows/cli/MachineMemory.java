package org.plumbline.workflows.cli;

import java.lang.management.ManagementFactory;

/** How much memory this machine has. */
final class MachineMemory {

  private MachineMemory() {}

  /** Returns bytes; within a container, what it may use. */
  static long bytes() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getTotalMemorySize();
  }
}
