// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.render;

import java.util.Locale;
import java.util.Optional;

/** The forms that diagnostics can be written in. */
public enum DiagnosticFormat {
  /** With the source text and a caret, for people. */
  HUMAN,
  /** One line per diagnostic, as compilers write them. */
  SHORT,
  /** One JSON document. */
  JSON,
  /** Workflow commands that GitHub shows at the changed lines. */
  GITHUB;

  /** The word for it on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The format with this word. */
  public static Optional<DiagnosticFormat> find(String word) {
    for (DiagnosticFormat format : values()) {
      if (format.word().equals(word)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }
}
