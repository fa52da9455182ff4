// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The probability that a label prefers the pair's first answer, given that it prefers one, over all
 * who may give it and over both orders of showing.
 *
 * @param compared the answers in the order of the pair
 * @param sinceBreak what each person was given since their last break
 * @param judges the probability that a judge's verdict is for the pair's first answer, by the
 *     judge, of those of whom it is known
 */
public record LabelProbability(
    AnswerPair compared, ToIntFunction<Person> sinceBreak, Map<String, Double> judges) {

  /**
   * What somebody is likely to say.
   *
   * @param chooses the probability that they choose at all
   * @param one the probability that they choose the pair's first answer then
   */
  public record Voter(double chooses, double one) {}

  /** Over people who are equally likely to be asked; empty if some ask a judge who is unknown. */
  public OptionalDouble of(List<Person> pool) {
    double sum = 0;
    double weights = 0;
    List<Voter> voters = voters(pool);
    for (Voter voter : voters) {
      sum += voter.chooses() * voter.one();
      weights += voter.chooses();
    }
    // Where nobody chooses, all call the answers equal.
    return voters.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(weights == 0 ? 0.5 : sum / weights);
  }

  /** What each of these people is likely to say; nobody if some ask a judge who is unknown. */
  public List<Voter> voters(List<Person> pool) {
    List<Voter> voters = new ArrayList<>();
    Alike last = null;
    for (Person person : pool) {
      int given = sinceBreak.applyAsInt(person);
      // People of a group are alike: what one says is reckoned once.
      if (last == null || !last.isOf(person.behaviour(), given)) {
        last = alike(person.behaviour(), given);
        if (last == null) {
          return List.of();
        }
      }
      voters.add(last.voter());
    }
    return voters;
  }

  private @Nullable Alike alike(Behaviour behaviour, int given) {
    AnswerPair seen = behaviour.view().of(compared);
    double shown = behaviour.said(seen, given);
    double one = (shown + 1 - behaviour.said(seen.swapped(), given)) / 2;
    double chooses = behaviour.chooses(seen);
    double made = behaviour.outsourcing().share();
    if (made == 0 || behaviour.actsMaliciously(compared.prompt())) {
      return new Alike(behaviour, given, new Voter(chooses, one));
    }
    Double judge = judges.get(behaviour.outsourcing().judge());
    if (judge == null) {
      return null;
    }
    double answers = 1 - behaviour.abstention().skips();
    double weight = made * answers + (1 - made) * chooses;
    double both = made * answers * judge + (1 - made) * chooses * one;
    return new Alike(behaviour, given, new Voter(weight, weight == 0 ? 0.5 : both / weight));
  }

  /** What people are likely to say who are alike. */
  private record Alike(Behaviour behaviour, int sinceBreak, Voter voter) {

    @SuppressWarnings("ReferenceEquality") // people of a group have the same one
    boolean isOf(Behaviour other, int given) {
      return behaviour == other && sinceBreak == given;
    }
  }
}
