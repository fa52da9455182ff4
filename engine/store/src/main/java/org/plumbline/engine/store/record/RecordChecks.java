// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.record;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What must hold for a record that is read: JSON can leave out anything, or say null. */
final class RecordChecks {
  private RecordChecks() {}

  static void require(@Nullable Object... parts) {
    for (Object part : parts) {
      Objects.requireNonNull(part, "a part of the record is missing");
    }
  }

  /** A time in ISO 8601. */
  static void requireTime(String time) {
    try {
      Instant.parse(time);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("not a time: " + time, e);
    }
  }

  static void requireSeconds(double seconds) {
    if (!Double.isFinite(seconds)) {
      throw new IllegalArgumentException("not a time that anything took: " + seconds);
    }
  }
}
