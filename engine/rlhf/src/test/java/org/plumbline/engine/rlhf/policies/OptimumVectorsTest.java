// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plumbline.dsl.model.policy.PairFittingSpec;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.dsl.model.policy.PreferencePolicySpec;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.Slopes;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.ToyLanguage;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.rlhf.numerics.KlEstimate;
import org.plumbline.engine.rlhf.numerics.Logistic;
import org.plumbline.engine.rlhf.policygradient.Counted;
import org.plumbline.engine.rlhf.policygradient.Surrogate;
import org.plumbline.engine.rlhf.preference.PairScores;
import org.plumbline.engine.rlhf.training.Loss;

/**
 * The optimum of reward minus beta times divergence on four answers, aa, ab, ba and bb: what tests
 * of optima measure against, and that the losses are least, or without slope, there.
 */
class OptimumVectorsTest {
  private static final Offset<Double> CLOSE = within(1e-9);
  private static final double[] BASE = {.42, .18, .08, .32};
  private static final double[] REWARDS = {1, 0, 2, -1};

  /** Preferences of three answers that run in a circle. */
  private static final double[][] CIRCLE = {{.5, .8, .3}, {.2, .5, .9}, {.7, .1, .5}};

  @ParameterizedTest
  @ValueSource(strings = {"2.0", "1.0", "0.5", "0.1"})
  void theOptimumHasTheStatedRewardDivergenceAndObjective(String name) {
    JsonNode expected = Vectors.of("4.oracle").path(name);
    double beta = Double.parseDouble(name);

    double[] optimum = ToyLanguage.optimum(BASE, REWARDS, beta);

    for (int i = 0; i < 4; i++) {
      assertThat(optimum[i]).isCloseTo(expected.path("pi*").get(i).asDouble(), CLOSE);
    }
    double divergence = KlEstimate.exact(optimum, BASE);
    double reward = mean(optimum, REWARDS);
    assertThat(logZ(beta)).isCloseTo(expected.path("logZ").asDouble(), CLOSE);
    assertThat(reward).isCloseTo(expected.path("E[r]").asDouble(), CLOSE);
    assertThat(divergence).isCloseTo(expected.path("KL").asDouble(), CLOSE);
    assertThat(reward - beta * divergence)
        .isCloseTo(expected.path("J=E[r]-beta KL").asDouble(), CLOSE)
        .isCloseTo(expected.path("beta*logZ").asDouble(), CLOSE);
    assertThat(entropy(optimum)).isCloseTo(expected.path("H").asDouble(), CLOSE);
  }

  @Test
  void theBaseHasTheStatedRewardAndEntropy() {
    assertThat(mean(BASE, REWARDS)).isCloseTo(Vectors.number("4.base", "E[r]"), CLOSE);
    assertThat(entropy(BASE)).isCloseTo(Vectors.number("4.base", "H"), CLOSE);
  }

  private static double mean(double[] policy, double[] of) {
    double sum = 0;
    for (int i = 0; i < policy.length; i++) {
      sum += policy[i] * of[i];
    }
    return sum;
  }

  private static double entropy(double[] policy) {
    return -Arrays.stream(policy).map(p -> p * StrictMath.log(p)).sum();
  }

  private static double logZ(double beta) {
    double[] logs = new double[4];
    for (int i = 0; i < 4; i++) {
      logs[i] = StrictMath.log(BASE[i]) + REWARDS[i] / beta;
    }
    return Logistic.logSumExp(logs);
  }

  /** Token by token: soft values give the same conditionals, and divergences add up. */
  @Test
  void theOptimumOfAnswersIsThatOfTheirTokens() {
    double beta = .5;
    double[] optimum = ToyLanguage.optimum(BASE, REWARDS, beta);
    double first = optimum[0] + optimum[1];
    double afterA = optimum[0] / first;
    double afterB = optimum[2] / (1 - first);

    double valueA = soft(beta, .7, 1, 0);
    double valueB = soft(beta, .2, 2, -1);

    assertThat(valueA).isCloseTo(Vectors.number("4.oracle_value", "V*(a)"), CLOSE);
    assertThat(valueB).isCloseTo(Vectors.number("4.oracle_value", "V*(b)"), CLOSE);
    double root = soft(beta, .6, valueA, valueB);
    assertThat(root).isCloseTo(Vectors.number("4.oracle_value", "V*(root)"), CLOSE);
    assertThat(.6 * StrictMath.exp((valueA - root) / beta))
        .isCloseTo(first, CLOSE)
        .isCloseTo(Vectors.number("4.oracle_cond_.5", "p(a)"), CLOSE);
    assertThat(.7 * StrictMath.exp((1 - valueA) / beta))
        .isCloseTo(afterA, CLOSE)
        .isCloseTo(Vectors.number("4.oracle_cond_.5", "p(a|a)"), CLOSE);
    assertThat(.2 * StrictMath.exp((2 - valueB) / beta))
        .isCloseTo(afterB, CLOSE)
        .isCloseTo(Vectors.number("4.oracle_cond_.5", "p(a|b)"), CLOSE);
    double ofFirst = KlEstimate.exact(two(first), two(.6));
    double ofA = KlEstimate.exact(two(afterA), two(.7));
    double ofB = KlEstimate.exact(two(afterB), two(.2));
    assertThat(ofFirst).isCloseTo(Vectors.number("4.kl_chain", "step1"), CLOSE);
    assertThat(ofA).isCloseTo(Vectors.number("4.kl_chain", "step2|a"), CLOSE);
    assertThat(ofB).isCloseTo(Vectors.number("4.kl_chain", "step2|b"), CLOSE);
    assertThat(ofFirst + first * ofA + (1 - first) * ofB)
        .isCloseTo(Vectors.number("4.kl_chain", "sum"), CLOSE)
        .isCloseTo(KlEstimate.exact(optimum, BASE), CLOSE);
  }

