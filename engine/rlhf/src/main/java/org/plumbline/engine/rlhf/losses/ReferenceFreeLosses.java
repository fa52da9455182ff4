package org.plumbline.engine.rlhf.losses;

import static org.plumbline.engine.rlhf.numerics.Logistic.sigmoid;
import static org.plumbline.engine.rlhf.numerics.Logistic.softplus;

/**
 * The losses on pairs of answers that need no reference. They take the log-probabilities of the
 * chosen and of the rejected answer themselves, and hold the derivatives with respect to them. What
 * methods add to them, the negative log-likelihood of the chosen answer, is not in these numbers.
 */
public final class ReferenceFreeLosses {
  private ReferenceFreeLosses() {}

  /**
   * Contrastive preference optimisation (Xu et al. 2024, arXiv:2401.08417, equation 3): DPO with a
   * uniform reference, {@code -log sigmoid(beta (chosen - rejected))}, of log-probabilities that
   * are summed over tokens.
   *
   * @param e the share of labels that is expected to be the wrong way round
   */
  public static PairLoss cpo(double chosen, double rejected, double beta, double e) {
    return DpoLosses.conservative(chosen, rejected, beta, e);
  }

  /**
   * Simple preference optimisation (Meng, Xia, Chen 2024, arXiv:2405.14734, equation 6): {@code
   * -log sigmoid(beta (chosen - rejected) - gamma)}, of log-probabilities that are averaged over
   * tokens.
   */
  public static PairLoss simpo(double chosen, double rejected, double beta, double gamma) {
    double z = beta * (chosen - rejected) - gamma;
    return PairLoss.ofDifference(softplus(-z), -beta * sigmoid(-z));
  }

  /**
   * The odds-ratio term of ORPO (Hong, Lee, Thorne 2024, arXiv:2403.07691, equations 4 to 7):
   * {@code -log sigmoid(log odds(chosen) - log odds(rejected))} with {@code odds = p / (1 - p)}, of
   * log-probabilities below 0 that are averaged over tokens.
   */
  public static PairLoss oddsRatio(double chosen, double rejected) {
    double z = logOdds(chosen) - logOdds(rejected);
    double slope = -sigmoid(-z);
    return new PairLoss(softplus(-z), slope / free(chosen), -slope / free(rejected));
  }

  /** The derivative of log odds is one over this: 1 - exp(a). */
  private static double free(double a) {
    return -StrictMath.expm1(a);
  }

  private static double logOdds(double a) {
    return a - StrictMath.log(free(a));
  }
}
