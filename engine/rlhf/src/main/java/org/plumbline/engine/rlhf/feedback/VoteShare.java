// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.rlhf.data.Pair;

/**
 * Makes one preference of all labels of a pair, by what they come to: where nothing else is said,
 * the share of them that prefer an answer.
 *
 * <p>The answer that is more probably the better one is the chosen one, and the probability is the
 * target: 4 of 7 votes teach 4/7 and not 1, equal votes are a tie. A judge's probabilities are
 * averaged in the same way, as in Bai et al. 2022b, section 4.1. Pairs of equal answers are ties;
 * pairs that nobody decided are left out (and counted elsewhere).
 */
final class VoteShare {
  private final Function<DrawnPair, OptionalDouble> likely;
  private final double shared;

  /**
   * Makes preferences.
   *
   * @param likely the probability that a label prefers a pair's first answer, where it is known
   * @param shared the share of pairs of which all who label them say the same
   */
  VoteShare(Function<DrawnPair, OptionalDouble> likely, double shared) {
    this.likely = likely;
    this.shared = shared;
  }

  /** The preferences, in the order of the pairs. */
  List<Pair> of(List<DrawnPair> drawn, List<LabelRow> labels, CombinedLabels combined) {
    Map<Long, List<LabelRow>> byPair = new LinkedHashMap<>();
    for (LabelRow label : labels) {
      if (!label.skipped()) {
        byPair.computeIfAbsent(label.pair(), pair -> new ArrayList<>()).add(label);
      }
    }
    List<Pair> pairs = new ArrayList<>();
    for (DrawnPair pair : drawn) {
      List<LabelRow> votes = byPair.getOrDefault(pair.pair(), List.of());
      if (!votes.isEmpty() || pair.identical()) {
        pairs.add(decide(pair, votes, combined));
      }
    }
    return pairs;
  }

  private Pair decide(DrawnPair pair, List<LabelRow> votes, CombinedLabels combined) {
    double forOne = 0;
    for (LabelRow vote : votes) {
      forOne += vote.one();
    }
    double share = combined.one().getOrDefault(pair.pair(), 0.5);
    boolean one = share >= 0.5;
    return new Pair(
        pair.pair(),
        pair.prompt(),
        one ? pair.one() : pair.two(),
        one ? pair.two() : pair.one(),
        one ? share : 1 - share,
        votes.size(),
        one ? forOne : votes.size() - forOne,
        one ? pair.oneFinished() : pair.twoFinished(),
        one ? pair.twoFinished() : pair.oneFinished(),
        combined.votes() ? attainable(pair, votes.size()) : null,
        origins(one ? pair.oneBy() : pair.twoBy(), one ? pair.twoBy() : pair.oneBy()),
        pair.byChance());
  }

  private static Pair.@Nullable Origins origins(
      @Nullable String chosen, @Nullable String rejected) {
    return chosen == null || rejected == null ? null : new Pair.Origins(chosen, rejected);
  }

  private @Nullable Double attainable(DrawnPair pair, int votes) {
    OptionalDouble one = votes == 0 ? OptionalDouble.empty() : likely.apply(pair);
    return one.isEmpty() ? null : attainable(one.getAsDouble(), votes, shared);
  }

  /**
   * How often whoever knows all about the people, but not what they said this time, says which
   * answer more of them prefer, given that their votes are not equal.
   *
   * @param one the probability that a vote goes to the first answer
   * @param shared the probability that all votes are one; else they are independent
   */
  static double attainable(double one, int votes, double shared) {
    double more = 0;
    double fewer = 0;
    for (int k = 0; k <= votes; k++) {
      double chance = chance(one, votes, k);
      more += 2 * k > votes ? chance : 0;
      fewer += 2 * k < votes ? chance : 0;
    }
    if (shared > 0) {
      more = shared * one + (1 - shared) * more;
      fewer = shared * (1 - one) + (1 - shared) * fewer;
    }
    return Math.max(more, fewer) / (more + fewer);
  }

  /** The probability of {@code k} of {@code votes} votes. */
  private static double chance(double one, int votes, int k) {
    double chance = 1;
    for (int i = 1; i <= votes; i++) {
      chance *= i <= k ? one * (votes - k + i) / i : 1 - one;
    }
    return chance;
  }
}
