// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.losses;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.plumbline.engine.lm.tensor.Tensor;

/**
 * The losses of pairs of answers: direct preference optimisation and what was made from it.
 *
 * <p>Throughout, {@code u} and {@code w} are the log-ratios of the chosen and of the rejected
 * answer,
 *
 * <pre>{@code
 * u = log pi(y_w|x) - log ref(y_w|x)        w = log pi(y_l|x) - log ref(y_l|x)
 * }</pre>
 *
 * <p>summed over an answer's tokens unless said otherwise, and {@code q = beta (u - w)}. Arguments
 * and results are [pairs]; gradients are those of the graph. Names are those of TRL's {@code
 * loss_type}, whose {@code sigmoid} is {@link #logistic} here. They work without a reference, too:
 * u and w are then log-probabilities (CPO: Xu et al. 2024, arXiv:2401.08417, equation 3).
 */
public final class PairLosses {
  /** The temperature of {@link #discopop} in its paper. */
  private static final float DISCOPOP_TEMPERATURE = 0.05f;

  /** The least probability that a token is something else: below, 1 - exp(a) is rounded to 0. */
  private static final float LEAST_FREE = 1e-7f;

  /** exp of its negative is a large number in 32 bits, but not infinite. */
  private static final float LEAST_RATIO = -80;

  private PairLosses() {}

  /**
   * Direct Preference Optimization (Rafailov et al. 2023, arXiv:2305.18290, equation 7) with soft
   * targets: {@code -t log sigmoid(q) - (1 - t) log sigmoid(-q)}. With t = 1 - e for a share e of
   * labels the wrong way round it is conservative DPO (Mitchell 2023, "A note on DPO with noisy
   * preferences"); with scores in q's place the Bradley-Terry loss; with {@code q - gamma}, q from
   * log-probabilities averaged over tokens, SimPO (Meng, Xia, Chen 2024, arXiv:2405.14734, equation
   * 6).
   *
   * @param target t, the probability that the chosen answer is better
   */
  public static Tensor logistic(Tensor q, Tensor target) {
    Tensor right = q.logSigmoid().mul(target);
    Tensor wrong = q.neg().logSigmoid().mul(target.neg().add(1f));
    return right.add(wrong).neg();
  }

  /** {@code -log sigmoid(q)}: {@link #logistic} where the chosen answer is better for sure. */
  public static Tensor logistic(Tensor q) {
    return q.logSigmoid().neg();
  }

  /**
   * What a loss is on average where the chosen answer is better with some probability.
   *
   * @param right the loss if it is
   * @param wrong the loss if the other one is
   * @param target the probability
   */
  public static Tensor expected(Tensor right, Tensor wrong, Tensor target) {
    return right.mul(target).add(wrong.mul(target.neg().add(1f)));
  }

  /**
   * Robust DPO (Chowdhury, Kini, Natarajan 2024, arXiv:2403.00409, equation 12), unbiased under a
   * share e below one half of labels the wrong way round: {@code (-(1 - e) log sigmoid(q) + e log
   * sigmoid(-q)) / (1 - 2e)}.
   */
  public static Tensor robust(Tensor q, double e) {
    Tensor right = logistic(q).mul((float) ((1 - e) / (1 - 2 * e)));
    return right.sub(logistic(q.neg()).mul((float) (e / (1 - 2 * e))));
  }

  /**
   * Hinge on a gap (Zhao et al. 2023, SLiC-HF, arXiv:2305.10425, equation 1, on log-probabilities;
   * on q with a margin of 1 as in Liu et al. 2023, RSO, arXiv:2309.06657): {@code max(0, margin -
   * q)}.
   */
  public static Tensor hinge(Tensor q, double margin) {
    return q.neg().add((float) margin).clamp(0, Float.POSITIVE_INFINITY);
  }

  /**
   * Identity preference optimisation (Azar et al. 2023, arXiv:2310.12036, equation 17): {@code (u -
   * w - 1 / (2 beta))^2}. TRL gives it log-ratios that are averaged over the tokens.
   */
  public static Tensor ipo(Tensor u, Tensor w, double beta) {
    return u.sub(w).sub((float) (0.5 / beta)).square();
  }

  /**
   * Self-play preference optimisation with hard labels (Wu et al. 2024, arXiv:2405.00675): {@code
   * (u - 1 / (2 beta))^2 + (w + 1 / (2 beta))^2}.
   */
  public static Tensor sppoHard(Tensor u, Tensor w, double beta) {
    return u.sub((float) (0.5 / beta)).square().add(w.add((float) (0.5 / beta)).square());
  }

  /**
   * Anchored preference optimisation, "zero" (D'Oosterlinck et al. 2024, arXiv:2408.06266): raises
   * the chosen and lowers the rejected answer, {@code 1 - sigmoid(beta u) + sigmoid(beta w)}.
   */
  public static Tensor apoZero(Tensor u, Tensor w, double beta) {
    return u.mul((float) -beta).sigmoid().add(w.mul((float) beta).sigmoid());
  }

