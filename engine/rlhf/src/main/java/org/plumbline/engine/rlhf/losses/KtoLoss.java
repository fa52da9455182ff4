package org.plumbline.engine.rlhf.losses;

import org.plumbline.engine.rlhf.numerics.Logistic;

/**
 * Kahneman-Tversky optimisation: answers are good or bad, without pairs.
 *
 * <p>Ethayarajh et al., "KTO: Model Alignment as Prospect Theoretic Optimization", ICML 2024,
 * arXiv:2402.01306, equations 7 and 8, with the log-ratio {@code d = log pi(y|x) - log ref(y|x)}:
 *
 * <pre>{@code
 * z_0 = max(0, mean of d over answers to other prompts)        no gradient
 * L = lambda_D (1 - sigmoid(beta (d - z_0)))                   of a good answer
 * L = lambda_U (1 - sigmoid(beta (z_0 - d)))                   of a bad answer
 * }</pre>
 */
public final class KtoLoss {
  private KtoLoss() {}

  /**
   * The loss of one answer.
   *
   * @param value of the loss
   * @param slope its derivative with respect to the answer's log-ratio
   */
  public record OfAnswer(double value, double slope) {}

  /** The point of reference: how far the policy has moved on answers that belong elsewhere. */
  public static double reference(double[] mismatchedLogRatios) {
    double sum = 0;
    for (double ratio : mismatchedLogRatios) {
      sum += ratio;
    }
    return Math.max(0, sum / mismatchedLogRatios.length);
  }

  /** The loss of a good answer. */
  public static OfAnswer good(double logRatio, double reference, double beta, double weight) {
    double z = beta * (logRatio - reference);
    return new OfAnswer(
        weight * Logistic.sigmoid(-z), -weight * beta * Logistic.sigmoid(z) * Logistic.sigmoid(-z));
  }

  /** The loss of a bad answer. */
  public static OfAnswer bad(double logRatio, double reference, double beta, double weight) {
    double z = beta * (reference - logRatio);
    return new OfAnswer(
        weight * Logistic.sigmoid(-z), weight * beta * Logistic.sigmoid(z) * Logistic.sigmoid(-z));
  }
}
