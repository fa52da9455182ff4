// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

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
    AnswerPair seen = behaviour.view().of(swapped ? compared.swapped() : compared);
    if (skip < behaviour.abstention().skips()) {
      return new Label(person, swapped, seen, PairChoice.SKIP, false);
    }
    PairChoice abstains = behaviour.abstains(seen);
    if (abstains != null) {
      return new Label(person, swapped, seen, abstains, false);
    }
    Malice malice = behaviour.malice();
    if (malice != null && malice.triggeredBy(compared.prompt())) {
      double tie = draws(question, person, RandomPurpose.ADVERSARY).uniform();
      return new Label(person, swapped, seen, chosen(tie < malice.first(seen)), true);
    }
    Double common = question.common();
    if (common != null) {
      double first = behaviour.said(seen, sinceBreak);
      boolean one = common < (swapped ? 1 - first : first);
      return new Label(person, swapped, seen, chosen(one != swapped), false);
    }
    if (lapse < behaviour.slips().lapses()) {
      return new Label(person, swapped, seen, chosen(coin), false);
    }
    PairChoice intended = chosen(choice < behaviour.intended(seen, sinceBreak));
    boolean mistaken = slip < behaviour.slips().mistakes();
    return new Label(person, swapped, seen, mistaken ? intended.flipped() : intended, false);
  }

  private static RandomSequence draws(Question question, Person person, RandomPurpose purpose) {
    return RandomStream.of(question.seed(), purpose, person.stream()).forItem(question.pair());
  }

  private static PairChoice chosen(boolean first) {
    return first ? PairChoice.FIRST : PairChoice.SECOND;
  }
}
