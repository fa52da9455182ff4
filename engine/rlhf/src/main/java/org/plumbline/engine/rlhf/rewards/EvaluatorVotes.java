// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.data.PairLabel;
import org.plumbline.engine.rlhf.likelihood.Vote;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;

/**
 * All that was said of pairs, and by whom.
 *
 * @param evaluators by their numbers
 * @param byPair votes by the number of the pair; one that nobody was asked about has none
 */
record EvaluatorVotes(List<String> evaluators, Map<Long, List<Vote>> byPair) {

  /** The labels of the feedback; none if it does not say who said what. */
  static EvaluatorVotes read(Artifact feedback, List<Pair> pairs) throws IOException {
    return of(PairLabel.read(feedback, pairs));
  }

  /** What labels came to, as one label of each pair by nobody in particular. */
  static EvaluatorVotes combined(List<Pair> pairs) {
    Map<Long, List<PairLabel>> labels = new HashMap<>();
    for (Pair pair : pairs) {
      labels.put(pair.pair(), List.of(new PairLabel("", pair.target(), pair.tie(), "")));
    }
    return of(labels);
  }

  private static EvaluatorVotes of(Map<Long, List<PairLabel>> labels) {
    SortedSet<String> people = new TreeSet<>();
    labels.values().forEach(all -> all.forEach(label -> people.add(label.evaluator())));
    List<String> names = List.copyOf(people);
    Map<String, Integer> numbers = new HashMap<>();
    names.forEach(name -> numbers.put(name, numbers.size()));
    Map<Long, List<Vote>> votes = new HashMap<>();
    labels.forEach(
        (pair, all) -> {
          List<Vote> own = new ArrayList<>();
          for (PairLabel label : all) {
            int number = numbers.getOrDefault(label.evaluator(), 0);
            own.add(
                label.equal()
                    ? new Vote(number, 0, 0, 1)
                    : new Vote(number, label.chosen(), 1 - label.chosen(), 0));
          }
          votes.put(pair, own);
        });
    return new EvaluatorVotes(names, votes);
  }

  /** Pairs that somebody said something of, of those that a fit learns from. */
  List<Pair> training(StageContext context, List<Pair> pairs, double holdOut) {
    List<Pair> asked = pairs.stream().filter(pair -> !of(pair).isEmpty()).toList();
    return RewardFitting.split(context, asked, Pair::prompt, holdOut).training();
  }

  /** How many labels of these pairs each of the evaluators gave. */
  List<Integer> labels(List<Pair> pairs) {
    int[] counts = new int[evaluators.size()];
    pairs.forEach(pair -> of(pair).forEach(vote -> counts[vote.evaluator()]++));
    return Arrays.stream(counts).boxed().toList();
  }

  List<Vote> of(Pair pair) {
    return byPair.getOrDefault(pair.pair(), List.of());
  }

  boolean ties() {
    return byPair.values().stream().flatMap(List::stream).anyMatch(vote -> vote.tie() > 0);
  }

  /**
   * The same, if so many people are known.
   *
   * @param least so many
   * @param what tells people apart, as a message names it
   * @param setting the key that asks for it
   */
  EvaluatorVotes by(int least, String what, String setting) {
    if (evaluators.isEmpty()) {
      throw new StageFailure(
          "PLB0350",
          what + " needs to know who said what, which this feedback does not say",
          setting,
          "collect `comparisons` by several people");
    } else if (evaluators.size() < least) {
      throw new StageFailure(
          "PLB0350",
          what
              + " tells people by whom they agree with, but "
              + (evaluators.size() == 1
                  ? "`" + evaluators.get(0) + "` gave all labels"
                  : "only " + evaluators.size() + " people labelled"),
          setting,
          "let more people label");
    }
    return this;
  }
}
