// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.bind;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.diagnostic.Diagnostic;

/** What binding gave: a value, unless there was an error, and everything that was found. */
public final class Bound<T> {
  private final @Nullable T value;
  private final List<Diagnostic> diagnostics;

  Bound(@Nullable T value, List<Diagnostic> diagnostics) {
    this.value = value;
    this.diagnostics = List.copyOf(diagnostics);
  }

  /** The value; empty if there were errors. */
  public Optional<T> value() {
    return Optional.ofNullable(value);
  }

  /** What was wrong or noteworthy. */
  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
