// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.TokenScores;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.ToyLanguage;
import org.plumbline.engine.rlhf.numerics.BestOf;
import org.plumbline.engine.rlhf.numerics.KlEstimate;

class PolicyDivergenceTest {

  @Test
  void bothEstimatesHaveTheDivergenceAsTheirMean() {
    try (LanguageModel policy = ToyLanguage.model(1);
        LanguageModel reference = ToyLanguage.model(2)) {
      double[] probabilities = ToyLanguage.probabilities(policy);
      double exact = KlEstimate.exact(probabilities, ToyLanguage.probabilities(reference));

      List<PolicyDivergence> drifts = PolicyDivergence.of(policy, reference, rows());

      double logRatio = 0;
      double kl = 0;
      for (int i = 0; i < probabilities.length; i++) {
        logRatio += probabilities[i] * drifts.get(i).logRatio();
        kl += probabilities[i] * drifts.get(i).kl();
      }
      assertThat(exact).isGreaterThan(1e-4);
      assertThat(logRatio).isCloseTo(exact, within(1e-5));
      assertThat(kl).isCloseTo(exact, within(1e-5));
    }
  }

  /** By enumeration: all answers of the toy language, of the sampled model itself. */
  @Test
  void theBestOfColdSamplesMovesNoFurtherThanIsSaid() {
    try (LanguageModel policy = ToyLanguage.model(1)) {
      double[] plain = ToyLanguage.probabilities(policy);
      List<PolicyDivergence> drifts = PolicyDivergence.of(policy, policy, rows(), .2);
      double[] cold = new double[plain.length];
      double sum = 0;
      double[] rewards = new double[plain.length];
      for (int i = 0; i < plain.length; i++) {
        cold[i] = plain[i] * StrictMath.exp(drifts.get(i).logRatio());
        sum += cold[i];
        rewards[i] = cold[i];
      }
      double[] best = BestOf.distribution(cold, rewards, 16);

      double said = BestOf.klBound(16);
      for (int i = 0; i < best.length; i++) {
        said += best[i] * drifts.get(i).logRatio();
      }
      double exact = KlEstimate.exact(best, plain);
      assertThat(sum).isCloseTo(1, within(1e-4));
      assertThat(exact).isBetween(0.0, said);
      assertThat(said)
          .as("what the temperature moves is part of it")
          .isGreaterThan(BestOf.klBound(16));
    }
  }

  @Test
  void aPolicyHasNotMovedFromItself() {
    try (LanguageModel policy = ToyLanguage.model(1)) {
      assertThat(PolicyDivergence.of(policy, policy, rows()))
          .allSatisfy(
              drift -> {
                assertThat(drift.logRatio()).isZero();
                assertThat(drift.kl()).isZero();
              });
    }
  }

  @Test
  void entropyIsTheMeanOverTheAnswersTokens() {
    try (LanguageModel policy = ToyLanguage.model(1);
        TensorScope scope = TensorScope.open()) {
      Sequence row = rows().get(5);
      float[] entropies = policy.tokenScores(Batch.of(List.of(row))).entropy().toFloatArray();

      double entropy = PolicyDivergence.of(policy, policy, List.of(row)).get(0).entropy();

      assertThat(entropy).isCloseTo((entropies[0] + entropies[1]) / 2, within(1e-5));
    }
  }

  @Test
  void scoresAtATemperatureAreThoseOfTheScaledLogits() {
    try (LanguageModel policy = ToyLanguage.model(1);
        TensorScope scope = TensorScope.open()) {
      Batch batch = Batch.of(rows());

      TokenScores sharp = policy.tokenScores(batch, .5);
      TokenScores plain = policy.tokenScores(batch, 1);

      // all first tokens: sharpened probabilities are the squares, normalised
      double[] p = new double[4];
      for (int token = 0; token < 4; token++) {
        p[token] = StrictMath.exp(firstToken(plain, token));
      }
      double norm = p[0] * p[0] + p[1] * p[1] + p[2] * p[2] + p[3] * p[3];
      for (int token = 0; token < 4; token++) {
        assertThat(StrictMath.exp(firstToken(sharp, token)))
            .isCloseTo(p[token] * p[token] / norm, within(1e-5));
      }
    }
  }

  /** The log-probability of a first token, from the first answer that begins with it. */
  private static double firstToken(TokenScores scores, int token) {
    List<int[]> answers = ToyLanguage.answers();
    for (int row = 0; row < answers.size(); row++) {
      if (answers.get(row)[0] == token) {
        return scores.logProbs().toFloatArray()[row * 2];
      }
    }
    throw new AssertionError(token);
  }

  private static List<Sequence> rows() {
    List<Sequence> rows = new ArrayList<>();
    ToyLanguage.answers().forEach(answer -> rows.add(Sequence.of(ToyLanguage.prompt(), answer)));
    return rows;
  }
}
