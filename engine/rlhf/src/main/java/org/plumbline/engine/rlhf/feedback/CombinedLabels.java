// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.CombiningSpec;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Aggregate;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.rlhf.aggregation.Aggregated;
import org.plumbline.engine.rlhf.aggregation.Ballots;
import org.plumbline.engine.rlhf.aggregation.Borda;
import org.plumbline.engine.rlhf.aggregation.CrowdBt;
import org.plumbline.engine.rlhf.aggregation.DawidSkene;
import org.plumbline.engine.rlhf.aggregation.GroupVotes;
import org.plumbline.engine.rlhf.aggregation.MaxMin;
import org.plumbline.engine.rlhf.aggregation.MaximalLottery;
import org.plumbline.engine.rlhf.aggregation.NashWelfare;
import org.plumbline.engine.rlhf.aggregation.WeightedMajority;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;

/**
 * What all labels of each pair come to.
 *
 * @param one by pair that somebody decided, the probability that its first answer is better
 * @param votes whether that depends on nothing but how many labels prefer an answer
 * @param people who labelled, in the order of {@link Aggregated#reliability}; empty where nothing
 *     is said of them
 * @param estimate how it was estimated; null where votes are counted
 * @param pieces how the compared answers hang together, where that matters; else null
 * @param weighing what the votes of groups weigh; null where all weigh the same
 * @param notes what whoever uses it should know
 */
