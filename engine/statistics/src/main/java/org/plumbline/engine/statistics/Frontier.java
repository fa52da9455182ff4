// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

/**
 * Which of several points nobody beats: none has at least the reward at no more cost, and more of
 * one of them.
 */
public final class Frontier {
  private Frontier() {}

  /** For each point whether it is on the frontier; more reward and less cost are better. */
  public static boolean[] of(double[] reward, double[] cost) {
    boolean[] on = new boolean[reward.length];
    for (int i = 0; i < on.length; i++) {
      on[i] = true;
      for (int j = 0; j < on.length && on[i]; j++) {
        boolean asGood = reward[j] >= reward[i] && cost[j] <= cost[i];
        on[i] = !(asGood && (reward[j] > reward[i] || cost[j] < cost[i]));
      }
    }
    return on;
  }
}