  private static double soft(double beta, double share, double one, double other) {
    return beta
        * Logistic.logSumExp(
            new double[] {
              StrictMath.log(share) + one / beta, StrictMath.log(1 - share) + other / beta
            });
  }

  private static double[] two(double first) {
    return new double[] {first, 1 - first};
  }

  /** Of real transformers: J(pi) + beta KL(pi, pi*) = beta log Z, whatever pi is. */
  @Test
  void whatAPolicyLacksOfTheBestObjectiveIsItsDivergenceFromTheOptimum() {
    double beta = .5;
    double[] rewards = ToyLanguage.rewards();
    try (LanguageModel reference = ToyLanguage.model(1);
        LanguageModel policy = ToyLanguage.model(2)) {
      double[] base = normalised(ToyLanguage.probabilities(reference));
      double[] own = normalised(ToyLanguage.probabilities(policy));
      double z = 0;
      for (int i = 0; i < base.length; i++) {
        z += base[i] * StrictMath.exp(rewards[i] / beta);
      }

      double objective = mean(own, rewards) - beta * KlEstimate.exact(own, base);
      double lacking = KlEstimate.exact(own, ToyLanguage.optimum(base, rewards, beta));

      assertThat(lacking).isGreaterThan(.1);
      assertThat(objective + beta * lacking).isCloseTo(beta * StrictMath.log(z), within(1e-6));
    }
  }

  /** What is lost to 32 bits. */
  private static double[] normalised(double[] probabilities) {
    double sum = Arrays.stream(probabilities).sum();
    assertThat(sum).isCloseTo(1, within(1e-5));
    return Arrays.stream(probabilities).map(p -> p / sum).toArray();
  }

  @Test
  void theMeanGradientOfReinforceIsThatOfTheObjective() {
    double beta = .5;
    double[] policy = {.5, .2, .2, .1};
    double[] gains = new double[4];
    for (int i = 0; i < 4; i++) {
      gains[i] = REWARDS[i] - beta * StrictMath.log(policy[i] / BASE[i]);
    }
    float[] weighed = new float[4]; // the loss is a mean, and answers come as often as they do
    for (int i = 0; i < 4; i++) {
      weighed[i] = (float) (4 * policy[i] * gains[i]);
    }

    float[] slopes =
        Slopes.of(
            leaves -> {
              Tensor none = Tensor.zeros(4, 1);
              Tensor logProbs = leaves.get(0).logSoftmax(0).reshape(4, 1);
              Tensor advantages = Tensor.of(weighed, 4, 1);
              return Reinforce.loss(
                      new Surrogate.Terms(
                          logProbs,
                          none,
                          advantages,
                          none,
                          none,
                          none,
                          Counted.all(Tensor.ones(4, 1))))
                  .value();
            },
            logs(policy))[0];

    assertThat(mean(policy, gains)).isCloseTo(Vectors.number("4.exact_pg", "J"), CLOSE);
    double[] expected = Vectors.list("4.exact_pg", "grad_logits");
    for (int i = 0; i < 4; i++) {
      assertThat(-slopes[i]).isCloseTo((float) expected[i], within(1e-6f));
    }
  }

  private static float[] logs(double[] policy) {
    float[] logs = new float[policy.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = (float) StrictMath.log(policy[i]);
    }
    return logs;
  }

