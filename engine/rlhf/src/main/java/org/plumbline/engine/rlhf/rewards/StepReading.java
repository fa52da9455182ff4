// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.plumbline.dsl.model.reward.FittedRewardSpec.StepScore;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.numerics.Logistic;
import org.plumbline.engine.rlhf.responses.Segments;
import org.plumbline.engine.rlhf.training.AnswerFormat;

/**
 * The score of an answer in steps: of {@code p_i = sigmoid(z_i)}, the probability that step i is
 * right, the product, the lowest, or the last (Lightman et al. 2023, arXiv:2305.20050, section 2.6
 * and appendix F). An answer without steps is one.
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
  public double[] of(LanguageModel member, List<Exchange> answers) {
    AnswerFormat format = new AnswerFormat(member);
    List<Sequence> rows = new ArrayList<>();
    List<int[]> places = new ArrayList<>();
    for (Exchange answer : answers) {
      Sequence row = format.example(answer);
      int[] ends =
          format.lastTokens(
              answer.prompt(), row, Segments.steps(answer.answer().text(), separator));
      rows.add(row);
      places.add(ends.length == 0 ? new int[] {row.length() - 1} : ends);
    }
    return PartScores.of(member, rows, places).stream().mapToDouble(this::combined).toArray();
  }

  /** The score of steps with these log-odds of being right. */
  double combined(double[] logits) {
    double product = 1;
    double lowest = 1;
    double last = 1;
    for (double logit : logits) {
      last = Logistic.sigmoid(logit);
      product *= last;
      lowest = Math.min(lowest, last);
    }
    return switch (score) {
      case PRODUCT -> product;
      case MIN -> lowest;
      case LAST -> last;
    };
  }
}
