// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much is seen of a training along its way.
 *
 * @param parts that the steps are divided into; a point lies before each and after the last
 * @param answers at each point
 * @param longest tokens of an answer
 */
record CurveSize(int parts, int answers, int longest) {

  private static final List<Integer> PARTS = List.of(8, 4, 2, 1);

  /** Fewer answers at a point say too little: then there are fewer points. */
  private static final int FEW = 4;

  /** Tokens of the shortest answers, if they are cut at all. */
  private static final int SHORT = 8;

  /** Says what may be seen. */
  @FunctionalInterface
  interface Affordable {
    boolean is(long points, int answers, int longest);
  }

  /** Nine points. */
  static CurveSize full(int answers, int longest) {
    return new CurveSize(PARTS.get(0), answers, longest);
  }

  /** A short answer at the start and one at the end. */
  static CurveSize smallest(int longest) {
    return new CurveSize(1, 1, Math.min(SHORT, longest));
  }

  /**
   * The most that is affordable: fewer answers first, then fewer points, then shorter answers, in
   * the end fewer than {@value #FEW} of them.
   *
   * @param steps of the training
   * @return null if not even the smallest is affordable
   */
  @Nullable CurveSize within(long steps, Affordable affordable) {
    for (int shorter = longest; shorter == longest || shorter >= SHORT; shorter /= 2) {
      for (int some : PARTS) {
        CurveSize fits = new CurveSize(some, answers, shorter).fewer(FEW, steps, affordable);
        if (fits != null) {
          return fits;
        }
      }
    }
    int least = smallest(longest).longest();
    return new CurveSize(1, Math.min(FEW, answers), least).fewer(1, steps, affordable);
  }

  private @Nullable CurveSize fewer(int least, long steps, Affordable affordable) {
    for (int some = answers; some >= Math.min(least, answers); some--) {
      if (affordable.is(points(steps), some, longest)) {
        return new CurveSize(parts, some, longest);
      }
    }
    return null;
  }

  /** Whether a point lies before this step. */
  boolean isPoint(long step, long steps) {
    return step % every(steps) == 0 || step == steps;
  }

  private long every(long steps) {
    return Math.max(1, (steps + parts - 1) / parts);
  }

  /** How many points there are along so many steps. */
  long points(long steps) {
    long every = every(steps);
    return (steps + every - 1) / every + 1;
  }
}
