// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import java.util.ArrayList;
import java.util.List;
import org.plumbline.dsl.model.policy.Regularizers;
import org.plumbline.dsl.model.policy.Regularizers.Estimator;
import org.plumbline.dsl.model.policy.Regularizers.Placement;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.training.Scoring;

/**
 * The divergence of a policy from a reference, estimated at each token of its answers.
 *
 * <p>Schulman, "Approximating KL divergence", 2020. With d = log pi(y_t|..) - log ref(y_t|..):
 *
 * <pre>{@code
 * k1 = d,  k2 = d^2 / 2,  k3 = exp(-d) - 1 + d,  exact = sum over v of pi(v) (log pi(v) - log ref(v))
 * }</pre>
 *
 * <p>In the reward they carry no gradient of their own, and what the policy learns on average is
 * the gradient of KL(pi || ref) by k1 alone; by k3 that of KL(pi || ref) - KL(ref || pi), by k2
 * that of no divergence, and by exact, which is the same whichever token is drawn, nothing at the
 * token itself. In the loss their own gradients count, which on average are: of k1 zero, of k2 and
 * exact that of KL(pi || ref), of k3 that of KL(ref || pi). In the loss the term of a token acts on
 * that token alone; in the reward also on those before it.
 */
final class KlTerm {
  /** Logits at once, as many as {@code PolicyDivergence} takes. */
  private static final int MOST_LOGITS = 1 << 22;

  private final Regularizers.Kl settings;

  KlTerm(Regularizers.Kl settings) {
    this.settings = settings;
  }

  boolean inLoss() {
    return settings.placement() == Placement.LOSS;
  }

  /** The estimator; where none is named, k1 in the reward and k2 in the loss. */
  Estimator estimator() {
    Estimator named = settings.estimator();
    if (named != null) {
      return named;
    }
    return inLoss() ? Estimator.K2 : Estimator.K1;
  }

  /** The estimate of a log-ratio. */
  static double of(Estimator estimator, double d) {
    return switch (estimator) {
      case K1 -> d;
      case K2 -> d * d / 2;
      case K3 -> StrictMath.exp(cut(-d)) - 1 + d;
      case EXACT -> throw new IllegalArgumentException("exact is not a function of the log-ratio");
    };
  }

  private static double cut(double d) {
    return Math.max(-Surrogate.LARGEST_LOG_RATIO, Math.min(Surrogate.LARGEST_LOG_RATIO, d));
  }

  /** The same elementwise, with its gradient. */
  static Tensor of(Estimator estimator, Tensor d) {
    float most = Surrogate.LARGEST_LOG_RATIO;
    return switch (estimator) {
      case K1 -> d;
      case K2 -> d.square().mul(0.5f);
      case K3 -> d.neg().clamp(-most, most).exp().sub(1f).add(d);
      case EXACT -> throw new IllegalArgumentException("exact is not a function of the log-ratio");
    };
  }

  /**
   * The term of the loss at each token, [batch, time-1], with its gradient.
   *
   * @param logRatio of the tokens
   */
  Tensor ofLoss(Models models, Batch batch, Tensor logRatio) {
    return estimator() == Estimator.EXACT
        ? exact(models, batch)
        : of(estimator(), logRatio).mul(batch.mask());
  }

  /** What the reward of each token of each answer loses for one nat's price. */
  List<double[]> ofRewards(Models models, List<Sequence> rows, List<double[]> logRatios) {
    if (estimator() != Estimator.EXACT) {
      return logRatios.stream().map(this::each).toList();
    }
    List<double[]> all = new ArrayList<>();
    int width = rows.stream().mapToInt(Sequence::length).max().orElse(1);
    int atOnce = Math.max(1, MOST_LOGITS / width / models.policy().config().vocabularySize());
    for (int at = 0; at < rows.size(); at += atOnce) {
      Batch batch = Batch.of(rows.subList(at, Math.min(rows.size(), at + atOnce)));
      try (TensorScope scope = TensorScope.open()) {
        TokensSaid.byAnswer(exact(models, batch), batch).stream()
            .map(TokensSaid::doubles)
            .forEach(all::add);
      }
    }
    return all;
  }

  private double[] each(double[] logRatios) {
    double[] each = logRatios.clone();
    for (int t = 0; t < each.length; t++) {
      each[t] = of(estimator(), each[t]);
    }
    return each;
  }

  private static Tensor exact(Models models, Batch batch) {
    Tensor log = Scoring.logProbs(models.policy(), batch, models.temperature());
    Tensor other = models.reference().all(batch, models.temperature());
    Tensor all = log.exp().mul(log.sub(other.stopGradient()));
    return all.sum(-1).mul(batch.mask());
  }

  /**
   * What is compared.
   *
   * @param policy the policy as it is
   * @param reference what it is to stay near to
   * @param temperature of both
   */
  record Models(LanguageModel policy, KlReference reference, double temperature) {}
}
