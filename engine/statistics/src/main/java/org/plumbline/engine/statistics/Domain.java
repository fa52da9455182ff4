// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

import java.util.function.DoubleUnaryOperator;

/** Which values a quantity can have: an interval holds no others. */
public enum Domain {
  /** Any number. */
  REAL,
  /** From 0 to 1. */
  SHARE,
  /** The difference of two shares: from -1 to 1. */
  DIFFERENCE_OF_SHARES,
  /** 0 or more. */
  POSITIVE;

  /**
   * The interval around an estimate.
   *
   * <p>Chance within seeds: a share has Wilson's interval, which supposes a variance of {@code c μ
   * (1 - μ)} with {@code c} such that it fits at the estimate; a positive quantity has the same for
   * a variance of {@code c μ}. Differences between seeds multiply: they are taken on the scale of
   * the log-odds of a share, and of the logarithm of a positive quantity. On each side the two
   * distances from the estimate are added as squares (Zou and Donner 2008).
   */
  public Bounds around(double value, Halves halves) {
    return switch (this) {
      case REAL -> new Bounds(value - halves.total(), value + halves.total());
      case DIFFERENCE_OF_SHARES ->
          new Bounds(Math.max(-1, value - halves.total()), Math.min(1, value + halves.total()));
      case SHARE -> share(value, halves);
      case POSITIVE -> positive(value, halves);
    };
  }

  private static Bounds share(double value, Halves halves) {
    double share = Math.min(1, Math.max(0, value));
    double plain = share * (1 - share);
    if (plain <= 0) {
      return new Bounds(Math.max(0, share - halves.total()), Math.min(1, share + halves.total()));
    }
    Bounds within = Wilson.interval(share, plain / (halves.within() * halves.within()), 1);
    double odds = StrictMath.log(share / (1 - share));
    Bounds between = scaled(halves.between() / plain, by -> 1 / (1 + StrictMath.exp(-(odds + by))));
    Bounds both = combined(share, within, between);
    return new Bounds(Math.max(0, both.low()), Math.min(1, both.high()));
  }

  private static Bounds positive(double value, Halves halves) {
    if (value <= 0) {
      return new Bounds(0, Math.max(0, value + halves.total()));
    }
    double square = halves.within() * halves.within();
    double c = square / value;
    double width = StrictMath.sqrt(square + c * c / 4);
    Bounds within = new Bounds(value + c / 2 - width, value + c / 2 + width);
    Bounds between = scaled(halves.between() / value, by -> value * StrictMath.exp(by));
    Bounds both = combined(value, within, between);
    return new Bounds(Math.max(0, both.low()), both.high());
  }

  private static Bounds scaled(double half, DoubleUnaryOperator back) {
    return new Bounds(back.applyAsDouble(-half), back.applyAsDouble(half));
  }

  private static Bounds combined(double value, Bounds one, Bounds other) {
    Halves down = new Halves(value - one.low(), value - other.low());
    Halves up = new Halves(one.high() - value, other.high() - value);
    return new Bounds(value - down.total(), value + up.total());
  }
}
