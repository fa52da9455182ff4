// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.judge;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.record.Secrets;

/**
 * The key of an endpoint, from an environment variable. Whoever makes one need not fear for it:
 * {@link Secrets} knows it from then on, and this class has no text form that holds it.
 */
public final class EndpointKey {
  private final String variable;
  private final @Nullable String value;

  private EndpointKey(String variable, @Nullable String value) {
    this.variable = variable;
    this.value = value;
  }

  /**
   * Reads a key; blanks and line ends around it are no part of it.
   *
   * @param variable the name of the environment variable
   * @throws StageFailure if its value cannot be sent as a key; the message does not repeat it
   */
  public static EndpointKey of(String variable, Map<String, String> environment) {
    String given = environment.getOrDefault(variable, "");
    if (given.isEmpty()) {
      return new EndpointKey(variable, null);
    }
    String value = given.strip();
    if (value.isEmpty()) {
      throw noKey(variable, "there are only blanks in it");
    }
    Secrets.know(value);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c <= ' ' || c >= 0x7f) {
        throw noKey(variable, "character %d of %d is %s".formatted(i + 1, value.length(), kind(c)));
      }
    }
    return new EndpointKey(variable, value);
  }

  private static StageFailure noKey(String variable, String why) {
    return new StageFailure(
        "PLB0907",
        "the environment variable `" + variable + "` holds no key: " + why,
        "key_variable",
        "set it to the key alone, without `Bearer`, quotes and line ends");
  }

  private static String kind(char c) {
    if (c == ' ') {
      return "a blank";
    }
    return c == '\n' || c == '\r'
        ? "a line end"
        : c < ' ' || c == 0x7f ? "a control character" : "no ASCII character";
  }

  /** The name of the environment variable. */
  String variable() {
    return variable;
  }

  /** What is sent; null if the variable is not set: nothing is sent then. */
  @Nullable String value() {
    return value;
  }
}
