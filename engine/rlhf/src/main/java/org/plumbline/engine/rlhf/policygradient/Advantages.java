// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.plumbline.engine.rlhf.numerics.Gae;
import org.plumbline.engine.rlhf.numerics.Whitening;
import org.plumbline.engine.statistics.Moments;

/** How much better than expected each token was: what its gradient is weighted with. */
@FunctionalInterface
public interface Advantages {

  /**
   * Estimates the advantages of an update's answers; those to one prompt follow each other.
   *
   * @param answers what each was given
   */
  Estimates of(List<Rewards> answers);

  /**
   * What the tokens of an answer were given.
   *
   * @param rewards of each token
   * @param values the value head's estimates before each; zeros without one
   */
  record Rewards(double[] rewards, double[] values) {}

  /**
   * What is learned from; one number for each token of each answer.
   *
   * @param advantages weights of the gradient
   * @param returns what a value head is fitted to
   */
  record Estimates(List<double[]> advantages, List<double[]> returns) {}

  /**
   * Generalised advantage estimation ({@link Gae}), whitened over all tokens of the update.
   *
   * @param gamma discount per token
   * @param lambda how far rewards reach back
   */
  static Advantages generalised(double gamma, double lambda) {
    return answers -> {
      List<Gae> estimates =
          answers.stream().map(a -> Gae.of(a.rewards(), a.values(), gamma, lambda)).toList();
      double[] white =
          Whitening.whiten(
              estimates.stream().flatMapToDouble(e -> Arrays.stream(e.advantages())).toArray());
      List<double[]> advantages = new ArrayList<>();
      int at = 0;
      for (Gae estimate : estimates) {
        int length = estimate.advantages().length;
        advantages.add(Arrays.copyOfRange(white, at, at + length));
        at += length;
      }
      return new Estimates(advantages, estimates.stream().map(Gae::returns).toList());
    };
  }

  /**
   * The whole answer's reward minus the mean of those of the prompt's other answers, for every
   * token the same (Ahmadian et al. 2024, arXiv:2402.14740, section 3.3; Kool, van Hoof, Welling
   * 2019).
   *
   * @param group answers per prompt, 2 or more
   */
  static Advantages leaveOneOut(int group) {
    return answers -> {
      double[] rewards = answers.stream().mapToDouble(a -> Moments.sum(a.rewards())).toArray();
      List<double[]> advantages = new ArrayList<>();
      List<double[]> returns = new ArrayList<>();
      for (int i = 0; i < rewards.length; i++) {
        int first = i / group * group;
        double others = Moments.sum(Arrays.copyOfRange(rewards, first, first + group)) - rewards[i];
        int tokens = answers.get(i).rewards().length;
        advantages.add(filled(tokens, rewards[i] - others / (group - 1)));
        returns.add(filled(tokens, rewards[i]));
      }
      return new Estimates(advantages, returns);
    };
  }

  private static double[] filled(int length, double value) {
    double[] filled = new double[length];
    Arrays.fill(filled, value);
    return filled;
  }
}