  /**
   * Anchored preference optimisation, "down" (D'Oosterlinck et al. 2024, arXiv:2408.06266): lowers
   * both answers and parts them, {@code sigmoid(beta u) + 1 - sigmoid(q)}.
   */
  public static Tensor apoDown(Tensor u, Tensor w, double beta) {
    Tensor q = u.sub(w).mul((float) beta);
    return u.mul((float) beta).sigmoid().add(q.neg().sigmoid());
  }

  /**
   * Noise contrastive alignment of pairs (Chen et al. 2024, arXiv:2402.05369): {@code -log
   * sigmoid(beta u) - log sigmoid(-beta u) / 2 - log sigmoid(-beta w) / 2}.
   */
  public static Tensor ncaPair(Tensor u, Tensor w, double beta) {
    Tensor good = u.mul((float) beta);
    Tensor bad = w.mul((float) beta);
    Tensor pushed = logistic(good.neg()).add(logistic(bad.neg())).mul(0.5f);
    return logistic(good).add(pushed);
  }

  /**
   * Binary classifier optimisation (Jung et al. 2024, arXiv:2404.04656): {@code -log sigmoid(beta u
   * - delta) - log sigmoid(-(beta w - delta))}.
   *
   * @param delta the running mean of the rewards {@code beta u} and {@code beta w}; TRL's pair form
   *     has 0
   */
  public static Tensor bcoPair(Tensor u, Tensor w, double beta, double delta) {
    Tensor good = u.mul((float) beta).sub((float) delta);
    Tensor bad = w.mul((float) beta).sub((float) delta);
    return logistic(good).add(logistic(bad.neg()));
  }

  /**
   * Efficient exact optimisation of pairs (Ji et al. 2024, arXiv:2402.00856, equation 16): the
   * reverse KL divergence of the policy's preference from the label's, which is wrong with
   * probability e above 0.
   */
  public static Tensor exoPair(Tensor q, double e) {
    Tensor right = q.logSigmoid().sub((float) StrictMath.log1p(-e));
    Tensor wrong = q.neg().logSigmoid().sub((float) StrictMath.log(e));
    return q.sigmoid().mul(right).add(q.neg().sigmoid().mul(wrong));
  }

  /**
   * The loss that a language model discovered (Lu et al. 2024, DiscoPOP, arXiv:2406.08414): between
   * the logistic and the exponential loss, {@code -log sigmoid(q) (1 - s) + exp(-q) s} with {@code
   * s = sigmoid(q / 0.05)}.
   */
  public static Tensor discopop(Tensor q) {
    Tensor z = q.div(DISCOPOP_TEMPERATURE);
    // exp(-q) alone overflows where s is nothing
    Tensor exponential = z.logSigmoid().sub(q).exp();
    return logistic(q).mul(z.neg().sigmoid()).add(exponential);
  }

  /**
   * Alignment by optimal transport without pairs (Melnyk et al. 2024, arXiv:2406.05882): {@link
   * #logistic} between the i-th smallest log-ratio of the chosen and of the rejected answers, from
   * the smallest to the largest.
   */
  public static Tensor aotUnpaired(Tensor u, Tensor w, double beta) {
    return logistic(sorted(u).sub(sorted(w)).mul((float) beta));
  }

  private static Tensor sorted(Tensor values) {
    float[] plain = values.toFloatArray();
    long[] order =
        IntStream.range(0, plain.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> plain[i]))
            .mapToLong(Integer::longValue)
            .toArray();
    return values.select(0, Tensor.of(order, order.length));
  }

  /**
   * u - w under the forward KL divergence (Wang et al. 2023, f-DPO, arXiv:2309.16240): log-ratios
   * are replaced by {@code f'(pi / ref) = -ref / pi}.
   */
  public static Tensor forwardKl(Tensor u, Tensor w) {
    // A rejected answer may become as unlikely as it will; a chosen one that does is a mistake, and
    // its infinite loss says so.
    Tensor bounded = w.clamp(LEAST_RATIO, Float.POSITIVE_INFINITY);
    return bounded.neg().exp().sub(u.neg().exp());
  }

  /**
   * u - w under the Jensen-Shannon divergence (Wang et al. 2023, f-DPO, arXiv:2309.16240):
   * log-ratios are replaced by {@code f'(pi / ref) = log sigmoid(log(pi / ref))}, up to a constant.
   */
  public static Tensor jensenShannon(Tensor u, Tensor w) {
    return u.logSigmoid().sub(w.logSigmoid());
  }

  /**
   * log(p / (1 - p)) from log p, which is below 0: {@link #logistic} of a difference of two is the
   * odds-ratio term of ORPO (Hong, Lee, Thorne 2024, arXiv:2403.07691, equations 4 to 7), with
   * log-probabilities that are averaged over tokens.
   */
  public static Tensor logOdds(Tensor logProb) {
    return logProb.sub(logOfRest(logProb));
  }

  /** log(1 - p) from log p; 1 - p is at least 1e-7. */
  public static Tensor logOfRest(Tensor logProb) {
    return logProb.exp().neg().add(1f).clamp(LEAST_FREE, 1).log();
  }
}
