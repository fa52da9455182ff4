// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.console;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;

/** What Ctrl-C and a request to terminate do: the first stops in good order, the second at once. */
public final class Interrupts {

  private static final List<String> SIGNALS = List.of("INT", "TERM");

  private final Console console;
  private final String first;
  private final String second;
  private final AtomicInteger heard = new AtomicInteger();
  private @Nullable Runnable stop;

  private Interrupts(Console console, String first, String second) {
    this.console = console;
    this.first = first;
    this.second = second;
  }

  /** From now on the first signal is heard, and the second ends the process. */
  public static Interrupts install(Console console) {
    return install(
        console,
        "stopping at the next checkpoint; once more stops at once",
        "stopped at once; checkpoints that are saved stay");
  }

  /**
   * From now on the first signal is heard, and the second ends the process.
   *
   * @param first what is said then
   * @param second what is said at the second
   */
  public static Interrupts install(Console console, String first, String second) {
    Interrupts interrupts = new Interrupts(console, first, second);
    for (String name : SIGNALS) {
      Signal.handle(new Signal(name), signal -> interrupts.hear());
    }
    return interrupts;
  }

  /** Whether there was a signal. */
  public boolean heard() {
    return heard.get() > 0;
  }

  /** From now on the first signal does {@code stop}; at once if there was one. */
  public synchronized void then(Runnable toStop) {
    stop = toStop;
    if (heard()) {
      start(toStop);
    }
  }

  private void hear() {
    if (heard.incrementAndGet() > 1) {
      console.complain(second);
      Runtime.getRuntime().halt(ExitCode.CANCELLED);
    }
    console.say(first);
    synchronized (this) {
      if (stop != null) {
        start(stop);
      }
    }
  }

  /** A signal is handled by a thread of the JVM that must not wait. */
  private static void start(Runnable stop) {
    Thread stopping = new Thread(stop, "stop");
    stopping.setDaemon(true);
    stopping.start();
  }
}
