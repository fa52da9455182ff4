// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.aggregation;

import java.util.List;
import org.plumbline.engine.rlhf.aggregation.GroupVotes.Share;

/**
 * The label by which the group that fares worst fares best.
 *
 * <p>The egalitarian rule of A. Bogomolnaia, H. Moulin, R. Stong, "Collective choice under
 * dichotomous preferences", Journal of Economic Theory 122 (2005), section 3, with groups as
 * voters: with p_g the share of group g that prefers the first answer, the label t is the
 * probability of a lottery between the two answers, and u_g the share of the group that is expected
 * to get what it prefers:
 *
 * <pre>{@code
 * u_g(t) = t p_g + (1 - t) (1 - p_g)
 * t      = argmax of min_g u_g(t)
 * }</pre>
 *
 * <p>All u_g are 1/2 at t = 1/2, so t is 1 where most of every group prefer the first answer, 0
 * where most of every group prefer the second, and 1/2 where groups disagree: what some group is
 * against is not taught. A group that is evenly divided is indifferent and leaves it to the others
 * (the leximin of A. Sen, "Collective Choice and Social Welfare", 1970). How large a group is does
 * not matter.
 */
public final class MaxMin {
  private MaxMin() {}

  /** What these votes come to. */
  public static Aggregated of(GroupVotes votes) {
    List<List<Share>> shares = votes.shares();
    double[] one = new double[shares.size()];
    for (int i = 0; i < one.length; i++) {
      one[i] = first(shares.get(i));
    }
    return Aggregated.counted(one);
  }

  private static double first(List<Share> groups) {
    boolean some = groups.stream().anyMatch(group -> group.one() > 0.5);
    boolean others = groups.stream().anyMatch(group -> group.one() < 0.5);
    return some == others ? 0.5 : some ? 1 : 0;
  }
}
