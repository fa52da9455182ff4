// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Aggregate;
import org.plumbline.engine.rlhf.aggregation.Aggregated;
import org.plumbline.engine.rlhf.aggregation.Ballots;
import org.plumbline.engine.rlhf.aggregation.Ballots.Ballot;
import org.plumbline.engine.rlhf.aggregation.Ballots.Compared;
import org.plumbline.engine.rlhf.aggregation.Borda;
import org.plumbline.engine.rlhf.aggregation.CrowdBt;
import org.plumbline.engine.rlhf.aggregation.DawidSkene;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.run.StageContext;

/**
 * What all labels of each pair come to.
 *
 * @param one by pair that somebody decided, the probability that its first answer is better
 * @param votes whether that depends on nothing but how many labels prefer an answer
 * @param people who labelled, in the order of {@link Aggregated#reliability}
 * @param estimate how it was estimated; null where votes are counted
 * @param pieces in how many pieces the compared answers fall ({@link Ballots#pieces}), where that
 *     matters; else 0
 * @param prompts how many prompts there are labels of: the least number of pieces
 */
record CombinedLabels(
    Map<Long, Double> one,
    boolean votes,
    List<String> people,
    @Nullable Aggregated estimate,
    int pieces,
    int prompts) {

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
    return new CombinedLabels(sums, true, List.of(), null, 0, 0);
  }

  /** What labels come to; without a word about how, their share. */
  static CombinedLabels of(@Nullable Aggregate by, List<DrawnPair> drawn, List<LabelRow> labels) {
    if (by == null || by == Aggregate.SOFT) {
      return shares(labels);
    } else if (by == Aggregate.MAJORITY) {
      Map<Long, Double> most = new LinkedHashMap<>(shares(labels).one());
      // Equal votes stay a half: a coin would add what nobody said.
      most.replaceAll((pair, share) -> (Math.signum(share - 0.5) + 1) / 2);
      return new CombinedLabels(most, true, List.of(), null, 0, 0);
    }
    return new Counting(drawn, labels).combined(by);
  }

  /** Says what whoever uses the estimate should know. */
  void note(StageContext context) {
    if (estimate == null) {
      return;
    }
    if (!estimate.converged()) {
      context.note(
          "after "
              + estimate.objective().size()
              + " iterations the estimate of who is reliable still moves; more labels for each"
              + " person settle it");
    }
    if (pieces > prompts) {
      context.note(
          "the answers to "
              + prompts
              + " prompts fall into "
              + pieces
              + " pieces that no comparison links; what is said of a piece rests on its own labels"
              + " and on a prior of half a win and half a loss of each answer");
    }
  }

  /** Labels as ballots, with numbers for pairs, answers and people. */
  private static final class Counting {
    private final Map<Long, Integer> pairs = new LinkedHashMap<>();
    private final Map<List<Object>, Integer> answers = new HashMap<>();
    private final Map<Prompt, Integer> prompts = new HashMap<>();
    private final Map<String, Integer> people = new LinkedHashMap<>();
    private final List<Compared> compared = new ArrayList<>();
    private final List<Ballot> ballots = new ArrayList<>();

    Counting(List<DrawnPair> drawn, List<LabelRow> labels) {
      Map<Long, DrawnPair> byNumber = new HashMap<>();
      drawn.forEach(pair -> byNumber.put(pair.pair(), pair));
      for (LabelRow label : labels) {
        if (label.skipped()) {
          continue;
        }
        Integer pair = pairs.get(label.pair());
        if (pair == null) {
          pair = pairs.size();
          pairs.put(label.pair(), pair);
          DrawnPair of = byNumber.get(label.pair());
          if (of == null) {
            throw new IllegalStateException("a label of pair " + label.pair() + ", never drawn");
          }
          prompts.putIfAbsent(of.prompt(), prompts.size());
          compared.add(new Compared(answer(of, of.one()), answer(of, of.two())));
        }
        int person = people.computeIfAbsent(label.evaluator(), name -> people.size());
        ballots.add(new Ballot(pair, person, label.one(), label.swapped()));
      }
    }

    /** Equal answers to one prompt are one answer, in however many pairs they stand. */
    private int answer(DrawnPair of, Answer answer) {
      return answers.computeIfAbsent(List.of(of.prompt(), answer), key -> answers.size());
    }

    CombinedLabels combined(Aggregate by) {
      Ballots all = new Ballots(compared, people.size(), ballots);
      Aggregated estimate =
          switch (by) {
            case DAWID_SKENE -> DawidSkene.of(all, DawidSkene.Settings.USUAL);
            case CROWD_BT -> CrowdBt.of(all, CrowdBt.Settings.USUAL);
            case BORDA -> Borda.of(all);
            case MAJORITY, SOFT -> throw new AssertionError(by);
          };
      Map<Long, Double> one = new LinkedHashMap<>();
      pairs.forEach((pair, number) -> one.put(pair, estimate.one()[number]));
      int pieces = by == Aggregate.CROWD_BT ? all.pieces() : 0;
      return new CombinedLabels(
          one, false, List.copyOf(people.keySet()), estimate, pieces, prompts.size());
    }
  }
}
