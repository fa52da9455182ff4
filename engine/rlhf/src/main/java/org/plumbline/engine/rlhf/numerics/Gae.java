// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.numerics;

/**
 * Generalised advantage estimation over the tokens of one answer.
 *
 * <p>Schulman et al., "High-Dimensional Continuous Control Using Generalized Advantage Estimation",
 * ICLR 2016, arXiv:1506.02438, equations 11 and 16:
 *
 * <pre>{@code
 * delta_t = r_t + gamma V_{t+1} - V_t,  V_{T+1} = 0
 * A_t     = delta_t + gamma lambda A_{t+1}
 * }</pre>
 *
 * @param advantages A_t, one per token
 * @param returns A_t + V_t: what the value head is fitted to
 */
public record Gae(double[] advantages, double[] returns) {

  /** Estimates the advantages of an answer that ends with its last token. */
  public static Gae of(double[] rewards, double[] values, double gamma, double lambda) {
    if (rewards.length != values.length) {
      throw new IllegalArgumentException(rewards.length + " rewards, " + values.length + " values");
    }
    double[] advantages = new double[rewards.length];
    double[] returns = new double[rewards.length];
    double nextValue = 0;
    double nextAdvantage = 0;
    for (int t = rewards.length - 1; t >= 0; t--) {
      double delta = rewards[t] + gamma * nextValue - values[t];
      nextAdvantage = delta + gamma * lambda * nextAdvantage;
      nextValue = values[t];
      advantages[t] = nextAdvantage;
      returns[t] = nextAdvantage + values[t];
    }
    return new Gae(advantages, returns);
  }
}
