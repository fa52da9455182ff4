// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.run;

/**
 * Something outside of Plumbline that a stage needs, such as a judge behind an address, does not
 * answer. Trying again later may help; what the stage had done is in its checkpoints.
 */
public final class Unreachable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final String help;

  /**
   * A failure that time may mend.
   *
   * @param code the diagnostic's code: {@code PLB0906}
   * @param message what does not answer; lower case, no full stop
   * @param help what to do
   */
  public Unreachable(String code, String message, String help) {
    super(message);
    this.code = code;
    this.help = help;
  }

  /** The diagnostic's code. */
  public String code() {
    return code;
  }

  /** What the user can do. */
  public String help() {
    return help;
  }
}
