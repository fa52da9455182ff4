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

  /**
   * Whether nothing answers where the server is said to be: it may be there in a while, by itself.
   */
  public boolean isAway() {
    return getCause() instanceof Exception failure && ServerTroubles.isAway(failure);
  }

  /** What the user can do. */
  public String help() {
    return help;
  }
}
