// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.preference;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.rlhf.training.TokenPair;

/**
 * What a policy says of compared answers: what losses of pairs are made of.
 *
 * @param chosen the better answers
 * @param rejected the others
 * @param preferences for each pair, the probability that the better answer is better: a share of
 *     votes, or a judge's own
 * @param lengthShare how many tokens a better answer has on average here, over the same of the step
 *     that these pairs are a part of
 */
public record PairScores(
    Answers chosen, Answers rejected, double[] preferences, double lengthShare) {

  /** Pairs that are no part of more. */
  public PairScores(Answers chosen, Answers rejected, double[] preferences) {
    this(chosen, rejected, preferences, 1);
  }

  /**
   * One side of the pairs; every tensor is [pairs].
   *
   * @param logProb log pi(y|x), summed over the answer's tokens
   * @param logRatio log pi(y|x) - log ref(y|x); log pi(y|x) where there is no reference
   * @param tokens of the answer, its end-of-text token included
   */
  public record Answers(Tensor logProb, Tensor logRatio, Tensor tokens) {

    /** The log-ratio, or its mean over the answer's tokens. */
    public Tensor logRatio(boolean perToken) {
      return perToken ? logRatio.div(tokens) : logRatio;
    }

    /** log pi(y|x) averaged over the answer's tokens. */
    public Tensor meanLogProb() {
      return logProb.div(tokens);
    }
  }

  /** A pair as rows of tokens, with the reference's log-probability of each answer. */
  public record Row(
      TokenPair tokens, double chosenReference, double rejectedReference, double preference) {}

  /**
   * Pairs with what they are measured from.
   *
   * @param references the reference's log-probabilities of the chosen answers, then of the rejected
   * @param preferences for each pair, the probability that the better answer is better
   */
  public static List<Row> rows(List<TokenPair> pairs, double[] references, double[] preferences) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      double rejected = references[pairs.size() + i];
      rows.add(new Row(pairs.get(i), references[i], rejected, preferences[i]));
    }
    return rows;
  }

  /** Scores pairs that are no part of more, in one pass. */
  public static PairScores of(LanguageModel policy, List<Row> pairs) {
    return of(policy, pairs, pairs);
  }

  /**
   * Scores some of a step's pairs in one pass.
   *
   * @param step all pairs of the step
   */
  static PairScores of(LanguageModel policy, List<Row> pairs, List<Row> step) {
    List<Sequence> rows = TokenPair.rows(pairs.stream().map(Row::tokens).toList());
    Tensor logProbs = policy.tokenLogProbs(Batch.of(rows)).sum(1); // [2 pairs]
    int n = pairs.size();
    float[] references = new float[2 * n];
    float[] lengths = new float[2 * n];
    double[] preferences = new double[n];
    for (int i = 0; i < n; i++) {
      Row pair = pairs.get(i);
      references[i] = (float) pair.chosenReference();
      references[n + i] = (float) pair.rejectedReference();
      preferences[i] = pair.preference();
    }
    for (int i = 0; i < 2 * n; i++) {
      lengths[i] = Math.max(1, rows.get(i).length() - rows.get(i).promptLength());
    }
    Tensor ratios = logProbs.sub(Tensor.of(references));
    Tensor tokens = Tensor.of(lengths);
    return new PairScores(
        side(logProbs, ratios, tokens, 0, n),
        side(logProbs, ratios, tokens, n, n),
        preferences,
        pairs.size() == step.size() ? 1 : meanLength(pairs) / meanLength(step));
  }

  private static double meanLength(List<Row> pairs) {
    double tokens = 0;
    for (Row pair : pairs) {
      Sequence chosen = pair.tokens().chosen();
      tokens += Math.max(1, chosen.length() - chosen.promptLength());
    }
    return tokens / pairs.size();
  }

  private static Answers side(Tensor logProbs, Tensor ratios, Tensor tokens, int from, int n) {
    return new Answers(
        logProbs.narrow(0, from, n), ratios.narrow(0, from, n), tokens.narrow(0, from, n));
  }

  /**
   * -log pi of all better answers of the step together, averaged over all their tokens, as far as
   * these pairs contribute: means of parts, weighted by their pairs, are the mean of the whole.
   */
  public Tensor likelihoodLoss() {
    Tensor mean = chosen.logProb().sum().div(chosen.tokens().sum());
    return mean.neg().mul((float) lengthShare);
  }

  /** What a loss aims at for each pair, from its preference, [pairs]. */
  public Tensor targets(DoubleUnaryOperator from) {
    float[] targets = new float[preferences.length];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = (float) from.applyAsDouble(preferences[i]);
    }
    return Tensor.of(targets);
  }
}
