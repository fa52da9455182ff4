// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import org.jspecify.annotations.Nullable;

/** Turns what the command line library injects into what is surely there. */
final class Injected {

  private Injected() {}

  /** The value, which the library has set before the command is called. */
  static <T> T of(@Nullable T injected) {
    if (injected == null) {
      throw new IllegalStateException("the command was called without its command line");
    }
    return injected;
  }
}
