// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomSequence;
import org.plumbline.engine.lm.random.RandomStream;

/**
 * What a person says of a pair: the steps of {@link Behaviour}, drawn.
 *
 * <p>A label is a pure function of (seed, pair, person, how much the person was given since the
 * last break): not of who else is asked, and of what others say only through {@link SharedErrors}.
 */
public final class Answering {
  private Answering() {}

  /**
   * The label that a person gives.
   *
   * @param sinceBreak what they were given since their last break
   */
  public static Label label(Question question, Person person, int sinceBreak) {
    RandomSequence draws = draws(question, person, RandomPurpose.EVALUATOR_CHOICE);
    AnswerPair compared = question.compared();
    Behaviour behaviour = person.behaviour();
    // All are drawn, whichever are needed, so that no setting shifts the numbers of another.
    boolean swapped = draws.chance(0.5);
    double skip = draws.uniform();
    double choice = draws.uniform();
    double slip = draws.uniform();
    double lapse = draws.uniform();
    boolean coin = draws.chance(0.5);
    AnswerPair shown = swapped ? compared.swapped() : compared;
    AnswerPair seen = behaviour.view().of(shown);
    if (skip < behaviour.abstention().skips()) {
      return own(person, swapped, seen, PairChoice.SKIP);
    }
    Double verdict = verdict(question, person);
    if (verdict != null) {
      boolean one = verdict == 0.5 ? coin : verdict > 0.5;
      String judge = behaviour.outsourcing().judge();
      return new Label(person, swapped, shown, chosen(one != swapped), false, judge);
    }
    PairChoice abstains = behaviour.abstains(seen);
    if (abstains != null) {
      return own(person, swapped, seen, abstains);
    }
    Malice malice = behaviour.malice();
    if (malice != null && malice.actsOn(compared.prompt(), List.of(seen.first(), seen.second()))) {
      double tie = draws(question, person, RandomPurpose.ADVERSARY).uniform();
      return new Label(person, swapped, seen, chosen(tie < malice.first(seen)), true, null);
    }
    Double common = question.common();
    if (common != null) {
      double first = behaviour.said(seen, sinceBreak);
      boolean one = common < (swapped ? 1 - first : first);
      return own(person, swapped, seen, chosen(one != swapped));
    }
    if (lapse < behaviour.slips().lapses()) {
      return own(person, swapped, seen, chosen(coin));
    }
    PairChoice intended = chosen(choice < behaviour.intended(seen, sinceBreak));
    boolean mistaken = slip < behaviour.slips().mistakes();
    return own(person, swapped, seen, mistaken ? intended.flipped() : intended);
  }

  /** Whether a person has the label made, if the judge has something to say. */
  public static boolean asksJudge(Question question, Person person) {
    Behaviour behaviour = person.behaviour();
    return behaviour.outsourcing().drawn(question.seed(), question.number(), person)
        && !behaviour.actsMaliciously(question.compared().prompt())
        && !skips(question, person);
  }

  private static boolean skips(Question question, Person person) {
    RandomSequence draws = draws(question, person, RandomPurpose.EVALUATOR_CHOICE);
    draws.uniform(); // the order
    return draws.uniform() < person.behaviour().abstention().skips();
  }

  private static @Nullable Double verdict(Question question, Person person) {
    return asksJudge(question, person)
        ? question.verdicts().get(person.behaviour().outsourcing().judge())
        : null;
  }

  private static Label own(Person person, boolean swapped, AnswerPair seen, PairChoice choice) {
    return new Label(person, swapped, seen, choice, false, null);
  }

  private static RandomSequence draws(Question question, Person person, RandomPurpose purpose) {
    return RandomStream.of(question.seed(), purpose, person.stream()).forItem(question.number());
  }

  private static PairChoice chosen(boolean first) {
    return first ? PairChoice.FIRST : PairChoice.SECOND;
  }
}
