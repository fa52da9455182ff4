// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.content;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.plumbline.engine.store.record.StoreJson;

/**
 * An answer as it is kept.
 *
 * @param question its digest: all that it says would be written a second time
 * @param run that was given it
 */
public record AnswerLine(String question, String answer, String run) {
  public AnswerLine {
    Objects.requireNonNull(question);
    Objects.requireNonNull(answer);
    Objects.requireNonNull(run);
  }

  /** Reads a line; empty if it is none. */
  public static Optional<AnswerLine> parse(String text) {
    if (!StoreJson.isObject(text)) {
      return Optional.empty();
    }
    try {
      return Optional.of(StoreJson.read(text, AnswerLine.class));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
