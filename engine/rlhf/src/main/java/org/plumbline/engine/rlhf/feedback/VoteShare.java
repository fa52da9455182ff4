// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.evaluators.LabelProbability.Voter;

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
  private final Function<DrawnPair, List<Voter>> voters;
  private final double shared;

  /**
   * Makes preferences.
   *
   * @param voters who may be asked about a pair, and what they are likely to say; nobody where it
   *     is not known
   * @param shared the share of pairs of which all who label them err together or not at all
   */
  VoteShare(Function<DrawnPair, List<Voter>> voters, double shared) {
    this.voters = voters;
    this.shared = shared;
  }

  /** The preferences, in the order of the pairs. */
  List<Pair> of(List<DrawnPair> drawn, List<LabelRow> labels, CombinedLabels combined) {
    Map<Long, List<LabelRow>> byPair = new LinkedHashMap<>();
    for (LabelRow label : labels) {
      byPair.computeIfAbsent(label.pair(), pair -> new ArrayList<>()).add(label);
    }
    List<Pair> pairs = new ArrayList<>();
    for (DrawnPair pair : drawn) {
      if (combined.one().containsKey(pair.pair()) || pair.identical()) {
        pairs.add(decide(pair, byPair.getOrDefault(pair.pair(), List.of()), combined));
      }
    }
    return pairs;
  }

  private Pair decide(DrawnPair pair, List<LabelRow> all, CombinedLabels combined) {
    List<LabelRow> votes = all.stream().filter(label -> !label.skipped()).toList();
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
        combined.votes() ? attainable(pair, all) : null,
        origins(one ? pair.oneBy() : pair.twoBy(), one ? pair.twoBy() : pair.oneBy()),
        pair.byChance());
  }

  private @Nullable Double attainable(DrawnPair pair, List<LabelRow> all) {
    int choices = (int) all.stream().filter(label -> !label.skipped() && !label.equal()).count();
    return new Attainable(voters.apply(pair), shared).of(choices, all.size() - choices);
  }

  private static Pair.@Nullable Origins origins(
      @Nullable String chosen, @Nullable String rejected) {
    return chosen == null || rejected == null ? null : new Pair.Origins(chosen, rejected);
  }
}
