// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.run;

import org.jspecify.annotations.Nullable;

/**
 * A stage cannot give a result, and trying again would not help: bad data, impossible settings, a
 * loss that is not a number.
 */
public final class StageFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final @Nullable String setting;
  private final @Nullable String help;

  /**
   * A failure that is the user's to mend.
   *
   * @param code the diagnostic's code: {@code PLB0902}
   * @param message what is wrong, with file and line where there is one; lower case, no full stop
   * @param setting the key of the node's settings that matters most, or null
   * @param help what to do, or null
   */
  public StageFailure(
      String code, String message, @Nullable String setting, @Nullable String help) {
    super(message);
    this.code = code;
    this.setting = setting;
    this.help = help;
  }

  /** The diagnostic's code. */
  public String code() {
    return code;
  }

  /** The key of the node's settings that matters most. */
  public @Nullable String setting() {
    return setting;
  }

  /** What the user can do. */
  public @Nullable String help() {
    return help;
  }
}
