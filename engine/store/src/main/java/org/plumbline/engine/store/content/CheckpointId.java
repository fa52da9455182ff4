// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.content;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which checkpoint of a node one is. That of a later holder of the node is newer, whatever its step
 * is: what a holder writes that has lost its right meanwhile is never the newest.
 *
 * @param step the number of steps that were done
 * @param token of the holder that saved it; 0 for those of older versions
 */
public record CheckpointId(long step, long token) implements Comparable<CheckpointId> {
  private static final Pattern NAME = Pattern.compile("(\\d{12})(?:-(\\d{1,18}))?");
  private static final Comparator<CheckpointId> ORDER =
      Comparator.comparingLong(CheckpointId::token).thenComparingLong(CheckpointId::step);

  /** Reads a name; empty if it is that of something else. */
  public static Optional<CheckpointId> parse(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String token = matcher.group(2);
    return Optional.of(
        new CheckpointId(
            Long.parseLong(matcher.group(1)), token == null ? 0 : Long.parseLong(token)));
  }

  /** What its folder is called. */
  public String name() {
    return token == 0 ? "%012d".formatted(step) : "%012d-%d".formatted(step, token);
  }

  @Override
  public int compareTo(CheckpointId other) {
    return ORDER.compare(this, other);
  }
}
