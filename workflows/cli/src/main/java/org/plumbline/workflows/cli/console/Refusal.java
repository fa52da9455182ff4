// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.console;

import java.util.List;

/** What was asked for cannot be done, for a reason that the user can change. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;
  private final List<String> help;

  /** A refusal with an exit code and advice, one line each. */
  public Refusal(int exitCode, String message, List<String> help) {
    super(message);
    this.exitCode = exitCode;
    this.help = List.copyOf(help);
  }

  /** A mistake on the command line or in a spec. */
  public static Refusal mistake(String message, String... help) {
    return new Refusal(ExitCode.MISTAKE, message, List.of(help));
  }

  /** The code to exit with. */
  public int exitCode() {
    return exitCode;
  }

  /** What the user can do. */
  public List<String> help() {
    return help;
  }
}
