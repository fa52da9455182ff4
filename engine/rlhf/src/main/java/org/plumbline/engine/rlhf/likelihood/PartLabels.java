// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.likelihood;

import java.util.List;
import org.plumbline.engine.rlhf.numerics.Logistic;

/**
 * Whether parts of an answer are right, each with a score of its own: {@code P(right) =
 * sigmoid(z)}, and the mean over the parts of
 *
 * <pre>{@code
 * L = -y log sigmoid(z) - (1 - y) log sigmoid(-z)
 * }</pre>
 *
 * <p>Uesato et al. 2022, arXiv:2211.14275, section 3.3; Lightman et al. 2023, arXiv:2305.20050,
 * section 2.6; for parts of several categories Wu et al. 2023, arXiv:2306.01693, section 3. Parts
 * of which nothing was said (y is NaN) do not count, and what has no score does not, either: the
 * end of an answer that is too long for the model.
 */
public record PartLabels() implements Likelihood<List<Double>> {

  @Override
  public int answers() {
    return 1;
  }

  @Override
  public double loss(List<Double> targets, double[] scores, double[] numbers, Gradient gradient) {
    int said = 0;
    for (int i = 0; i < scores.length; i++) {
      said += targets.get(i).isNaN() ? 0 : 1;
    }
    double loss = 0;
    for (int i = 0; i < scores.length; i++) {
      double target = targets.get(i);
      if (!Double.isNaN(target)) {
        loss += Logistic.softplus(scores[i]) - target * scores[i];
        gradient.scores()[i] += (Logistic.sigmoid(scores[i]) - target) / said;
      }
    }
    return said == 0 ? 0 : loss / said;
  }
}
