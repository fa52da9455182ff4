// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal;

import org.jspecify.annotations.Nullable;

/** A Temporal server cannot be used, for a reason that the user can do something about. */
public final class ServerTrouble extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String help;

  /**
   * What is wrong.
   *
   * @param help what the user can do
   */
  public ServerTrouble(String message, String help, @Nullable Throwable cause) {
    super(message, cause);
    this.help = help;
  }

  /** What the user can do. */
  public String help() {
    return help;
  }
}
