// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.training.StepRows;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.statistics.Moments;

/**
 * Answers that were sampled for one update, with all that is learned from.
 *
 * @param rows the answers
 * @param advantages of each answer's tokens
 * @param returns what the value head is fitted to, of each answer's tokens
 */
record Rollout(List<Row> rows, List<float[]> advantages, List<float[]> returns) {

  /** Weighs answers with their advantages. */
  static Rollout of(List<Row> rows, Advantages.Estimates estimates) {
    return new Rollout(
        rows,
        estimates.advantages().stream().map(Rollout::floats).toList(),
        estimates.returns().stream().map(Rollout::floats).toList());
  }

  /**
   * One answer.
   *
   * @param number of its prompt in the data, for messages
   * @param prompt what was answered
   * @param answer what it says
   * @param sequence the tokens of both
   * @param said what the models say about its tokens
   * @param rewards of its tokens
   * @param facts what is logged of it
   */
  record Row(
      int number,
      Prompt prompt,
      Answer answer,
      Sequence sequence,
      Said said,
      Advantages.Rewards rewards,
      Facts facts) {}

  /**
   * What the models say about an answer's tokens, one number each.
   *
   * @param logProbs the tokens' log-probabilities when they were sampled
   * @param references the same under the reference
   * @param values the value head's estimates when they were sampled
   */
  record Said(float[] logProbs, float[] references, float[] values) {}

  /**
   * What is logged of one answer.
   *
   * @param score the reward model's score, before penalties and the cut
   * @param reward the same after them
   * @param spread how little the reward model's members agree
   * @param logRatio the log-ratio to the reference, summed over the tokens
   * @param entropy mean next-token entropy
   * @param finished whether it ended by itself
   */
  record Facts(
      double score,
      double reward,
      double spread,
      double logRatio,
      double entropy,
      boolean finished) {}

  int size() {
    return rows.size();
  }

  List<Sequence> sequences() {
    return rows.stream().map(Row::sequence).toList();
  }

  List<float[]> logProbs() {
    return rows.stream().map(row -> row.said().logProbs()).toList();
  }

  List<float[]> references() {
    return rows.stream().map(row -> row.said().references()).toList();
  }

  List<float[]> values() {
    return rows.stream().map(row -> row.said().values()).toList();
  }

  List<Facts> facts() {
    return rows.stream().map(Row::facts).toList();
  }

  /** The numbers of the prompts in the data. */
  int[] numbers() {
    return rows.stream().mapToInt(Row::number).toArray();
  }

  /** Tokens of all answers. */
  long tokens() {
    return counted(false);
  }

  /** Tokens of the answers that count. */
  long counted(boolean finishedOnly) {
    return rows.stream()
        .filter(row -> !finishedOnly || row.facts().finished())
        .mapToLong(row -> row.said().logProbs().length)
        .sum();
  }

  /** The mean log-ratio per answer: the divergence, estimated without bias. */
  double meanLogRatio() {
    return mean(Facts::logRatio);
  }

  /** Some of the answers, in this order. */
  Rollout select(int[] chosen) {
    return new Rollout(
        TrainingRun.pick(rows, chosen),
        TrainingRun.pick(advantages, chosen),
        TrainingRun.pick(returns, chosen));
  }

  /**
   * The places of the answers in parts: at most so many after one another, in their order, and
   * these divided among cores, with the answers to one prompt together.
   */
  List<List<int[]>> inParts(LanguageModel model, int atOnce) {
    List<Integer> places = IntStream.range(0, size()).boxed().toList();
    return StepRows.parts(places, atOnce).stream()
        .map(
            some ->
                model
                    .sideBySide()
                    .divide(
                        some,
                        place -> rows.get(place).number(),
                        place -> rows.get(place).sequence().length())
                    .stream()
                    .map(part -> part.stream().mapToInt(place -> place).toArray())
                    .toList())
        .toList();
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
    row.put("score", mean(Facts::score));
    row.put("log_ratio", meanLogRatio());
    row.put("entropy", mean(Facts::entropy));
    row.put("spread", mean(Facts::spread));
    row.put("tokens", (double) tokens() / size());
    row.put("finished", mean(facts -> facts.finished() ? 1 : 0));
    return row;
  }

  /** The mean of one of the facts. */
  double mean(ToDoubleFunction<Facts> fact) {
    return Moments.mean(rows.stream().map(Row::facts).mapToDouble(fact).toArray());
  }

  private static float[] floats(double[] values) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) values[i];
    }
    return narrow;
  }
}
