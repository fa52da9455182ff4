// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.diagnostic;

import java.util.Locale;

/** How bad a diagnostic is. */
public enum Severity {
  /** Nothing runs before this is put right. */
  ERROR,
  /** Probably a mistake, but the meaning is clear. */
  WARNING,
  /** Good to know. */
  NOTE;

  /** The word for it in messages and in JSON. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
