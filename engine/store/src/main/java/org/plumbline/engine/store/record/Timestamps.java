// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.record;

import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as text, to the millisecond. */
public final class Timestamps {
  private Timestamps() {}

  /** The present, as records write it: ISO 8601. */
  public static String now() {
    return text(Instant.now());
  }

  public static String text(FileTime time) {
    return text(time.toInstant());
  }

  /** A moment as text. */
  public static String text(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  static double seconds(RunRecord.Session session) {
    String end = session.ended();
    Instant until = end == null ? Instant.now() : Instant.parse(end);
    return Duration.between(Instant.parse(session.started()), until).toMillis() / 1000.0;
  }
}
