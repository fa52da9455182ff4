package org.plumbline.engine.rlhf.losses;

import static org.plumbline.engine.rlhf.numerics.Logistic.logSigmoid;
import static org.plumbline.engine.rlhf.numerics.Logistic.sigmoid;
import static org.plumbline.engine.rlhf.numerics.Logistic.softplus;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The losses on pairs of answers that are measured against a reference: direct preference
 * optimisation and what was made from it.
 *
 * <p>Throughout, {@code u} and {@code w} are the log-ratios of the chosen and of the rejected
 * answer,
 *
 * <pre>{@code
 * u = log pi(y_w|x) - log ref(y_w|x)        w = log pi(y_l|x) - log ref(y_l|x)
 * }</pre>
 *
 * <p>summed over an answer's tokens unless said otherwise, {@code q = beta (u - w)}, and every
 * result holds the derivatives with respect to u and w. Names are those of TRL's {@code loss_type},
 * whose {@code sigmoid} is {@link #logistic} here.
 */
public final class DpoLosses {
  /** The temperature of {@link #discopop} in its paper. */
  private static final double DISCOPOP_TEMPERATURE = 0.05;

  private DpoLosses() {}

  /**
   * Direct Preference Optimization (Rafailov et al. 2023, arXiv:2305.18290, equation 7): {@code
   * -log sigmoid(q)}.
   */
  public static PairLoss logistic(double u, double w, double beta) {
    double q = beta * (u - w);
    return PairLoss.ofDifference(softplus(-q), -beta * sigmoid(-q));
  }

  /**
   * Conservative DPO (Mitchell 2023, "A note on DPO with noisy preferences"), which expects a share
   * e of labels the wrong way round: {@code -(1 - e) log sigmoid(q) - e log sigmoid(-q)}.
   */
  public static PairLoss conservative(double u, double w, double beta, double e) {
    return PairLoss.mixed(logistic(u, w, beta), logistic(w, u, beta), e);
  }

  /**
   * Robust DPO (Chowdhury, Kini, Natarajan 2024, arXiv:2403.00409, equation 12), unbiased under a
   * share e below one half of labels the wrong way round: {@code (-(1 - e) log sigmoid(q) + e log
   * sigmoid(-q)) / (1 - 2e)}.
   */
  public static PairLoss robust(double u, double w, double beta, double e) {
    double q = beta * (u - w);
    double value = ((1 - e) * softplus(-q) - e * softplus(q)) / (1 - 2 * e);
    double slope = (-(1 - e) * sigmoid(-q) - e * sigmoid(q)) / (1 - 2 * e);
    return PairLoss.ofDifference(value, beta * slope);
  }

  /**
   * Hinge on the margin (Zhao et al. 2023, SLiC-HF, arXiv:2305.10425, on log-ratios as in Liu et
   * al. 2023, RSO, arXiv:2309.06657): {@code max(0, 1 - q)}.
   */
  public static PairLoss hinge(double u, double w, double beta) {
    double q = beta * (u - w);
    return PairLoss.ofDifference(Math.max(0, 1 - q), q < 1 ? -beta : 0);
  }

  /**
   * Identity preference optimisation (Azar et al. 2023, arXiv:2310.12036, equation 17): {@code (u -
   * w - 1 / (2 beta))^2}. TRL gives it log-ratios that are averaged over the tokens.
   */
  public static PairLoss ipo(double u, double w, double beta) {
    double miss = u - w - 1 / (2 * beta);
    return PairLoss.ofDifference(miss * miss, 2 * miss);
  }

  /**
   * Self-play preference optimisation with hard labels (Wu et al. 2024, arXiv:2405.00675): {@code
   * (u - 1 / (2 beta))^2 + (w + 1 / (2 beta))^2}.
   */
  public static PairLoss sppoHard(double u, double w, double beta) {
    double above = u - 0.5 / beta;
    double below = w + 0.5 / beta;
    return new PairLoss(above * above + below * below, 2 * above, 2 * below);
  }

  /**
   * Anchored preference optimisation, "zero" (D'Oosterlinck et al. 2024, arXiv:2408.06266): raises
   * the chosen and lowers the rejected answer, {@code 1 - sigmoid(beta u) + sigmoid(beta w)}.
   */
  public static PairLoss apoZero(double u, double w, double beta) {
    return new PairLoss(
        sigmoid(-beta * u) + sigmoid(beta * w), -beta * bell(beta * u), beta * bell(beta * w));
  }

  /**
   * Anchored preference optimisation, "down" (D'Oosterlinck et al. 2024, arXiv:2408.06266): lowers
   * both answers and parts them, {@code sigmoid(beta u) + 1 - sigmoid(q)}.
   */
  public static PairLoss apoDown(double u, double w, double beta) {
    double q = beta * (u - w);
    return new PairLoss(
        sigmoid(beta * u) + sigmoid(-q), beta * (bell(beta * u) - bell(q)), beta * bell(q));
  }

  /**
   * Noise contrastive alignment of pairs (Chen et al. 2024, arXiv:2402.05369): {@code -log
   * sigmoid(beta u) - log sigmoid(-beta u) / 2 - log sigmoid(-beta w) / 2}.
   */
  public static PairLoss ncaPair(double u, double w, double beta) {
    double good = beta * u;
    double bad = beta * w;
    return new PairLoss(
        softplus(-good) + softplus(good) / 2 + softplus(bad) / 2,
        beta * (sigmoid(good) / 2 - sigmoid(-good)),
        beta * sigmoid(bad) / 2);
  }

  /**
   * Binary classifier optimisation (Jung et al. 2024, arXiv:2404.04656): {@code -log sigmoid(beta u
   * - delta) - log sigmoid(-(beta w - delta))}.
   *
   * @param delta the running mean of the rewards {@code beta u} and {@code beta w}; TRL's pair form
   *     has 0
   */
  public static PairLoss bcoPair(double u, double w, double beta, double delta) {
    double good = beta * u - delta;
    double bad = beta * w - delta;
    return new PairLoss(
        softplus(-good) + softplus(bad), -beta * sigmoid(-good), beta * sigmoid(bad));
  }

  /**
   * Efficient exact optimisation of pairs (Ji et al. 2024, arXiv:2402.00856, equation 16): the
   * reverse KL divergence of the policy's preference from the label's, which is wrong with
   * probability e above 0.
   */
  public static PairLoss exoPair(double u, double w, double beta, double e) {
    double q = beta * (u - w);
    double right = logSigmoid(q) - StrictMath.log1p(-e);
    double wrong = logSigmoid(-q) - StrictMath.log(e);
    double value = sigmoid(q) * right + sigmoid(-q) * wrong;
    return PairLoss.ofDifference(value, beta * bell(q) * (right - wrong));
  }

  /**
   * The loss that a language model discovered (Lu et al. 2024, DiscoPOP, arXiv:2406.08414): between
   * the logistic and the exponential loss, {@code -log sigmoid(q) (1 - s) + exp(-q) s} with {@code
   * s = sigmoid(q / 0.05)}.
   */
  public static PairLoss discopop(double u, double w, double beta) {
    double q = beta * (u - w);
    double z = q / DISCOPOP_TEMPERATURE;
    double s = sigmoid(z);
    // exp(-q) alone overflows where s is nothing.
    double exponential = StrictMath.exp(-q + logSigmoid(z));
    double value = softplus(-q) * (1 - s) + exponential;
    double change = (exponential * sigmoid(-z) - softplus(-q) * bell(z)) / DISCOPOP_TEMPERATURE;
    double slope = -sigmoid(-q) * (1 - s) - exponential + change;
    return PairLoss.ofDifference(value, beta * slope);
  }

  /**
   * Alignment by optimal transport without pairs (Melnyk et al. 2024, arXiv:2406.05882): {@link
   * #logistic} between the i-th smallest log-ratio of the chosen and of the rejected answers.
   *
   * @return per index the derivatives of that answer's own log-ratios; the values are those of the
   *     chosen answer of that index
   */
  public static PairLoss[] aotUnpaired(double[] u, double[] w, double beta) {
    int[] chosen = order(u);
    int[] rejected = order(w);
    double[] values = new double[u.length];
    double[] ofChosen = new double[u.length];
    double[] ofRejected = new double[u.length];
    for (int i = 0; i < u.length; i++) {
      PairLoss loss = logistic(u[chosen[i]], w[rejected[i]], beta);
      values[chosen[i]] = loss.value();
      ofChosen[chosen[i]] = loss.chosen();
      ofRejected[rejected[i]] = loss.rejected();
    }
    return IntStream.range(0, u.length)
        .mapToObj(i -> new PairLoss(values[i], ofChosen[i], ofRejected[i]))
        .toArray(PairLoss[]::new);
  }

  private static int[] order(double[] values) {
    Integer[] order = IntStream.range(0, values.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
    return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
  }

  /**
   * DPO under the forward KL divergence (Wang et al. 2023, f-DPO, arXiv:2309.16240): log-ratios are
   * replaced by {@code f'(pi / ref) = -ref / pi}.
   */
  public static PairLoss forwardKl(double u, double w, double beta) {
    double chosen = StrictMath.exp(-u);
    double rejected = StrictMath.exp(-w);
    return logistic(-chosen, -rejected, beta).chain(chosen, rejected);
  }

  /**
   * DPO under the Jensen-Shannon divergence (Wang et al. 2023, f-DPO, arXiv:2309.16240): log-ratios
   * are replaced by {@code f'(pi / ref) = log sigmoid(log(pi / ref))}, up to a constant.
   */
  public static PairLoss jensenShannon(double u, double w, double beta) {
    return logistic(logSigmoid(u), logSigmoid(w), beta).chain(sigmoid(-u), sigmoid(-w));
  }

  /** The derivative of the logistic function. */
  private static double bell(double z) {
    return sigmoid(z) * sigmoid(-z);
  }
}
