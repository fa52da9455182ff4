// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.plumbline.engine.rlhf.Vectors.number;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plumbline.engine.lm.Slopes;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.Vectors;

/** Against numbers worked out elsewhere, differences, and what must hold for every loss. */
class LossesTest {
  private static final Offset<Double> CLOSE = within(2e-6);
  private static final double BETA = 0.1;
  // Log-probabilities -12 and -15 under the policy, -13 and -14 under the reference.
  private static final float U = 1;
  private static final float W = -1;

  /** A loss of pairs. */
  private interface Loss {
    Tensor of(Tensor chosen, Tensor rejected);
  }

  private static final Map<String, Loss> ALL =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("sigmoid", (u, w) -> PairLosses.logistic(q(u, w))),
              Map.entry("conservative", (u, w) -> PairLosses.logistic(q(u, w), target(u, 0.9f))),
              Map.entry("robust", (u, w) -> PairLosses.robust(q(u, w), 0.1)),
              Map.entry("hinge", (u, w) -> PairLosses.hinge(q(u, w), 1)),
              Map.entry("ipo", (u, w) -> PairLosses.ipo(u, w, BETA)),
              Map.entry("sppo_hard", (u, w) -> PairLosses.sppoHard(u, w, BETA)),
              Map.entry("apo_zero", (u, w) -> PairLosses.apoZero(u, w, BETA)),
              Map.entry("apo_down", (u, w) -> PairLosses.apoDown(u, w, BETA)),
              Map.entry("nca_pair", (u, w) -> PairLosses.ncaPair(u, w, BETA)),
              Map.entry("bco_pair", (u, w) -> PairLosses.bcoPair(u, w, BETA, 0.05)),
              Map.entry("exo_pair", (u, w) -> PairLosses.exoPair(q(u, w), 1e-3)),
              Map.entry("discopop", (u, w) -> PairLosses.discopop(q(u, w))),
              Map.entry(
                  "forward_kl",
                  (u, w) -> PairLosses.logistic(PairLosses.forwardKl(u, w).mul((float) BETA))),
              Map.entry(
                  "jensen_shannon",
                  (u, w) -> PairLosses.logistic(PairLosses.jensenShannon(u, w).mul((float) BETA))),
              Map.entry("odds", (a, b) -> odds(a.sub(4f), b.sub(4f)))));

  private static Tensor q(Tensor u, Tensor w) {
    return u.sub(w).mul((float) BETA);
  }

  private static Tensor odds(Tensor a, Tensor b) {
    return PairLosses.logistic(PairLosses.logOdds(a).sub(PairLosses.logOdds(b)));
  }

  private static Tensor target(Tensor like, float target) {
    return like.mul(0f).add(target).stopGradient();
  }

  private static double value(Loss loss, float chosen, float rejected) {
    try (TensorScope scope = TensorScope.open()) {
      return loss.of(Tensor.of(new float[] {chosen}), Tensor.of(new float[] {rejected}))
          .sum()
          .item();
    }
  }

  /** The derivatives with respect to the chosen and the rejected answer's number. */
  private static double[] slopes(Loss loss, float chosen, float rejected) {
    float[][] slopes =
        Slopes.of(
            leaves -> loss.of(leaves.get(0), leaves.get(1)).sum(),
            new float[] {chosen},
            new float[] {rejected});
    return new double[] {slopes[0][0], slopes[1][0]};
  }

  private static Loss loss(String name) {
    return ALL.getOrDefault(
        name,
        (u, w) -> {
          throw new AssertionError(name);
        });
  }

  private static double of(String name) {
    return value(loss(name), U, W);
  }

  private static Loss kto(UnaryOperator<Tensor> loss) {
    return (d, unused) -> loss.apply(d);
  }

  @Test
  void valuesAreThoseOfTheWorkedExamples() {
    assertThat(of("sigmoid")).isCloseTo(number("4.dpo", "loss"), CLOSE);
    assertThat(of("conservative")).isCloseTo(number("4.dpo", "cdpo.1"), CLOSE);
    assertThat(of("robust")).isCloseTo(number("4.dpo", "robust.1"), CLOSE);
    assertThat(of("hinge")).isCloseTo(number("4.dpo", "hinge"), CLOSE);
    assertThat(of("sppo_hard")).isCloseTo(number("4.dpo", "sppo_hard"), within(1e-5));
    assertThat(of("ipo")).isCloseTo(number("4.dpo", "ipo_sum"), within(1e-5));
    assertThat(value((u, w) -> PairLosses.ipo(u.div(6f), w.div(10f), BETA), U, W))
        .isCloseTo(number("4.dpo", "ipo_avg"), within(1e-5));
    assertThat(of("forward_kl")).isCloseTo(number("4.dpo", "fdpo_fwdKL_loss"), CLOSE);
    assertThat(of("jensen_shannon")).isCloseTo(number("4.dpo", "fdpo_js_loss"), CLOSE);
    double[] bco = Vectors.list("4.kto", "bco(delta=.05)");
    assertThat(of("bco_pair")).isCloseTo(bco[0] + bco[1], CLOSE);
    assertThat(value(loss("sigmoid"), -12, -15)).isCloseTo(number("4.cpo", "loss(b.1)"), CLOSE);
    assertThat(value((a, b) -> PairLosses.logistic(a.sub(b).mul(2.5f).sub(1.375f)), -1, -1.6f))
        .isCloseTo(number("4.simpo", "b2.5,g1.375"), CLOSE);
    assertThat(value(LossesTest::odds, -1, -1.6f)).isCloseTo(number("4.orpo2", "L_or"), CLOSE);
    assertThat(value(kto(d -> KtoLoss.good(d, 0.4, BETA, 1)), U, W))
        .isCloseTo(number("4.kto", "chosen"), CLOSE);
    assertThat(value(kto(d -> KtoLoss.bad(d, 0.4, BETA, 1)), W, U))
        .isCloseTo(number("4.kto", "rejected"), CLOSE);
  }

  @Test
  void slopesAreThoseOfTheWorkedExamples() {
    assertThat(slopes(loss("sigmoid"), U, W)[0]).isCloseTo(number("9.grads", "dpo"), CLOSE);
    assertThat(slopes(loss("conservative"), U, W)[0]).isCloseTo(number("9.grads", "cdpo.1"), CLOSE);
    assertThat(slopes(loss("robust"), U, W)[0]).isCloseTo(number("9.grads", "robust.1"), CLOSE);
    assertThat(slopes(loss("ipo"), U, W)[0]).isCloseTo(number("9.grads", "ipo_sum"), CLOSE);
    assertThat(slopes(loss("hinge"), U, W)[0]).isCloseTo(number("9.grads", "hinge"), CLOSE);
    assertThat(slopes(LossesTest::odds, -1, -1.6f)[0])
        .isCloseTo(number("9.grads", "orpo_LOR (per mean-logp)"), CLOSE);
    assertThat(slopes(loss("sigmoid"), -12, -15)[0]).isCloseTo(number("9.grads", "cpo"), CLOSE);
    assertThat(slopes((d, unused) -> KtoLoss.good(d, 0.4, BETA, 1).add(unused.mul(0f)), U, W)[0])
        .isCloseTo(number("9.grads", "kto_des"), CLOSE);
    assertThat(slopes((d, unused) -> KtoLoss.bad(d, 0.4, BETA, 1).add(unused.mul(0f)), W, U)[0])
        .isCloseTo(number("9.grads", "kto_und"), CLOSE);
  }

  @ParameterizedTest
  @ValueSource(floats = {-3, -0.4f, 0.3f, 2.5f})
  void slopesAreThoseOfDifferences(float by) {
    float h = 1e-2f;
    ALL.forEach(
        (name, loss) -> {
          double[] at = slopes(loss, by, 0.7f);
          double chosen = (value(loss, by + h, .7f) - value(loss, by - h, .7f)) / (2 * h);
          double rejected = (value(loss, by, .7f + h) - value(loss, by, .7f - h)) / (2 * h);
          assertThat(at[0]).as(name).isCloseTo(chosen, within(2e-3 + 2e-3 * Math.abs(chosen)));
          assertThat(at[1]).as(name).isCloseTo(rejected, within(2e-3 + 2e-3 * Math.abs(rejected)));
        });
  }

  @Test
  void largeLogRatiosOverflowNowhere() {
    ALL.forEach(
        (name, loss) -> {
          boolean grows = name.equals("odds");
          // with the forward divergence a chosen answer that vanishes costs more than any number
          boolean costs = name.equals("forward_kl");
          float[] all = costs ? new float[] {1e4f} : new float[] {-1e4f, 1e4f};
          for (float far : grows ? new float[0] : all) {
            assertThat(slopes(loss, far, -far)).as(name).doesNotContain(Double.NaN);
          }
        });
  }

  /** Nearer to certainty than 1e-7 float numbers do not tell it from certainty. */
  @ParameterizedTest
  @ValueSource(strings = {"-0.1", "-0.693", "-1.0", "-40.0"})
  void whatIsLeftOfAProbabilityMatchesTheVectors(String logProb) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor left = PairLosses.logOfRest(Tensor.scalar(Double.parseDouble(logProb)));

      assertThat((double) left.item()).isCloseTo(number("0.log1mexp", logProb), within(1e-5));
      assertThat((double) PairLosses.logOfRest(Tensor.scalar(-1e-10)).item())
          .isCloseTo(Math.log(1e-7), within(1e-5));
    }
  }

  @Test
  void anAnswerThatIsCertainHasFiniteOdds() {
    assertThat(slopes(LossesTest::odds, 0, -1)).doesNotContain(Double.NaN);
    assertThat(value(LossesTest::odds, 0, -1)).isBetween(0.0, 1.0);
  }

  @Test
  void transportPairsTheSmallestWithTheSmallest() {
    try (TensorScope scope = TensorScope.open()) {
      float[] losses =
          PairLosses.aotUnpaired(
                  Tensor.of(new float[] {3, 1}), Tensor.of(new float[] {-2, 5}), BETA)
              .toFloatArray(); // 1 -2, 3 5

      assertThat((double) losses[0]).isCloseTo(value(loss("sigmoid"), 1, -2), CLOSE);
      assertThat((double) losses[1]).isCloseTo(value(loss("sigmoid"), 3, 5), CLOSE);
    }
  }

  @Test
  void thePointOfReferenceIsNeverNegative() {
    assertThat(KtoLoss.reference(new double[] {0.6, 0.2})).isEqualTo(0.4);
    assertThat(KtoLoss.reference(new double[] {-0.6, 0})).isZero();
  }
}
