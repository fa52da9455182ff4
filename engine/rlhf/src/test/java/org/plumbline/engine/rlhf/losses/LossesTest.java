package org.plumbline.engine.rlhf.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.plumbline.engine.rlhf.Vectors.number;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plumbline.engine.rlhf.Vectors;

/** Against numbers worked out elsewhere, differences, and what must hold for every loss. */
class LossesTest {
  private static final Offset<Double> EXACTLY = within(1e-11);
  private static final double BETA = 0.1;
  // Log-probabilities -12 and -15 under the policy, -13 and -14 under the reference.
  private static final double U = 1;
  private static final double W = -1;

  /** A loss of two numbers. */
  private interface Loss {
    PairLoss of(double chosen, double rejected);
  }

  private static final Map<String, Loss> ALL =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("sigmoid", (u, w) -> DpoLosses.logistic(u, w, BETA)),
              Map.entry("conservative", (u, w) -> DpoLosses.conservative(u, w, BETA, 0.1)),
              Map.entry("robust", (u, w) -> DpoLosses.robust(u, w, BETA, 0.1)),
              Map.entry("hinge", (u, w) -> DpoLosses.hinge(u, w, BETA)),
              Map.entry("ipo", (u, w) -> DpoLosses.ipo(u, w, BETA)),
              Map.entry("sppo_hard", (u, w) -> DpoLosses.sppoHard(u, w, BETA)),
              Map.entry("apo_zero", (u, w) -> DpoLosses.apoZero(u, w, BETA)),
              Map.entry("apo_down", (u, w) -> DpoLosses.apoDown(u, w, BETA)),
              Map.entry("nca_pair", (u, w) -> DpoLosses.ncaPair(u, w, BETA)),
              Map.entry("bco_pair", (u, w) -> DpoLosses.bcoPair(u, w, BETA, 0.05)),
              Map.entry("exo_pair", (u, w) -> DpoLosses.exoPair(u, w, BETA, 1e-3)),
              Map.entry("discopop", (u, w) -> DpoLosses.discopop(u, w, BETA)),
              Map.entry("forward_kl", (u, w) -> DpoLosses.forwardKl(u, w, BETA)),
              Map.entry("jensen_shannon", (u, w) -> DpoLosses.jensenShannon(u, w, BETA)),
              Map.entry("simpo", (u, w) -> ReferenceFreeLosses.simpo(u, w, 2, 0.5)),
              Map.entry("odds", (a, b) -> ReferenceFreeLosses.oddsRatio(a - 4, b - 4))));

  @Test
  void valuesAreThoseOfTheWorkedExamples() {
    assertThat(of("sigmoid")).isCloseTo(number("4.dpo", "loss"), EXACTLY);
    assertThat(of("conservative")).isCloseTo(number("4.dpo", "cdpo.1"), EXACTLY);
    assertThat(of("robust")).isCloseTo(number("4.dpo", "robust.1"), EXACTLY);
    assertThat(of("hinge")).isCloseTo(number("4.dpo", "hinge"), EXACTLY);
    assertThat(of("sppo_hard")).isCloseTo(number("4.dpo", "sppo_hard"), EXACTLY);
    assertThat(of("ipo")).isCloseTo(number("4.dpo", "ipo_sum"), EXACTLY);
    assertThat(DpoLosses.ipo(U / 6, W / 10, BETA).value())
        .isCloseTo(number("4.dpo", "ipo_avg"), EXACTLY);
    assertThat(of("forward_kl")).isCloseTo(number("4.dpo", "fdpo_fwdKL_loss"), EXACTLY);
    assertThat(of("jensen_shannon")).isCloseTo(number("4.dpo", "fdpo_js_loss"), EXACTLY);
    double[] bco = Vectors.list("4.kto", "bco(delta=.05)");
    assertThat(of("bco_pair")).isCloseTo(bco[0] + bco[1], EXACTLY);
    assertThat(ReferenceFreeLosses.cpo(-12, -15, BETA, 0).value())
        .isCloseTo(number("4.cpo", "loss(b.1)"), EXACTLY);
    assertThat(ReferenceFreeLosses.simpo(-1, -1.6, 2.5, 1.375).value())
        .isCloseTo(number("4.simpo", "b2.5,g1.375"), EXACTLY);
    assertThat(ReferenceFreeLosses.oddsRatio(-1, -1.6).value())
        .isCloseTo(number("4.orpo2", "L_or"), EXACTLY);
    assertThat(KtoLoss.good(U, 0.4, BETA, 1).value()).isCloseTo(number("4.kto", "chosen"), EXACTLY);
    assertThat(KtoLoss.bad(W, 0.4, BETA, 1).value())
        .isCloseTo(number("4.kto", "rejected"), EXACTLY);
  }

  private static double of(String name) {
    return loss(name).of(U, W).value();
  }

  private static Loss loss(String name) {
    return ALL.getOrDefault(
        name,
        (u, w) -> {
          throw new AssertionError(name);
        });
  }

  @Test
  void slopesAreThoseOfTheWorkedExamples() {
    assertThat(loss("sigmoid").of(U, W).chosen()).isCloseTo(number("9.grads", "dpo"), EXACTLY);
    assertThat(loss("conservative").of(U, W).chosen())
        .isCloseTo(number("9.grads", "cdpo.1"), EXACTLY);
    assertThat(loss("robust").of(U, W).chosen()).isCloseTo(number("9.grads", "robust.1"), EXACTLY);
    assertThat(loss("ipo").of(U, W).chosen()).isCloseTo(number("9.grads", "ipo_sum"), EXACTLY);
    assertThat(loss("hinge").of(U, W).chosen()).isCloseTo(number("9.grads", "hinge"), EXACTLY);
    assertThat(KtoLoss.good(U, 0.4, BETA, 1).slope())
        .isCloseTo(number("9.grads", "kto_des"), EXACTLY);
    assertThat(KtoLoss.bad(W, 0.4, BETA, 1).slope())
        .isCloseTo(number("9.grads", "kto_und"), EXACTLY);
    assertThat(ReferenceFreeLosses.oddsRatio(-1, -1.6).chosen())
        .isCloseTo(number("9.grads", "orpo_LOR (per mean-logp)"), EXACTLY);
    assertThat(ReferenceFreeLosses.cpo(-12, -15, BETA, 0).chosen())
        .isCloseTo(number("9.grads", "cpo"), EXACTLY);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-3, -0.4, 0.3, 2.5})
  void slopesAreThoseOfDifferences(double by) {
    ALL.forEach(
        (name, loss) -> {
          PairLoss at = loss.of(by, 0.7);
          assertThat(at.chosen())
              .as(name)
              .isCloseTo(slope(u -> loss.of(u, 0.7).value(), by), within(1e-6));
          assertThat(at.rejected())
              .as(name)
              .isCloseTo(slope(w -> loss.of(by, w).value(), 0.7), within(1e-6));
        });
    assertThat(KtoLoss.good(by, 0.2, 0.5, 1.3).slope())
        .isCloseTo(slope(d -> KtoLoss.good(d, 0.2, 0.5, 1.3).value(), by), within(1e-8));
    assertThat(KtoLoss.bad(by, 0.2, 0.5, 1.3).slope())
        .isCloseTo(slope(d -> KtoLoss.bad(d, 0.2, 0.5, 1.3).value(), by), within(1e-8));
  }

  private static double slope(DoubleUnaryOperator f, double at) {
    double h = 1e-5;
    return (f.applyAsDouble(at + h) - f.applyAsDouble(at - h)) / (2 * h);
  }

  @Test
  void largeLogRatiosOverflowNowhere() {
    ALL.forEach(
        (name, loss) -> {
          boolean grows = name.equals("forward_kl") || name.equals("odds");
          for (double far : grows ? new double[0] : new double[] {-1e4, 1e4}) {
            PairLoss at = loss.of(far, -far);
            assertThat(new double[] {at.chosen(), at.rejected()})
                .as(name)
                .doesNotContain(Double.NaN);
          }
        });
  }

  @Test
  void transportPairsTheSmallestWithTheSmallest() {
    PairLoss[] losses =
        DpoLosses.aotUnpaired(new double[] {3, 1}, new double[] {-2, 5}, BETA); // 1 -2, 3 5

    assertThat(losses[1].chosen()).isEqualTo(DpoLosses.logistic(1, -2, BETA).chosen());
    assertThat(losses[0].rejected()).isEqualTo(DpoLosses.logistic(1, -2, BETA).rejected());
    assertThat(losses[0].value()).isEqualTo(DpoLosses.logistic(3, 5, BETA).value());
  }

  @Test
  void thePointOfReferenceIsNeverNegative() {
    assertThat(KtoLoss.reference(new double[] {0.6, 0.2})).isEqualTo(0.4);
    assertThat(KtoLoss.reference(new double[] {-0.6, 0})).isZero();
  }
}
