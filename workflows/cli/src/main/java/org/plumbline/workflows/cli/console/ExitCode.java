// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.console;

/** The exit codes of {@code plumb}; scripts rely on them. */
public final class ExitCode {

  /** All is well, also if there was nothing to do. */
  public static final int OK = 0;

  /** The run failed. */
  public static final int FAILED = 1;

  /** The command line or the spec is wrong. */
  public static final int MISTAKE = 2;

  /** With {@code plan --exit-code}: there is work to do. */
  public static final int WORK_TO_DO = 3;

  /** The run was cancelled. */
  public static final int CANCELLED = 4;

  /** Plumbline itself is at fault. */
  public static final int INTERNAL = 70;

  private ExitCode() {}
}
