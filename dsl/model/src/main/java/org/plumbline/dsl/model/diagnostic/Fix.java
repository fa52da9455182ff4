// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.diagnostic;

import org.jspecify.annotations.Nullable;

/**
 * What to do about a diagnostic.
 *
 * @param help the advice: {@code did you mean `learning_rate`?}
 * @param replacement what to put in place of the primary span, if that alone is the fix
 */
public record Fix(String help, @Nullable String replacement) {

  public Fix {
    help = Brief.of(help);
  }
}
