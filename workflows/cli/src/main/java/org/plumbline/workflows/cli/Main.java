// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import java.util.List;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.Version;

/** Where the process begins. It loads as little as it can before the first word is said. */
public final class Main {

  private Main() {}

  /** Runs a command line and ends the process with its exit code. */
  public static void main(String[] arguments) {
    int code;
    if (Boolean.getBoolean("plumb.warm-up")) {
      code = WarmUp.run();
    } else {
      Console console = Console.system();
      console.takeAll();
      greet(console, List.of(arguments));
      code = new CommandLines(console).execute(arguments);
    }
    System.out.close();
    System.err.close();
    if (Boolean.getBoolean("plumb.warm-up")) {
      // The archive of classes is written only by an orderly end.
      System.exit(code);
    }
    // Threads of libraries that are no daemons must not keep the process.
    Runtime.getRuntime().halt(code);
  }

  /** Long commands say at once that they are there. */
  private static void greet(Console console, List<String> arguments) {
    boolean lengthy = arguments.contains("run") || arguments.contains("resume");
    boolean quiet = arguments.contains("-q") || arguments.contains("--quiet");
    if (lengthy && !quiet && !arguments.contains("--help") && !arguments.contains("-h")) {
      console.complain("plumb " + Version.text());
    }
  }
}
