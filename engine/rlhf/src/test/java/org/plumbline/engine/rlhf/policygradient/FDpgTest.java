// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.plumbline.dsl.model.policy.ConditionedPolicySpec.Divergence;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.rlhf.numerics.FDivergences;

/** Pseudo-rewards and divergences of f-DPG, on the space of algorithms 4.1. */
class FDpgTest {
  private static final double[] BASE = {.42, .18, .08, .32};
  private static final double[] POLICY = {.5, .2, .2, .1};
  private static final double[] TARGET = target();
  private static final double TOLERANCE = 1e-9;

  private static double[] target() {
    double[] rewards = {1, 0, 2, -1};
    double[] target = new double[4];
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      target[i] = BASE[i] * StrictMath.exp(rewards[i] / .5);
      sum += target[i];
    }
    for (int i = 0; i < 4; i++) {
      target[i] /= sum;
    }
    return target;
  }

  private static double[] logT(double[] policy) {
    double[] logT = new double[4];
    for (int i = 0; i < 4; i++) {
      logT[i] = StrictMath.log(policy[i] / TARGET[i]);
    }
    return logT;
  }

  private static double divergence(Divergence divergence, double[] policy) {
    double[] logT = logT(policy);
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      sum += policy[i] * FDivergences.term(divergence, logT[i]);
    }
    return sum;
  }

  @Test
  void pseudoRewardsAreThoseOfTheVectors() {
    Map<Divergence, String> names = new EnumMap<>(Divergence.class);
    names.put(Divergence.FORWARD_KL, "KL(p||pi) [DPG] reward=p/pi");
    names.put(Divergence.REVERSE_KL, "KL(pi||p) reward=-(log t+1)");
    names.put(Divergence.JS, "JS reward");
    names.put(Divergence.TV, "TV reward");
    names.put(Divergence.CHI_SQUARED, "chi2(p||pi) reward");
    double[] logT = logT(POLICY);
    assertThat(logT).containsExactly(Vectors.list("4.fdpg", "log_t"), within(TOLERANCE));
    names.forEach(
        (divergence, name) -> {
          double[] expected = Vectors.list("4.fdpg", name);
          for (int i = 0; i < 4; i++) {
            assertThat(FDivergences.pseudoReward(divergence, logT[i]))
                .as(name)
                .isCloseTo(expected[i], within(TOLERANCE));
          }
        });
  }

  @Test
  void divergencesAreThoseOfTheVectors() {
    assertThat(divergence(Divergence.REVERSE_KL, BASE))
        .isCloseTo(Vectors.number("4.div", "KL(p0||pi*)"), within(TOLERANCE));
    assertThat(divergence(Divergence.FORWARD_KL, BASE))
        .isCloseTo(Vectors.number("4.div", "KL(pi*||p0)"), within(TOLERANCE));
    assertThat(divergence(Divergence.TV, BASE))
        .isCloseTo(Vectors.number("4.div", "TV"), within(TOLERANCE));
    assertThat(divergence(Divergence.JS, BASE))
        .isCloseTo(Vectors.number("4.div", "JS(f=u log u-(u+1)log((u+1)/2))"), within(TOLERANCE));
  }

  /** Of all but the total variation, which the vectors leave out: it has a corner at 1. */
  @Test
  void gradientsAreThoseOfTheVectors() {
    Map<Divergence, String> names = new EnumMap<>(Divergence.class);
    names.put(Divergence.FORWARD_KL, "KL(p|pi)");
    names.put(Divergence.REVERSE_KL, "KL(pi|p)");
    names.put(Divergence.JS, "JS");
    names.put(Divergence.CHI_SQUARED, "chi2(p|pi)");
    names.forEach(
        (divergence, name) -> {
          double[] expected = new double[4];
          for (int i = 0; i < 4; i++) {
            expected[i] = Vectors.of("9.fdpg_grads").get(name).get("grad_logits").get(i).asDouble();
          }
          assertThat(divergence(divergence, POLICY))
              .isCloseTo(
                  Vectors.of("9.fdpg_grads").get(name).get("D").asDouble(), within(TOLERANCE));
          assertThat(gradient(divergence)).containsExactly(expected, within(TOLERANCE));
        });
  }

  /** With respect to logits of the four answers. */
  private static double[] gradient(Divergence divergence) {
    double[] logT = logT(POLICY);
    double mean = 0;
    for (int i = 0; i < 4; i++) {
      mean += POLICY[i] * -FDivergences.pseudoReward(divergence, logT[i]);
    }
    double[] gradient = new double[4];
    for (int i = 0; i < 4; i++) {
      gradient[i] = POLICY[i] * (-FDivergences.pseudoReward(divergence, logT[i]) - mean);
    }
    return gradient;
  }

  @ParameterizedTest
  @EnumSource(Divergence.class)
  void aPolicyAtItsTargetLearnsNothingMore(Divergence divergence) {
    Advantages.Estimates at =
        new TowardsTarget(3, .5, divergence).of(answers(.7, .7, .7, -2, -2, -2));

    at.advantages().forEach(each -> assertThat(each).containsOnly(new double[] {0}, within(1e-12)));
    assertThat(at.logged().get("divergence")).isCloseTo(0, within(1e-12));
    assertThat(at.logged().get("log_z")).isCloseTo((.7 - 2) / 2 / .5, within(1e-12));
  }

  @Test
  void anAdvantageIsOverThePromptsOtherAnswers() {
    double[] ratios = {0, StrictMath.log(3)}; // log(Z p / pi), so p / pi is 1/2 and 3/2
    Advantages.Estimates estimates =
        new TowardsTarget(2, .5, Divergence.FORWARD_KL).of(answers(.5 * ratios[0], .5 * ratios[1]));

    assertThat(estimates.advantages().get(0)).containsExactly(new double[] {-1, -1}, within(1e-12));
    assertThat(estimates.advantages().get(1)).containsExactly(new double[] {1, 1}, within(1e-12));
  }

  private static List<Advantages.Rewards> answers(double... wholes) {
    List<Advantages.Rewards> answers = new ArrayList<>();
    for (double whole : wholes) {
      answers.add(new Advantages.Rewards(new double[] {.25, whole - .25}, new double[2]));
    }
    return answers;
  }
}
