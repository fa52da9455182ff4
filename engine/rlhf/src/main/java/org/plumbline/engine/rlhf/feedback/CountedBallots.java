// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.plumbline.engine.rlhf.aggregation.Ballots;
import org.plumbline.engine.rlhf.aggregation.Ballots.Ballot;
import org.plumbline.engine.rlhf.aggregation.Ballots.Compared;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;

/** Labels as ballots, with numbers for pairs, answers and people. */
final class CountedBallots {
  private final Map<Long, Integer> pairs = new LinkedHashMap<>();
  private final Map<List<Object>, Integer> answers = new HashMap<>();
  private final Map<Prompt, Integer> prompts = new HashMap<>();
  private final Map<String, Integer> people = new LinkedHashMap<>();
  private final Map<String, Integer> votes = new LinkedHashMap<>();
  private final List<String> groupOf = new ArrayList<>();
  private final List<Compared> compared = new ArrayList<>();
  private final List<Ballot> ballots = new ArrayList<>();

  CountedBallots(List<DrawnPair> drawn, List<LabelRow> labels) {
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
      Integer person = people.get(label.evaluator());
      if (person == null) {
        person = people.size();
        people.put(label.evaluator(), person);
        groupOf.add(label.group());
      }
      votes.merge(label.group(), 1, Integer::sum);
      ballots.add(new Ballot(pair, person, label.one(), label.swapped()));
    }
  }

  /** Equal answers to one prompt are one answer, in however many pairs they stand. */
  private int answer(DrawnPair of, Answer answer) {
    return answers.computeIfAbsent(List.of(of.prompt(), answer), key -> answers.size());
  }

  /** The ballots, each of one vote. */
  Ballots ballots() {
    return new Ballots(compared, people.size(), ballots);
  }

  /** The ballots with what a vote of each group weighs. */
  Ballots ballots(ToDoubleFunction<String> weight) {
    return new Ballots(
        compared,
        people.size(),
        ballots.stream()
            .map(
                b ->
                    new Ballot(
                        b.pair(),
                        b.person(),
                        b.one(),
                        b.swapped(),
                        weight.applyAsDouble(groupOf.get(b.person()))))
            .toList());
  }

  /** The pairs that something is said of, with their numbers. */
  Map<Long, Integer> pairs() {
    return pairs;
  }

  /** Who labelled, in the order of their numbers. */
  List<String> people() {
    return List.copyOf(people.keySet());
  }

  String groupOf(int person) {
    return groupOf.get(person);
  }

  int person(String name) {
    return Objects.requireNonNull(people.get(name), name);
  }

  /** How many votes each group gave. */
  Map<String, Integer> votes() {
    return votes;
  }

  int prompts() {
    return prompts.size();
  }
}
