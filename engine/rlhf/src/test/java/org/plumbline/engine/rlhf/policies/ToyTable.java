// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import java.util.Arrays;
import java.util.List;
import org.plumbline.engine.rlhf.ToyLanguage;
import org.plumbline.engine.rlhf.numerics.Logistic;

/**
 * The least loss on all pairs of the toy language in plain arithmetic, over a table of next-token
 * logits in place of a transformer; found by gradient descent on differences.
 */
final class ToyTable {
  private static final int TOKENS = 4;

  private final double[] rewards;
  private final List<int[]> answers = ToyLanguage.answers();

  /** Pairs of the answers with these rewards, each with its Bradley-Terry probability. */
  ToyTable(double[] rewards) {
    this.rewards = rewards;
  }

  /** A loss of the table. */
  interface Loss {

    /**
     * The loss.
     *
     * @param logProb log-probability of each answer
     */
    double of(double[] logProb);
  }

  /** What a pair contributes. */
  interface PairLoss {

    /** The loss if the first answer is the better one. */
    double of(int better, int worse);
  }

  /** The mean of a loss over the pairs, each in both orders by its probability. */
  double mean(PairLoss loss) {
    double sum = 0;
    int pairs = 0;
    for (int i = 0; i < rewards.length; i++) {
      for (int j = 0; j < rewards.length; j++) {
        if (rewards[i] > rewards[j]) {
          double target = Logistic.sigmoid(rewards[i] - rewards[j]);
          sum += target * loss.of(i, j) + (1 - target) * loss.of(j, i);
          pairs++;
        }
      }
    }
    return sum / pairs;
  }

  /** The negative log-likelihood of the pairs' better answers, averaged over their tokens. */
  double likelihood(double[] logProb) {
    double sum = 0;
    double tokens = 0;
    for (int i = 0; i < rewards.length; i++) {
      for (double other : rewards) {
        if (rewards[i] > other) {
          sum -= logProb[i];
          tokens += tokens(i);
        }
      }
    }
    return sum / tokens;
  }

  /** The same without its tokens: averaged over the pairs. */
  double chosen(double[] logProb) {
    return each((i, j) -> -logProb[i]);
  }

  /** The mean of a loss over the pairs as if the better answer of each were so for certain. */
  double each(PairLoss loss) {
    double sum = 0;
    int pairs = 0;
    for (int i = 0; i < rewards.length; i++) {
      for (int j = 0; j < rewards.length; j++) {
        if (rewards[i] > rewards[j]) {
          sum += loss.of(i, j);
          pairs++;
        }
      }
    }
    return sum / pairs;
  }

  /** The number of an answer's tokens. */
  int tokens(int answer) {
    return answers.get(answer).length;
  }

  /**
   * The least of a loss that has corners, at which a descent of constant steps would go to and fro:
   * the steps become shorter, and the least that was seen counts.
   */
  double least(Loss loss) {
    double[] logits = new double[TOKENS * TOKENS];
    double least = loss.of(logProb(logits));
    for (int step = 0; step < 20_000; step++) {
      double[] slopes = slopes(loss, logits);
      for (int i = 0; i < logits.length; i++) {
        logits[i] -= slopes[i] / (1 + step / 100.0);
      }
      least = Math.min(least, loss.of(logProb(logits)));
    }
    return least;
  }

  /** The log-probabilities of the answers. */
  static double[] logs(double[] probabilities) {
    return Arrays.stream(probabilities).map(StrictMath::log).toArray();
  }

  /** The probabilities of the answers at the least loss. */
  double[] optimum(Loss loss) {
    double[] logits = new double[TOKENS * TOKENS];
    double[] speed = new double[logits.length];
    for (int step = 0; step < 4000; step++) {
      double[] slopes = slopes(loss, logits);
      for (int i = 0; i < logits.length; i++) {
        speed[i] = 0.9 * speed[i] - 0.3 * slopes[i];
        logits[i] += speed[i];
      }
    }
    double[] probabilities = logProb(logits);
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = StrictMath.exp(probabilities[i]);
    }
    return probabilities;
  }

  private double[] slopes(Loss loss, double[] logits) {
    double[] slopes = new double[logits.length];
    for (int i = 0; i < logits.length; i++) {
      double[] moved = logits.clone();
      moved[i] = logits[i] + 1e-5;
      double above = loss.of(logProb(moved));
      moved[i] = logits[i] - 1e-5;
      slopes[i] = (above - loss.of(logProb(moved))) / 2e-5;
    }
    return slopes;
  }

  /** Row 0 is for the first token, the others for the second after each first one. */
  private double[] logProb(double[] logits) {
    double[] all = new double[answers.size()];
    for (int i = 0; i < all.length; i++) {
      int[] answer = answers.get(i);
      all[i] = logSoftmax(logits, 0, answer[0]);
      all[i] += answer.length == 1 ? 0 : logSoftmax(logits, answer[0], answer[1]);
    }
    return all;
  }

  private static double logSoftmax(double[] logits, int row, int token) {
    double sum = 0;
    for (int i = 0; i < TOKENS; i++) {
      sum += StrictMath.exp(logits[row * TOKENS + i]);
    }
    return logits[row * TOKENS + token] - StrictMath.log(sum);
  }
}
