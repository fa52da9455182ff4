// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.util.ArrayList;
import java.util.List;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.evaluators.AnswerPair;
import org.plumbline.engine.rlhf.evaluators.Answering;
import org.plumbline.engine.rlhf.evaluators.Occasion;
import org.plumbline.engine.rlhf.evaluators.PairChoice;
import org.plumbline.engine.rlhf.evaluators.Person;
import org.plumbline.engine.rlhf.evaluators.Question;
import org.plumbline.engine.rlhf.values.Feature;

/**
 * Pairs of answers that all who apply compare on trial: pairs of which whoever hires holds one
 * answer to be better. People look for themselves here, and are rested.
 */
final class Trial {
  /** The step of the lots that people of equal agreement draw. */
  static final int LOTS = 0;

  /** Where the numbers of trial questions begin: no feedback has as many of its own. */
  private static final long FIRST = 1L << 40;

  private final List<Gold> questions;
  private final long seed;

  /** A pair, and whether its first answer is the better one. */
  private record Gold(Question question, boolean first) {}

  /**
   * What came of it for somebody.
   *
   * @param said how many labels they gave
   * @param agreement the share of the pairs on which they agree; half a one where they call the
   *     answers equal, none where they say nothing
   */
  record Result(int said, double agreement) {}

  private Trial(List<Gold> questions, long seed) {
    this.questions = List.copyOf(questions);
    this.seed = seed;
  }

  /** Nothing to compare. */
  static Trial none(long seed) {
    return new Trial(List.of(), seed);
  }

  /**
   * So many pairs of answers to these prompts.
   *
   * @param gold what an answer is worth to whoever hires
   * @param seed of all that is drawn
   */
  static Trial of(int wanted, Answers answers, Feature gold, long seed) {
    List<Gold> questions = new ArrayList<>();
    for (KnownPairs.Known known :
        KnownPairs.of(wanted, answers, gold, new KnownPairs.Draws(seed, RandomPurpose.HIRING))) {
      DrawnPair pair = known.pair();
      AnswerPair compared =
          new AnswerPair(pair.prompt().text(), pair.one().text(), pair.two().text());
      questions.add(new Gold(new Question(seed, FIRST + pair.pair(), compared), known.one()));
    }
    return new Trial(questions, seed);
  }

  /** Where answers come from. */
  record Answers(SampledPolicy policy, List<Prompt> prompts, SamplingSettings settings) {}

  int questions() {
    return questions.size();
  }

  Result of(Person person) {
    int said = 0;
    double agreed = 0;
    for (Gold gold : questions) {
      Question question = gold.question();
      Occasion occasion =
          new Occasion(seed, question.number(), question.compared().prompt(), 0, "");
      var label = Answering.label(question, person.at(occasion), 0);
      if (label.choice() == PairChoice.SKIP) {
        continue;
      }
      said++;
      boolean first = (label.choice() == PairChoice.FIRST) != label.swapped();
      agreed += label.choice() == PairChoice.EQUAL ? 0.5 : first == gold.first() ? 1 : 0;
    }
    return new Result(said, questions.isEmpty() ? 1 : agreed / questions.size());
  }
}