record CombinedLabels(
    Map<Long, Double> one,
    boolean votes,
    List<String> people,
    @Nullable Aggregated estimate,
    @Nullable Integer pieces,
    FeedbackSummary.@Nullable Weighing weighing,
    List<String> notes) {

  /**
   * How labels become one.
   *
   * @param by null for the share of votes
   * @param prior of the scores of answers; null for what is usual
   * @param weigh what each group counts; null for as much as it labels
   * @param asked how the labels were come by
   * @param tested how people did on questions whose answer is known; empty if none were asked
   * @param groups of people there are
   */
  record Rule(
      @Nullable Aggregate by,
      @Nullable Double prior,
      @Nullable Map<String, Double> weigh,
      GroupWeights.Asked asked,
      Map<String, Hiring.Tested> tested,
      Set<String> groups) {

    /** Of labels that were collected. */
    Rule(CombiningSpec how, Map<String, Hiring.Tested> tested, Set<String> groups) {
      this(how.aggregate(), how.prior(), how.weigh(), asked(how, false), tested, groups);
    }

    /** Of labels that exist. */
    static Rule recorded(CombiningSpec how, Set<String> groups) {
      return new Rule(
          how.aggregate(), how.prior(), how.weigh(), asked(how, true), Map.of(), groups);
    }

    /** A rule that needs nothing else. */
    Rule(@Nullable Aggregate by) {
      this(by, null, null, new GroupWeights.Asked(false, false), Map.of(), Set.of());
    }

    private static GroupWeights.Asked asked(CombiningSpec how, boolean recorded) {
      return new GroupWeights.Asked(recorded, how.filter() != null);
    }

    Aggregate how() {
      return by == null ? Aggregate.SOFT : by;
    }
  }

  /** The share of labels that prefer the first answer. */
  static CombinedLabels shares(List<LabelRow> labels) {
    Map<Long, Double> sums = new LinkedHashMap<>();
    Map<Long, Integer> counts = new HashMap<>();
    for (LabelRow label : labels) {
      if (!label.skipped()) {
        sums.merge(label.pair(), label.one(), Double::sum);
        counts.merge(label.pair(), 1, Integer::sum);
      }
    }
    sums.replaceAll((pair, sum) -> sum / counts.getOrDefault(pair, 1));
    return counted(sums);
  }

  private static CombinedLabels counted(Map<Long, Double> one) {
    return new CombinedLabels(one, true, List.of(), null, null, null, List.of());
  }

  /** What labels come to; without a word about how, their share. */
  static CombinedLabels of(Rule rule, List<DrawnPair> drawn, List<LabelRow> labels) {
    boolean equal = rule.weigh() == null;
    if (equal && rule.how() == Aggregate.SOFT) {
      return shares(labels);
    } else if (equal && rule.how() == Aggregate.MAJORITY) {
      Map<Long, Double> most = new LinkedHashMap<>(shares(labels).one());
      most.replaceAll((pair, share) -> majority(share));
      return counted(most);
    }
    return new Combining(rule, new CountedBallots(drawn, labels)).run();
  }

  /** Equal votes stay a half: a coin would add what nobody said. */
  private static double majority(double share) {
    return (Math.signum(share - 0.5) + 1) / 2;
  }

  /** What a vote of a group weighs. */
  double weight(String group) {
    return weighing == null
        ? 1
        : weighing.groups().stream()
            .filter(own -> own.group().equals(group))
            .mapToDouble(FeedbackSummary.GroupWeight::weight)
            .sum();
  }

  /** Says what whoever uses the labels should know. */
  void note(StageContext context) {
    notes.forEach(context::note);
  }

  /** One use of a rule. */
  private static final class Combining {
    private final Rule rule;
    private final CountedBallots counted;
    private final List<String> notes = new ArrayList<>();

    Combining(Rule rule, CountedBallots counted) {
      this.rule = rule;
      this.counted = counted;
    }

    CombinedLabels run() {
      GroupWeights weights = weights();
      // Where groups vote, a label weighs what its group does not.
      boolean labelsWeigh = weights != null && rule.how() != Aggregate.NASH;
      if (weights != null) {
        notes.addAll(labelsWeigh ? weights.notes() : weights.ignored());
      }
      FeedbackSummary.Weighing weighing =
          weights == null || !labelsWeigh ? null : weights.summary();
      Ballots all = weights == null ? counted.ballots() : counted.ballots(weights::of);
      Aggregated estimate = estimate(all);
      double[] counts = new double[all.pairs().size()];
      all.ballots().forEach(ballot -> counts[ballot.pair()] += ballot.weight());
      Map<Long, Double> one = new LinkedHashMap<>();
      counted
          .pairs()
          .forEach(
              (pair, number) -> {
                if (counts[number] > 0) {
                  one.put(pair, estimate.one()[number]);
                }
              });
      if (!estimate.converged()) {
        notes.add(
            "after "
                + estimate.objective().size()
                + " iterations the estimate of who is reliable still moves; more labels for each"
                + " person settle it");
      }
      return new CombinedLabels(
          one, false, counted.people(), estimate, pieces(all), weighing, List.copyOf(notes));
    }

    private Aggregated estimate(Ballots all) {
      return switch (rule.how()) {
        case SOFT -> new Aggregated(all.shares(), new double[0], List.of(), true);
        case MAJORITY -> {
          double[] one = all.shares();
          for (int i = 0; i < one.length; i++) {
            one[i] = majority(one[i]);
          }
          yield new Aggregated(one, new double[0], List.of(), true);
        }
        case DAWID_SKENE -> DawidSkene.of(all, DawidSkene.Settings.USUAL);
        case CROWD_BT -> CrowdBt.of(all, settings(all));
        case BORDA -> Borda.of(all);
        case WEIGHTED -> WeightedMajority.of(all, reliability(all));
        case MAX_MIN -> MaxMin.of(groups());
        case NASH -> NashWelfare.of(groups());
        case MAXIMAL_LOTTERY -> MaximalLottery.of(all);
        case MEAN, MEDIAN, STANDARDIZED ->
            throw new IllegalStateException(rule.how() + " is not about comparisons");
      };
    }

    /** Without a prior, answers that always win would have scores beyond all bounds. */
    private CrowdBt.Settings settings(Ballots all) {
      if (rule.prior() == null) {
        return CrowdBt.Settings.USUAL;
      }
      int unbounded = rule.prior() == 0 ? all.unbounded() : 0;
      if (unbounded > 0) {
        throw new StageFailure(
            "PLB0537",
            "in "
                + unbounded
                + " of "
                + all.pieces()
                + " pieces into which comparisons link the answers, some always win: without a"
                + " prior their scores have no bound",
            "prior",
            "set it above 0, or leave it out for 0.5; or have more labels for each pair");
      }
      return CrowdBt.Settings.USUAL.virtual(rule.prior());
    }

    /**
     * How reliable each person was on trial, as if they had been right twice and wrong once before;
     * without a trial, how reliable they seem.
     */
    private double[] reliability(Ballots all) {
      if (rule.tested().isEmpty()) {
        return DawidSkene.of(all, DawidSkene.Settings.USUAL).reliability();
      }
      List<String> people = counted.people();
      double[] reliability = new double[people.size()];
      for (int h = 0; h < reliability.length; h++) {
        Hiring.Tested tested = rule.tested().getOrDefault(people.get(h), new Hiring.Tested(0, 0));
        reliability[h] = (tested.right() + 2) / (tested.said() + 3);
      }
      return reliability;
    }

    private GroupVotes groups() {
      Map<String, Double> heard = new LinkedHashMap<>();
      if (rule.weigh() == null) {
        rule.groups().forEach(group -> heard.put(group, 1.0));
      }
      GroupWeights.refuseMissing(
          heard, counted.votes(), rule.asked(), "aggregate", "declare no such group");
      List<String> names = List.copyOf(counted.votes().keySet());
      double[] weights = new double[names.size()];
      for (int g = 0; g < weights.length; g++) {
        weights[g] = rule.weigh() == null ? 1 : rule.weigh().getOrDefault(names.get(g), 0.0);
      }
      int[] groupOf = new int[counted.people().size()];
      for (int h = 0; h < groupOf.length; h++) {
        groupOf[h] = names.indexOf(counted.groupOf(h));
      }
      GroupVotes votes = new GroupVotes(counted.ballots(), groupOf, weights);
      int incomplete = votes.incomplete();
      if (incomplete > 0) {
        notes.add(
            "of "
                + incomplete
                + " of "
                + counted.pairs().size()
                + " pairs not every group has given a label; the others decide there");
      }
      return votes;
    }

    private @Nullable GroupWeights weights() {
      Map<String, Double> target = rule.weigh();
      Aggregate by = rule.how();
      boolean otherwise =
          by == Aggregate.DAWID_SKENE
              || by == Aggregate.CROWD_BT
              || by == Aggregate.WEIGHTED
              || by == Aggregate.MAX_MIN;
      // People weigh what they are reliable there, and groups all the same.
      return target == null || otherwise
          ? null
          : GroupWeights.of(target, counted.votes(), rule.asked());
    }

    private @Nullable Integer pieces(Ballots all) {
      Aggregate by = rule.how();
      if (by != Aggregate.CROWD_BT && by != Aggregate.BORDA && by != Aggregate.MAXIMAL_LOTTERY) {
        return null;
      }
      int pieces = all.pieces();
      if (pieces > counted.prompts() || all.largestPiece() <= 2) {
        notes.add(
            "the answers to "
                + counted.prompts()
                + " prompts fall into "
                + pieces
                + " pieces that no comparison links, the largest of "
                + all.largestPiece()
                + " answers; "
                + (by == Aggregate.CROWD_BT
                    ? "what is said of a piece rests on its own labels and on a prior of "
                        + Objects.requireNonNullElse(rule.prior(), 0.5)
                        + " wins and losses of each answer"
                    : by == Aggregate.BORDA
                        ? "answers have points from their own piece alone, and in a piece of two"
                            + " they are the share of votes"
                        : "each piece has a lottery of its own, and in a piece of two it is what"
                            + " most people say"));
      }
      return pieces;
    }
  }
}