  @Test
  void dpoOfAllPairsIsLeastAtTheOptimum() {
    double[] optimum = ToyLanguage.optimum(BASE, REWARDS, .5);
    PolicySpec.Dpo settings =
        new PolicySpec.Dpo("base", "prefs", .5, 0, FITTING, null, null, null, null, null);
    Population all =
        new Population(BASE, ToyLanguage.preferences(REWARDS), p -> Dpo.loss(p, settings));

    assertThat(all.loss(optimum))
        .isCloseTo(Vectors.number("4.dpo_pop", "min_loss(uniform pairs)"), within(1e-6));
    assertThat(all.slopes(optimum)).containsOnly(new float[] {0}, within(1e-6f));
    assertThat(all.loss(BASE)).isCloseTo(StrictMath.log(2), within(1e-6));
    double gap = .5 * StrictMath.log(optimum[2] / BASE[2] / (optimum[3] / BASE[3]));
    assertThat(gap)
        .isCloseTo(Vectors.number("4.dpo_identity", "implicit_gap(ba,bb)"), CLOSE)
        .isCloseTo(Vectors.number("4.dpo_identity", "true_gap"), CLOSE);
  }

  @Test
  void ipoOfAllPairsHasNoSlopeAtItsOptimum() {
    double[] uniform = {1 / 3.0, 1 / 3.0, 1 / 3.0};
    double[] preferred = new double[3];
    for (int i = 0; i < 3; i++) {
      preferred[i] = mean(uniform, CIRCLE[i]);
    }
    double[] optimum = ToyLanguage.optimum(uniform, preferred, .1);
    PreferencePolicySpec.Ipo settings =
        new PreferencePolicySpec.Ipo("base", "prefs", .1, false, FITTING);
    Population all = new Population(uniform, CIRCLE, pairs -> Ipo.loss(pairs, settings));

    assertThat(preferred).containsExactly(Vectors.list("4.ipo_opt", "p(y>mu)"), CLOSE);
    assertThat(optimum).containsExactly(Vectors.list("4.ipo_opt", "pi_tau.1"), CLOSE);
    assertThat(all.slopes(optimum)).containsOnly(new float[] {0}, within(1e-4f));
    assertThat(all.slopes(uniform)[2]).isGreaterThan(1);
  }

  private static final PairFittingSpec FITTING = new PairFittingSpec(1, 1, 1);

  /**
   * A loss of all pairs of answers, each with the share of votes for its first.
   *
   * @param preferences how often each is preferred to each
   */
  private record Population(
      double[] base, double[][] preferences, Function<PairScores, Loss> method) {

    double loss(double[] policy) {
      try (TensorScope scope = TensorScope.open()) {
        return of(Tensor.of(logs(policy))).item();
      }
    }

    float[] slopes(double[] policy) {
      return Slopes.of(leaves -> of(leaves.get(0)), logs(policy))[0];
    }

    private Tensor of(Tensor logits) {
      List<Long> better = new ArrayList<>();
      List<Long> worse = new ArrayList<>();
      List<Double> votes = new ArrayList<>();
      for (int i = 0; i < base.length; i++) {
        for (int j = 0; j < i; j++) {
          better.add((long) i);
          worse.add((long) j);
          votes.add(preferences[i][j]);
        }
      }
      Tensor logProb = logits.logSoftmax(0);
      PairScores pairs =
          new PairScores(
              answers(logProb, better),
              answers(logProb, worse),
              votes.stream().mapToDouble(v -> v).toArray());
      return method.apply(pairs).value();
    }

    private PairScores.Answers answers(Tensor logProb, List<Long> which) {
      long[] numbers = which.stream().mapToLong(n -> n).toArray();
      Tensor index = Tensor.of(numbers, numbers.length);
      Tensor own = logProb.select(0, index);
      Tensor reference = Tensor.of(logs(base)).select(0, index);
      return new PairScores.Answers(own, own.sub(reference), Tensor.ones(numbers.length));
    }
  }

  /** Where all answers gain alike, the gradient of the policy is zero. */
  @ParameterizedTest
  @ValueSource(strings = {"tau.5", "tau.1"})
  void atTheRegularisedEquilibriumOfACircleAllAnswersGainAlike(String name) {
    double[] policy = Vectors.list("4.nash_reg", name);
    float[] preference = new float[3];
    for (int i = 0; i < 3; i++) {
      preference[i] = (float) mean(policy, CIRCLE[i]);
    }
    float third = (float) StrictMath.log(1 / 3.0);

    float[] slopes =
        Slopes.of(
            leaves ->
                NashMd.loss(
                        leaves.get(0),
                        Tensor.of(new float[] {third, third, third}),
                        Tensor.of(preference),
                        Double.parseDouble(name.substring(3)))
                    .value(),
            logs(policy))[0];

    assertThat(slopes).containsOnly(new float[] {slopes[0]}, within(1e-6f));
    assertThat(preference[0]).isNotCloseTo(preference[1], within(.01f));
  }
}
