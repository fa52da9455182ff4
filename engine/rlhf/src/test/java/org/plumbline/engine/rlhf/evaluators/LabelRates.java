// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.Predicate;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.rlhf.values.Feature;

/** How often simulated people say something, and what that is held against. */
final class LabelRates {
  static final int N = 100_000;

  /** An answer is worth the number that it begins with. */
  static final Feature WORTH =
      (prompt, answer) -> Double.parseDouble(answer.substring(0, answer.indexOf(' ')));

  private LabelRates() {}

  /** How often the pair's first answer is preferred. */
  static double firstAnswer(Behaviour behaviour, AnswerPair pair) {
    return rate(behaviour, pair, LabelRates::prefersFirstAnswer);
  }

  static boolean prefersFirstAnswer(Label label) {
    return label.choice() == (label.swapped() ? PairChoice.SECOND : PairChoice.FIRST);
  }

  static double rate(Behaviour behaviour, AnswerPair pair, Predicate<Label> counted) {
    Person person = new Person("a-1", "a", behaviour, 7, 0);
    int count = 0;
    for (int number = 0; number < N; number++) {
      count += counted.test(Population.label(1, number, pair, person)) ? 1 : 0;
    }
    return count / (double) N;
  }

  /** Within 4 standard errors of the rate of N independent labels. */
  static void assertRate(double observed, double expected) {
    double error = Math.sqrt(expected * (1 - expected) / N);
    assertThat(observed).isCloseTo(expected, within(4 * error));
  }

  static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  static double vector(String key, String name) {
    return Vectors.number(key, name);
  }
}
