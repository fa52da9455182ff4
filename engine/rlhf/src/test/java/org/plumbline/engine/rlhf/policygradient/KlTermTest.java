// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.plumbline.dsl.model.policy.Regularizers.Estimator;
import org.plumbline.dsl.model.policy.Regularizers.Placement;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.Slopes;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.ToyLanguage;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.statistics.Moments;

class KlTermTest {
  private static final double[] POLICY = {.5, .2, .2, .1};
  private static final double[] REFERENCE = {.42, .18, .08, .32};

  @ParameterizedTest
  @CsvSource({"K1,k1", "K2,k2", "K3,k3"})
  void estimatesMatchTheWorkedExample(Estimator estimator, String name) {
    double[] ratios =
        IntStream.range(0, 4).mapToDouble(i -> StrictMath.log(POLICY[i] / REFERENCE[i])).toArray();

    for (int i = 0; i < 4; i++) {
      double expected = Vectors.list("4.kl_est", name)[i];
      assertThat(KlTerm.of(estimator, ratios[i])).isCloseTo(expected, within(1e-12));
      try (TensorScope scope = TensorScope.open()) {
        assertThat((double) KlTerm.of(estimator, Tensor.scalar(ratios[i])).item())
            .isCloseTo(expected, within(1e-6));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"K1,k1", "K2,k2", "K3,k3"})
  void estimatesHaveTheStatedMeansAndVariances(Estimator estimator, String name) {
    double mean = 0;
    double square = 0;
    for (int i = 0; i < 4; i++) {
      double estimate = KlTerm.of(estimator, StrictMath.log(POLICY[i] / REFERENCE[i]));
      mean += POLICY[i] * estimate;
      square += POLICY[i] * estimate * estimate;
    }

    assertThat(mean).isCloseTo(Vectors.number("4.kl_est", "E " + name), within(1e-12));
    if (estimator != Estimator.K2) { // whose variance nobody needs: it has a bias
      assertThat(square - mean * mean)
          .isCloseTo(Vectors.number("4.kl_est", "var " + name), within(1e-12));
    }
  }

  @Test
  void theDivergenceOfAnAnswerIsTheSumOverItsTokens() {
    double[] own = {-1, -.5, -2};
    double[] reference = {-1.2, -.9, -1.5};
    double sum = 0;
    for (int t = 0; t < 3; t++) {
      sum += KlTerm.of(Estimator.K1, own[t] - reference[t]);
    }

    assertThat(sum).isCloseTo(Vectors.number("4.gae", "kl_seq_k1"), within(1e-12));
  }

  /**
   * The mean over samples of the policy of the estimate's gradient, with the samples held fixed.
   */
  @ParameterizedTest
  @CsvSource({
    "K1,autograd_k1",
    "K2,autograd_k2",
    "K2,exact",
    "K3,autograd_k3",
    "K3,grad KL(p0||q)"
  })
  void gradientsOnAverageAreThoseThatTheTableStates(Estimator estimator, String name) {
    float[] logits = new float[4];
    for (int i = 0; i < 4; i++) {
      logits[i] = (float) StrictMath.log(POLICY[i]);
    }

    float[] slopes =
        Slopes.of(
            leaves -> {
              Tensor d = leaves.get(0).logSoftmax(0).sub(log(REFERENCE));
              return KlTerm.of(estimator, d).mul(of(POLICY)).sum();
            },
            logits)[0];

    double[] expected = Vectors.list("4.kl_grad", name);
    for (int i = 0; i < 4; i++) {
      assertThat((double) slopes[i]).isCloseTo(expected[i], within(1e-6));
    }
  }

  /** The mean over samples of the estimate times the gradient of their log-probability. */
  @Test
  void inTheRewardOnlyTheFirstHasTheGradientOfTheDivergence() {
    double[] exact = Vectors.list("4.kl_grad", "exact");
    double[] forward = Vectors.list("4.kl_grad", "grad KL(p0||q)");

    assertThat(scoreGradient(Estimator.K1)).containsExactly(exact, within(1e-9));
    double[] third = scoreGradient(Estimator.K3);
    for (int i = 0; i < 4; i++) {
      assertThat(third[i]).isCloseTo(exact[i] - forward[i], within(1e-9));
      assertThat(scoreGradient(Estimator.K2)[i]).isNotCloseTo(exact[i], within(1e-3));
    }
  }

  private static double[] scoreGradient(Estimator estimator) {
    double[] estimates =
        IntStream.range(0, 4)
            .mapToDouble(i -> KlTerm.of(estimator, StrictMath.log(POLICY[i] / REFERENCE[i])))
            .toArray();
    double mean = IntStream.range(0, 4).mapToDouble(i -> POLICY[i] * estimates[i]).sum();
    return IntStream.range(0, 4).mapToDouble(i -> POLICY[i] * (estimates[i] - mean)).toArray();
  }

  @ParameterizedTest
  @EnumSource(
      value = Estimator.class,
      names = {"K1", "EXACT"})
  void severalReferencesHaveTheWeighedDivergenceAsTheirMean(Estimator estimator) {
    try (LanguageModel policy = ToyLanguage.moved();
        LanguageModel near = ToyLanguage.model(1);
        LanguageModel far = ToyLanguage.model(2)) {
      double[] p = ToyLanguage.probabilities(policy);
      double divergence = .7 * divergence(p, ToyLanguage.probabilities(near));
      divergence += .3 * divergence(p, ToyLanguage.probabilities(far));
      List<Sequence> rows =
          ToyLanguage.answers().stream()
              .map(answer -> Sequence.of(ToyLanguage.prompt(), answer))
              .toList();
      KlReference both =
          new KlReference(
              List.of(
                  new KlReference.Member(() -> near, .7), new KlReference.Member(() -> far, .3)));
      KlTerm.Models models = new KlTerm.Models(policy, both, 1);
      TokensSaid said = TokensSaid.read(models, rows);
      List<double[]> tokens = IntStream.range(0, rows.size()).mapToObj(said::logRatio).toList();

      List<double[]> prices =
          new KlTerm(Methods.kl(1, estimator, Placement.REWARD).kl())
              .ofRewards(models, rows, tokens);

      double mean = 0;
      for (int i = 0; i < p.length; i++) {
        mean += p[i] * Moments.sum(prices.get(i));
      }
      assertThat(mean).isCloseTo(divergence, within(1e-5));
    }
  }

  private static double divergence(double[] p, double[] q) {
    double divergence = 0;
    for (int i = 0; i < p.length; i++) {
      divergence += p[i] * StrictMath.log(p[i] / q[i]);
    }
    return divergence;
  }

  @ParameterizedTest
  @EnumSource(Estimator.class)
  void allButTheSecondHaveTheDivergenceAsTheirMean(Estimator estimator) {
    try (LanguageModel policy = ToyLanguage.moved();
        LanguageModel reference = ToyLanguage.model(1)) {
      double[] p = ToyLanguage.probabilities(policy);
      double[] q = ToyLanguage.probabilities(reference);
      double divergence = divergence(p, q);
      List<Sequence> rows =
          ToyLanguage.answers().stream()
              .map(answer -> Sequence.of(ToyLanguage.prompt(), answer))
              .toList();
      KlTerm.Models models = new KlTerm.Models(policy, KlReference.of(() -> reference), 1);
      TokensSaid said = TokensSaid.read(models, rows);
      List<double[]> tokens = IntStream.range(0, rows.size()).mapToObj(said::logRatio).toList();

      List<double[]> prices =
          new KlTerm(Methods.kl(1, estimator, Placement.REWARD).kl())
              .ofRewards(models, rows, tokens);

      double mean = 0;
      for (int i = 0; i < p.length; i++) {
        mean += p[i] * Moments.sum(prices.get(i));
      }
      if (estimator == Estimator.K2) {
        assertThat(Math.abs(mean - divergence)).isGreaterThan(.01);
      } else {
        assertThat(mean).isCloseTo(divergence, within(1e-4));
      }
    }
  }

  /** A model that has learned one of the answers. */
  @Test
  void theTermOfTheLossIsZeroOutsideOfAnswersAndWhereNothingHasMoved() {
    try (LanguageModel policy = ToyLanguage.model(1);
        LanguageModel other = ToyLanguage.model(2);
        TensorScope scope = TensorScope.open()) {
      Batch batch =
          Batch.of(
              List.of(
                  Sequence.of(ToyLanguage.prompt(), new int[] {1, 2}),
                  Sequence.of(ToyLanguage.prompt(), new int[] {0})));
      KlTerm term = new KlTerm(Methods.kl(1, Estimator.EXACT, Placement.LOSS).kl());
      Tensor none = batch.mask();

      Tensor same =
          term.ofLoss(new KlTerm.Models(policy, KlReference.of(() -> policy), 1), batch, none);
      Tensor apart =
          term.ofLoss(new KlTerm.Models(policy, KlReference.of(() -> other), 1), batch, none);

      assertThat(same.abs().max().item()).isLessThan(1e-6f);
      float[] each = apart.toFloatArray();
      float[] mask = batch.mask().toFloatArray();
      for (int i = 0; i < each.length; i++) {
        assertThat(each[i] > 0).isEqualTo(mask[i] > 0);
      }
    }
  }

  @Test
  void whereNoneIsNamedItIsTheFirstInTheRewardAndTheSecondInTheLoss() {
    assertThat(new KlTerm(Methods.kl(1).kl()).estimator()).isEqualTo(Estimator.K1);
    assertThat(new KlTerm(Methods.kl(1, null, Placement.LOSS).kl()).estimator())
        .isEqualTo(Estimator.K2);
  }

  private static Tensor of(double[] values) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) values[i];
    }
    return Tensor.of(narrow, narrow.length);
  }

  private static Tensor log(double[] values) {
    return of(Arrays.stream(values).map(StrictMath::log).toArray());
  }
}
