// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import org.plumbline.engine.rlhf.training.TrainingRun;

/**
 * The numbers of a likelihood, such as cut points, which are fitted beside the model's parameters:
 * Adam (Kingma and Ba 2015, arXiv:1412.6980) with a rate of its own, since they have to go much
 * further than a weight. They are part of every checkpoint.
 */
final class FreeNumbers {
  private static final double RATE = 0.05;
  private static final double BETA_1 = 0.9;
  private static final double BETA_2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final TrainingRun run;
  private final double[] values;
  private final double[] first;
  private final double[] second;
  private double steps;

  /** The numbers of a training, where it starts or goes on. */
  FreeNumbers(TrainingRun run, double[] start) {
    this.run = run;
    int n = start.length;
    this.values = new double[n];
    this.first = new double[n];
    this.second = new double[n];
    this.steps = run.firstStep();
    for (int i = 0; i < n; i++) {
      values[i] = run.number("number_" + i, start[i]);
      first[i] = run.number("number_first_" + i, 0);
      second[i] = run.number("number_second_" + i, 0);
    }
  }

  double[] values() {
    return values.clone();
  }

  /** One step against the gradient; the rate falls linearly to a tenth. */
  void step(double[] gradient) {
    double rate = RATE * (1 - 0.9 * steps / run.steps());
    steps++;
    for (int i = 0; i < values.length; i++) {
      first[i] = BETA_1 * first[i] + (1 - BETA_1) * gradient[i];
      second[i] = BETA_2 * second[i] + (1 - BETA_2) * gradient[i] * gradient[i];
      double mean = first[i] / (1 - StrictMath.pow(BETA_1, steps));
      double square = second[i] / (1 - StrictMath.pow(BETA_2, steps));
      values[i] -= rate * mean / (StrictMath.sqrt(square) + EPSILON);
      run.keep("number_" + i, values[i]);
      run.keep("number_first_" + i, first[i]);
      run.keep("number_second_" + i, second[i]);
    }
  }
}
