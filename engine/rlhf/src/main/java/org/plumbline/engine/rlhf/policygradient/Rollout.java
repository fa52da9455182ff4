// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.statistics.Moments;

/**
 * Answers that were sampled for one update, with all that is learned from; the lists have one entry
 * per answer, the arrays in them one number per token of the answer.
 *
 * @param sequences prompts with answers
 * @param answers what the answers say
 * @param logProbs the tokens' log-probabilities when they were sampled
 * @param values the value head's estimates then
 * @param advantages whitened over the whole rollout
 * @param returns what the value head is fitted to
 * @param facts what is logged of each answer
 */
record Rollout(
    List<Sequence> sequences,
    List<Answer> answers,
    List<float[]> logProbs,
    List<float[]> values,
    List<float[]> advantages,
    List<float[]> returns,
    List<Facts> facts) {

  /**
   * What is logged of one answer.
   *
   * @param score the reward model's score, before the missing-end penalty and the cut
   * @param spread how little the reward model's members agree
   * @param logRatio the log-ratio to the reference, summed over the tokens
   * @param entropy mean next-token entropy
   * @param finished whether it ended by itself
   */
  record Facts(double score, double spread, double logRatio, double entropy, boolean finished) {}

  int size() {
    return sequences.size();
  }

  /** Tokens of all answers. */
  long tokens() {
    return logProbs.stream().mapToLong(row -> row.length).sum();
  }

  /** The mean log-ratio per answer: the divergence, estimated without bias. */
  double meanLogRatio() {
    return mean(facts.stream().mapToDouble(Facts::logRatio).toArray());
  }

  /** Some of the answers, in this order. */
  Rollout select(int[] rows) {
    return new Rollout(
        TrainingRun.pick(sequences, rows),
        TrainingRun.pick(answers, rows),
        TrainingRun.pick(logProbs, rows),
        TrainingRun.pick(values, rows),
        TrainingRun.pick(advantages, rows),
        TrainingRun.pick(returns, rows),
        TrainingRun.pick(facts, rows));
  }

  /** Divides rows into so many parts of nearly equal size; as many as there are rows at most. */
  static List<int[]> parts(int[] order, int wanted) {
    int count = Math.min(wanted, order.length);
    List<int[]> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add(
          Arrays.copyOfRange(order, i * order.length / count, (i + 1) * order.length / count));
    }
    return parts;
  }

  /** What is logged of the rollout. */
  Map<String, Double> metrics() {
    Map<String, Double> row = new LinkedHashMap<>();
    row.put("score", mean(facts.stream().mapToDouble(Facts::score).toArray()));
    row.put("log_ratio", meanLogRatio());
    row.put("entropy", mean(facts.stream().mapToDouble(Facts::entropy).toArray()));
    row.put("spread", mean(facts.stream().mapToDouble(Facts::spread).toArray()));
    row.put("tokens", (double) tokens() / size());
    row.put("finished", mean(facts.stream().mapToDouble(f -> f.finished() ? 1 : 0).toArray()));
    return row;
  }

  private static double mean(double[] values) {
    return Moments.mean(values);
  }
}
