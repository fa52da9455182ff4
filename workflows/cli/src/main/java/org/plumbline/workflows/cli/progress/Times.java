// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.progress;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Times as people read them. */
public final class Times {

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());

  private Times() {}

  /** A moment to the minute, in this machine's time zone. */
  public static String moment(String iso) {
    return MOMENT.format(Instant.parse(iso));
  }

  /** How long ago a moment was: {@code 8 s ago}. */
  public static String ago(Instant moment) {
    Duration since = Duration.between(moment, Instant.now());
    return since.toMinutes() < 1
        ? Math.max(0, since.toSeconds()) + " s ago"
        : minutes(since) + " ago";
  }

  /** Minutes and seconds, {@code 3:42}; hours too if there are any, {@code 1:03:42}. */
  public static String minutes(Duration time) {
    long seconds = Math.max(0, time.toSeconds());
    if (seconds >= 3600) {
      return "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    return "%d:%02d".formatted(seconds / 60, seconds % 60);
  }

  /** The same for a number of seconds. */
  public static String minutes(double seconds) {
    return minutes(Duration.ofMillis(Math.round(seconds * 1000)));
  }
}
