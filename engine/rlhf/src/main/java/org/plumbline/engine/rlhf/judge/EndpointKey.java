package org.plumbline.engine.rlhf.judge;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.store.Secrets;
import org.plumbline.engine.store.StageFailure;

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
    String value = environment.getOrDefault(variable, "").strip();
    if (value.isEmpty()) {
      return new EndpointKey(variable, null);
    }
    Secrets.know(value);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c <= ' ' || c >= 0x7f) {
        throw new StageFailure(
            "PLB0907",
            "the environment variable `%s` holds no key: character %d of %d is %s"
                .formatted(variable, i + 1, value.length(), kind(c)),
            "key_variable",
            "set it to the key alone, without `Bearer`, quotes and line ends");
      }
    }
    return new EndpointKey(variable, value);
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
