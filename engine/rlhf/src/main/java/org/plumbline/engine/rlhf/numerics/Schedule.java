// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.numerics;

/**
 * The factor that a learning rate is multiplied with at each step: a linear rise, then a linear or
 * cosine fall.
 *
 * @param shape how it falls
 * @param warmUp steps of the rise from 0
 * @param steps steps in all
 * @param floor the factor at the end
 */
public record Schedule(Shape shape, int warmUp, long steps, double floor) {

  /** How the factor falls. */
  public enum Shape {
    /** Not at all. */
    CONSTANT,
    /** In a straight line. */
    LINEAR,
    /** Along half a cosine. */
    COSINE
  }

  /** Falls in a straight line from 1 at step 0 to the floor at the end. */
  public static Schedule linear(long steps, double floor) {
    return new Schedule(Shape.LINEAR, 0, steps, floor);
  }

  /** Rises over the first steps, then falls in a straight line to the floor. */
  public static Schedule linear(int warmUp, long steps, double floor) {
    return new Schedule(Shape.LINEAR, warmUp, steps, floor);
  }

  /**
   * Rises over a fifth of the steps, 20 at most, then falls in a straight line to the floor: for
   * trainings that may be short.
   */
  public static Schedule briefRise(int steps, double floor) {
    return linear(Math.min(20, steps / 5), steps, floor);
  }

  /** The factor for the step that is about to be taken, counted from 0. */
  public double factor(long step) {
    if (step < warmUp) {
      return (double) step / warmUp;
    }
    if (shape == Shape.CONSTANT) {
      return 1;
    }
    double done = Math.min(1, (double) (step - warmUp) / Math.max(1, steps - warmUp));
    double fall =
        shape == Shape.LINEAR ? 1 - done : 0.5 * (1 + StrictMath.cos(StrictMath.PI * done));
    return floor + (1 - floor) * fall;
  }
}
