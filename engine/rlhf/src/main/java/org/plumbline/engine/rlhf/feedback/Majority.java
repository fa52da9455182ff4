package org.plumbline.engine.rlhf.feedback;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.engine.rlhf.data.Pair;

/**
 * Makes one preference of all labels of a pair.
 *
 * <p>People's labels are counted: the majority decides, and equal votes are a tie. A judge's
 * probabilities are averaged and kept as a soft target, as in Bai et al. 2022b, section 4.1. Pairs
 * of equal answers are ties; pairs that nobody decided are left out (and counted elsewhere).
 */
final class Majority {
  private Majority() {}

  /**
   * The preferences, in the order of the pairs.
   *
   * @param soft whether labels are probabilities rather than votes
   */
  static List<Pair> of(List<DrawnPair> drawn, List<LabelRow> labels, boolean soft) {
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
        pairs.add(decide(pair, votes, soft));
      }
    }
    return pairs;
  }

  private static Pair decide(DrawnPair pair, List<LabelRow> votes, boolean soft) {
    double forOne = 0;
    for (LabelRow vote : votes) {
      forOne += vote.one();
    }
    double share = votes.isEmpty() ? 0.5 : forOne / votes.size();
    boolean one = share >= 0.5;
    double chosenShare = one ? share : 1 - share;
    double target = soft || chosenShare == 0.5 ? chosenShare : 1;
    return new Pair(
        pair.pair(),
        pair.prompt(),
        one ? pair.one() : pair.two(),
        one ? pair.two() : pair.one(),
        target,
        votes.size(),
        one ? forOne : votes.size() - forOne,
        one ? pair.oneFinished() : pair.twoFinished(),
        one ? pair.twoFinished() : pair.oneFinished());
  }
}
