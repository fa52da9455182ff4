// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import java.util.List;
import org.plumbline.engine.rlhf.ToyLanguage;
import org.plumbline.engine.rlhf.numerics.Logistic;

/**
 * ORPO on all pairs of the toy language in plain arithmetic, over a table of next-token logits in
 * place of a transformer; minimised by gradient descent on differences.
 */
final class ToyOrpo {
  private static final int TOKENS = 4;

  private final double[] rewards;
  private final double oddsWeight;
  private final List<int[]> answers = ToyLanguage.answers();

  ToyOrpo(double[] rewards, double oddsWeight) {
    this.rewards = rewards;
    this.oddsWeight = oddsWeight;
  }

  /** The probabilities of the answers at the least loss. */
  double[] optimum() {
    double[] logits = new double[TOKENS * TOKENS];
    double[] speed = new double[logits.length];
    for (int step = 0; step < 4000; step++) {
      double[] slopes = slopes(logits);
      for (int i = 0; i < logits.length; i++) {
        speed[i] = 0.9 * speed[i] - 0.3 * slopes[i];
        logits[i] += speed[i];
      }
    }
    double[] probabilities = new double[answers.size()];
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = StrictMath.exp(logProb(logits, answers.get(i)));
    }
    return probabilities;
  }

  private double[] slopes(double[] logits) {
    double[] slopes = new double[logits.length];
    for (int i = 0; i < logits.length; i++) {
      double[] moved = logits.clone();
      moved[i] = logits[i] + 1e-5;
      double above = loss(moved);
      moved[i] = logits[i] - 1e-5;
      slopes[i] = (above - loss(moved)) / 2e-5;
    }
    return slopes;
  }

  private double loss(double[] logits) {
    double odds = 0;
    double likelihood = 0;
    double tokens = 0;
    int pairs = 0;
    for (int i = 0; i < rewards.length; i++) {
      for (int j = 0; j < rewards.length; j++) {
        if (rewards[i] > rewards[j]) {
          double target = Logistic.sigmoid(rewards[i] - rewards[j]);
          double gap = logOdds(logits, answers.get(i)) - logOdds(logits, answers.get(j));
          odds += target * Logistic.softplus(-gap) + (1 - target) * Logistic.softplus(gap);
          likelihood -= logProb(logits, answers.get(i));
          tokens += answers.get(i).length;
          pairs++;
        }
      }
    }
    return likelihood / tokens + oddsWeight * odds / pairs;
  }

  private static double logOdds(double[] logits, int[] answer) {
    double mean = logProb(logits, answer) / answer.length;
    return mean - StrictMath.log(-StrictMath.expm1(mean));
  }

  /** Row 0 is for the first token, the others for the second after each first one. */
  private static double logProb(double[] logits, int[] answer) {
    double sum = logSoftmax(logits, 0, answer[0]);
    return answer.length == 1 ? sum : sum + logSoftmax(logits, answer[0], answer[1]);
  }

  private static double logSoftmax(double[] logits, int row, int token) {
    double sum = 0;
    for (int i = 0; i < TOKENS; i++) {
      sum += StrictMath.exp(logits[row * TOKENS + i]);
    }
    return logits[row * TOKENS + token] - StrictMath.log(sum);
  }
}
