// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Ratings;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;

/**
 * How a person puts what an answer is worth on a scale: everybody has an offset and a gain of their
 * own, and a rating leans towards the one before it (assimilation) or away from it (contrast).
 *
 * <pre>{@code
 * rating(t) = a + g * u(t) + alpha * (rating(t-1) - a) + s * z(t)
 * }</pre>
 *
 * <p>where u is the worth and z is standard normal. The first rating has none before it, and starts
 * from the offset: the term with alpha is 0. Ratings are not cut off at the ends of any scale;
 * whoever has a scale does that, and hands back the rating that was given.
 *
 * <p>Where the worth of answers varies independently with mean m and variance v, ratings settle
 * around {@code a + g m / (1 - alpha)} with variance {@code (g^2 v + s^2) / (1 - alpha^2)}, and
 * neighbours correlate by alpha.
 *
 * @param gain g
 * @param offset a
 * @param noise s, the standard deviation of one rating
 * @param carryOver alpha
 */
public record RatingScale(double gain, double offset, double noise, double carryOver) {
  private static final RatingScale PLAIN = new RatingScale(1, 0, 0, 0);

  /** The scale of people who are declared so; without a declaration, a rating is the worth. */
  public static RatingScale of(@Nullable Ratings declared) {
    return declared == null
        ? PLAIN
        : new RatingScale(
            declared.gain(), declared.offset(), declared.noise(), declared.carryOver());
  }

  /**
   * The first rating that a person gives.
   *
   * @param z a standard normal number
   */
  public double first(double worth, double z) {
    return next(worth, offset, z);
  }

  /**
   * A rating after another one.
   *
   * @param before the rating that the person gave before
   * @param z a standard normal number
   */
  public double next(double worth, double before, double z) {
    return offset + gain * worth + carryOver * (before - offset) + noise * z;
  }

  /** The standard normal number of one rating, which nothing else draws. */
  public static double z(long seed, long item, Person person) {
    return RandomStream.of(seed, RandomPurpose.RATING_NOISE, person.stream()).normal(item);
  }
}
