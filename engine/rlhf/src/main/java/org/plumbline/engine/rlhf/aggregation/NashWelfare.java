// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.aggregation;

import java.util.List;
import org.plumbline.engine.rlhf.aggregation.GroupVotes.Share;

/**
 * The label that makes the product of what groups get largest.
 *
 * <p>The Nash product rule of A. Bogomolnaia, H. Moulin, R. Stong, "Collective choice under
 * dichotomous preferences", Journal of Economic Theory 122 (2005), section 3 (H. Aziz, A.
 * Bogomolnaia, H. Moulin, "Fair mixing: the case of dichotomous preferences", EC 2019), with groups
 * as voters: with p_g the share of group g that prefers the first answer and w_g what the group
 * counts,
 *
 * <pre>{@code
 * u_g(t) = t p_g + (1 - t) (1 - p_g)
 * t      = argmax of sum_g w_g log u_g(t)
 * }</pre>
 *
 * <p>Where most of every group prefer the same answer, t is 1 or 0. Where groups are of one mind
 * and disagree, t is the weight of those who prefer the first answer: each group gets its share.
 * The sum is concave; its slope's zero is found by halving the interval, to the last digit. Where
 * every group is evenly divided, t is 1/2.
 */
public final class NashWelfare {
  /** Halvings of the interval from 0 to 1, after which neighbouring numbers are left. */
  private static final int HALVINGS = 60;

  private NashWelfare() {}

  /** What these votes come to. */
  public static Aggregated of(GroupVotes votes) {
    List<List<Share>> shares = votes.shares();
    double[] one = new double[shares.size()];
    for (int i = 0; i < one.length; i++) {
      one[i] = first(shares.get(i));
    }
    return Aggregated.counted(one);
  }

  static double first(List<Share> groups) {
    if (groups.stream().allMatch(group -> group.one() == 0.5)) {
      return 0.5;
    } else if (slope(groups, 1) >= 0) {
      return 1;
    } else if (slope(groups, 0) <= 0) {
      return 0;
    }
    double low = 0;
    double high = 1;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      double slope = slope(groups, middle);
      if (slope == 0) {
        return middle;
      }
      low = slope > 0 ? middle : low;
      high = slope > 0 ? high : middle;
    }
    return (low + high) / 2;
  }

  /** Infinite where a group gets nothing. */
  private static double slope(List<Share> groups, double first) {
    double slope = 0;
    for (Share group : groups) {
      double steep = 2 * group.one() - 1;
      slope += steep == 0 ? 0 : group.weight() * steep / group.expected(first);
    }
    return slope;
  }
}
