// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.run.work;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The order to execute a run.
 *
 * @param run the run; its record holds the plan
 * @param attempts how often a node is tried when the world fails it
 * @param pauseMillis the pause before the second attempt; each later one is three times as long
 * @param served where it is served, if a server conducts it; null for one inside this process
 */
public record RunOrder(String run, int attempts, long pauseMillis, @Nullable Served served) {

  /**
   * What a server must know of a run besides its name.
   *
   * @param place who can serve it: workers of this store that compute as the plan says; part of the
   *     names of its task queues
   * @param parallel how many nodes are computed at once at most, by all workers together
   * @param failed what has failed already in an earlier part of a long run
   * @param lostMillis a worker is lost that has not been heard of for so long; 0 in orders of older
   *     versions, which meant 30 seconds
   * @param priority among runs, 1 is first; 0 in orders of older versions, which said nothing of it
   */
  public record Served(
      String place, int parallel, List<NodeEnd> failed, long lostMillis, int priority) {
    public Served {
      failed = List.copyOf(failed);
    }

    /** A run that begins. */
    public static Served at(String place, int parallel, Duration lostAfter, int priority) {
      return new Served(place, parallel, List.of(), lostAfter.toMillis(), priority);
    }
  }

  /** The order for the next part of a run of which this much has failed. */
  public RunOrder after(List<NodeEnd> failed) {
    Served before = Objects.requireNonNull(served);
    return new RunOrder(
        run,
        attempts,
        pauseMillis,
        new Served(
            before.place(), before.parallel(), failed, before.lostMillis(), before.priority()));
  }

  /** Each pause is so many times longer than the one before it. */
  public static final double LONGER = 3;

  /** Five attempts within about three minutes, in this process. */
  public static RunOrder of(String run) {
    return of(run, null);
  }

  /** Five attempts within about three minutes. */
  public static RunOrder of(String run, @Nullable Served served) {
    return new RunOrder(run, 5, Duration.ofSeconds(4).toMillis(), served);
  }

  /** The pause after an attempt that the world has failed; null if it was the last. */
  public @Nullable Duration pauseAfter(int attempt) {
    if (attempt >= attempts) {
      return null;
    }
    return Duration.ofMillis(Math.round(pauseMillis * Math.pow(LONGER, attempt - 1.0)));
  }
}
