// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.likelihood;

/**
 * Classes of answers: {@code P(class k) = softmax_k(w_k r + b_k)} for an answer that scores r.
 *
 * <p>Casper et al. 2023, section 3.1.4. The wanted class is number 0 and has weight 1 and bias 0;
 * the last class has weight 0, or the scores could take both up. With two classes this is {@code
 * P(wanted) = sigmoid(r - b)}. Its numbers are the biases, then the weights that are free.
 *
 * @param classes how many, at least two
 */
public record ClassLabels(int classes) implements Likelihood<Integer> {

  @Override
  public int answers() {
    return 1;
  }

  /** Biases of 0, and weights that fall evenly from the wanted class to the last. */
  @Override
  public double[] start() {
    double[] numbers = new double[classes - 1 + classes - 2];
    for (int k = 1; k < classes - 1; k++) {
      numbers[classes - 2 + k] = 1 - k / (classes - 1.0);
    }
    return numbers;
  }

  private double weight(double[] numbers, int k) {
    return k == 0 ? 1 : k == classes - 1 ? 0 : numbers[classes - 2 + k];
  }

  private static double bias(double[] numbers, int k) {
    return k == 0 ? 0 : numbers[k - 1];
  }

  @Override
  public double loss(Integer said, double[] scores, double[] numbers, Gradient gradient) {
    double[] logits = new double[classes];
    double highest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      logits[k] = weight(numbers, k) * scores[0] + bias(numbers, k);
      highest = Math.max(highest, logits[k]);
    }
    double sum = 0;
    for (double logit : logits) {
      sum += StrictMath.exp(logit - highest);
    }
    for (int k = 0; k < classes; k++) {
      double slope = StrictMath.exp(logits[k] - highest) / sum - (k == said ? 1 : 0);
      gradient.scores()[0] += slope * weight(numbers, k);
      if (k > 0) {
        gradient.numbers()[k - 1] += slope;
      }
      if (k > 0 && k < classes - 1) {
        gradient.numbers()[classes - 2 + k] += slope * scores[0];
      }
    }
    return highest + StrictMath.log(sum) - logits[said];
  }
}
