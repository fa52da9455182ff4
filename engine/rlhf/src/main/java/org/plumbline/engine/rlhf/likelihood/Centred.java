// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.likelihood;

/**
 * One number for each evaluator, of which only the differences count: the mean is taken off, since
 * the scores could take it up as well.
 *
 * @param from where they begin among the numbers of the likelihood
 * @param evaluators how many; 0 if all are alike
 */
record Centred(int from, int evaluators) {

  double of(double[] numbers, int evaluator) {
    return evaluators == 0 ? 0 : numbers[from + evaluator] - mean(numbers);
  }

  private double mean(double[] numbers) {
    double sum = 0;
    for (int h = 0; h < evaluators; h++) {
      sum += numbers[from + h];
    }
    return sum / evaluators;
  }

  /** Adds what follows for each from the derivative with respect to one evaluator's. */
  void add(Gradient gradient, int evaluator, double derivative) {
    if (evaluators == 0) {
      return;
    }
    double[] numbers = gradient.numbers();
    for (int h = 0; h < evaluators; h++) {
      numbers[from + h] -= derivative / evaluators;
    }
    numbers[from + evaluator] += derivative;
  }
}
