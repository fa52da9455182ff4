// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.preference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.tensor.Tensor;

/**
 * What a policy says of answers that are ranked: what losses of rankings are made of.
 *
 * @param logProb log pi(y|x) of each answer, summed over its tokens, those of one prompt together;
 *     [answers]
 * @param lengths the tokens of each answer, its end-of-text token included
 * @param rows which answers are of one prompt, in their order
 */
public record RankedScores(Tensor logProb, double[] lengths, List<Row> rows) {

  /**
   * Answers to one prompt.
   *
   * @param answers as rows of tokens
   * @param scores how good each is; some differ
   */
  public record Row(List<Sequence> answers, double[] scores) {

    /** The number of the best answer, the first of several. */
    int best() {
      int best = 0;
      for (int i = 1; i < scores.length; i++) {
        best = scores[i] > scores[best] ? i : best;
      }
      return best;
    }

    /** The answer that is learned. */
    Sequence bestAnswer() {
      return answers.get(best());
    }
  }

  /**
   * All pairs of answers to one prompt of which one is better, by their numbers among all answers;
   * every tensor is [pairs].
   *
   * @param share one over the number of such pairs that the prompt has
   */
  public record Order(Tensor better, Tensor worse, Tensor share) {}

  /** Scores answers in one pass. */
  public static RankedScores of(LanguageModel policy, List<Row> rows) {
    List<Sequence> answers = rows.stream().flatMap(row -> row.answers().stream()).toList();
    double[] lengths =
        answers.stream()
            .mapToDouble(answer -> Math.max(1, answer.length() - answer.promptLength()))
            .toArray();
    return new RankedScores(policy.tokenLogProbs(Batch.of(answers)).sum(1), lengths, rows);
  }

  /** log pi(y|x) over a power of the answer's length, [answers]. */
  public Tensor perLength(double exponent) {
    float[] powers = new float[lengths.length];
    for (int i = 0; i < powers.length; i++) {
      powers[i] = (float) StrictMath.pow(lengths[i], exponent);
    }
    return logProb.div(Tensor.of(powers));
  }

  /** Which answers are better than which. */
  public Order order() {
    List<Long> better = new ArrayList<>();
    List<Long> worse = new ArrayList<>();
    List<Double> share = new ArrayList<>();
    long at = 0;
    for (Row row : rows) {
      double[] scores = row.scores();
      int before = better.size();
      for (int i = 0; i < scores.length; i++) {
        for (int j = 0; j < scores.length; j++) {
          if (scores[i] > scores[j]) {
            better.add(at + i);
            worse.add(at + j);
          }
        }
      }
      int pairs = better.size() - before;
      share.addAll(Collections.nCopies(pairs, 1.0 / pairs));
      at += scores.length;
    }
    float[] shares = new float[share.size()];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = share.get(i).floatValue();
    }
    return new Order(numbers(better), numbers(worse), Tensor.of(shares));
  }

  /** The best answer to each prompt, by its number among all answers, [prompts]. */
  public Tensor best() {
    List<Long> best = new ArrayList<>();
    long at = 0;
    for (Row row : rows) {
      best.add(at + row.best());
      at += row.scores().length;
    }
    return numbers(best);
  }

  private static Tensor numbers(List<Long> numbers) {
    long[] plain = numbers.stream().mapToLong(Long::longValue).toArray();
    return Tensor.of(plain, plain.length);
  }
}
