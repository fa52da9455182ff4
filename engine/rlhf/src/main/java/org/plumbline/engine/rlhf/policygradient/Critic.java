// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import org.jspecify.annotations.Nullable;

/**
 * What predicts the returns that advantages are measured from.
 *
 * @param head whether it is a head on the policy's trunk, whose loss is part of the surrogate
 * @param own how it learns if it is a model of its own
 */
public record Critic(boolean head, @Nullable Own own) {
  /** Nothing does. */
  public static final Critic NONE = new Critic(false, null);

  /** A head on the policy. */
  public static final Critic HEAD = new Critic(true, null);

  /**
   * How a model of its own learns.
   *
   * @param loss of which only values, old values, returns and mask count
   * @param learningRate the highest of the schedule
   */
  public record Own(Surrogate loss, double learningRate) {}

  /** A model of its own. */
  public static Critic separate(Surrogate loss, double learningRate) {
    return new Critic(false, new Own(loss, learningRate));
  }
}
