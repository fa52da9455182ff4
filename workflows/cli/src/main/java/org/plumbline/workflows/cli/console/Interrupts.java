// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.console;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;

/** What Ctrl-C and a request to terminate do: the first stops in good order, the second at once. */
public final class Interrupts {

  private static final List<String> SIGNALS = List.of("INT", "TERM");

  private final AtomicInteger heard = new AtomicInteger();

  private Interrupts() {}

  /** From now on the first signal does {@code stop}, and the second ends the process. */
  public static Interrupts install(Console console, Runnable stop) {
    Interrupts interrupts = new Interrupts();
    for (String name : SIGNALS) {
      Signal.handle(new Signal(name), signal -> interrupts.hear(console, stop));
    }
    return interrupts;
  }

  private void hear(Console console, Runnable stop) {
    if (heard.incrementAndGet() > 1) {
      console.complain("stopped at once; checkpoints that are saved stay");
      Runtime.getRuntime().halt(ExitCode.CANCELLED);
    }
    console.say("stopping at the next checkpoint; once more stops at once");
    // A signal is handled by a thread of the JVM that must not wait.
    Thread stopping = new Thread(stop, "stop");
    stopping.setDaemon(true);
    stopping.start();
  }
}
