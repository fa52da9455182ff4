// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.plumbline.dsl.model.reward.FittedRewardSpec.StepScore;
import org.plumbline.engine.rlhf.numerics.Logistic;
import org.plumbline.engine.rlhf.responses.Segments;

/**
 * The score of an answer in steps: of {@code p_i = sigmoid(z_i)}, the probability that step i is
 * right, the product, the lowest, or the last (Lightman et al. 2023, arXiv:2305.20050, section 2.6
 * and appendix F). Each step adds what it changes of the score: so the rewards of the steps add up
 * to it.
 *
 * @param separator that ends a step
 * @param score how probabilities become a score
 */
record StepReading(String separator, StepScore score) implements Reading {
  static final String SEPARATOR = "step_separator";
  private static final String SCORE = "step_score";

  static StepReading of(JsonNode file) {
    return new StepReading(
        file.path(SEPARATOR).asText(),
        StepScore.valueOf(file.path(SCORE).asText().toUpperCase(Locale.ROOT)));
  }

  @Override
  public Map<String, Object> columns() {
    Map<String, Object> columns = new LinkedHashMap<>();
    columns.put(SEPARATOR, separator);
    columns.put(SCORE, score.name().toLowerCase(Locale.ROOT));
    return columns;
  }

  @Override
  public double start() {
    return score == StepScore.LAST ? 0 : 1;
  }

  @Override
  public List<Integer> ends(String answer) {
    return Segments.steps(answer, separator);
  }

  @Override
  public double[] rewards(double[] logits) {
    double[] rewards = new double[logits.length];
    double before = start();
    for (int i = 0; i < logits.length; i++) {
      double right = Logistic.sigmoid(logits[i]);
      double now =
          switch (score) {
            case PRODUCT -> before * right;
            case MIN -> Math.min(before, right);
            case LAST -> right;
          };
      rewards[i] = now - before;
      before = now;
    }
    return rewards;
  }
}
