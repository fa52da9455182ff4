// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec;

import org.plumbline.dsl.model.diagnostic.SourceFile;

/** How specs that are scripts are treated: a script is code with the rights of its user. */
public interface Scripts {

  /** Every script is evaluated once, without a word. */
  Scripts ALLOWED = new Scripts() {};

  /** Whether scripts may be evaluated at all. */
  default boolean allowed() {
    return true;
  }

  /** Whether a script is evaluated twice, to see whether it says the same thing again. */
  default boolean twice() {
    return false;
  }

  /**
   * Told before a script is evaluated.
   *
   * @param compiled whether it has been compiled before; else a compiler is started first
   */
  default void evaluating(SourceFile script, boolean compiled) {}
}
