// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.lm.Slopes;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;

/** Compares losses and gradients with those of TRL's own code. */
class TrlAgreementTest {
  private static final String FOLDER = "../lm/src/test/fixtures/transformers";

  private JsonNode all;
  private float[] chosen = {};
  private float[] rejected = {};
  private float[] u = {};
  private float[] w = {};
  private float[] chosenLengths = {};
  private float[] rejectedLengths = {};

  /** A loss of pairs, [pairs]. */
  private interface Loss {
    Tensor of(Tensor chosen, Tensor rejected);
  }

  @BeforeEach
  void read() throws IOException {
    all = new ObjectMapper().readTree(Path.of(FOLDER, "losses", "trl.json").toFile());
    JsonNode inputs = all.path("inputs");
    chosen = floats(numbers(inputs.path("chosen")));
    rejected = floats(numbers(inputs.path("rejected")));
    u = floats(minus(numbers(inputs.path("chosen")), numbers(inputs.path("ref_chosen"))));
    w = floats(minus(numbers(inputs.path("rejected")), numbers(inputs.path("ref_rejected"))));
    chosenLengths = floats(numbers(inputs.path("chosen_lengths")));
    rejectedLengths = floats(numbers(inputs.path("rejected_lengths")));
  }

  @Test
  void directPreferenceOptimisationAndItsFamilyAgree() {
    List<JsonNode> cases = cases("dpo");

    assertThat(cases).hasSize(16);
    for (JsonNode one : cases) {
      compare(one, u, w, dpo(one));
    }
  }

  private Loss dpo(JsonNode one) {
    double beta = one.path("beta").asDouble();
    double e = one.path("label_smoothing").asDouble();
    return switch (type(one) + one.path("f_divergence").asText()) {
      case "sigmoid" -> (a, b) -> PairLosses.logistic(q(a, b, beta));
      case "sigmoidforward_kl" ->
          (a, b) -> PairLosses.logistic(PairLosses.forwardKl(a, b).mul((float) beta));
      case "sigmoidjs_divergence" ->
          (a, b) -> PairLosses.logistic(PairLosses.jensenShannon(a, b).mul((float) beta));
      case "sigmoid_norm" -> averaged((a, b) -> PairLosses.logistic(q(a, b, beta)));
      case "ipo" -> averaged((a, b) -> PairLosses.ipo(a, b, beta));
      case "hinge" -> (a, b) -> PairLosses.hinge(q(a, b, beta), 1);
      case "robust" -> (a, b) -> PairLosses.robust(q(a, b, beta), e);
      case "sppo_hard" -> (a, b) -> PairLosses.sppoHard(a, b, beta);
      case "apo_zero" -> (a, b) -> PairLosses.apoZero(a, b, beta);
      case "apo_down" -> (a, b) -> PairLosses.apoDown(a, b, beta);
      case "nca_pair" -> (a, b) -> PairLosses.ncaPair(a, b, beta);
      case "bco_pair" -> (a, b) -> PairLosses.bcoPair(a, b, beta, 0);
      case "exo_pair" -> (a, b) -> PairLosses.exoPair(q(a, b, beta), e);
      case "discopop" -> (a, b) -> PairLosses.discopop(q(a, b, beta));
      case "aot_unpaired" -> (a, b) -> PairLosses.aotUnpaired(a, b, beta);
      default -> throw new AssertionError(one);
    };
  }

  private static Tensor q(Tensor u, Tensor w, double beta) {
    return u.sub(w).mul((float) beta);
  }

  /** Of means over tokens in place of sums. */
  private Loss averaged(Loss loss) {
    return (a, b) -> loss.of(a.div(Tensor.of(chosenLengths)), b.div(Tensor.of(rejectedLengths)));
  }

  @Test
  void kahnemanTverskyOptimisationAgrees() {
    for (JsonNode one : cases("kto")) {
      double[] moved = minus(numbers(one.path("kl_logps")), numbers(one.path("ref_kl_logps")));
      double reference = KtoLoss.reference(moved);
      double beta = one.path("beta").asDouble();
      double good = one.path("desirable_weight").asDouble();
      double bad = one.path("undesirable_weight").asDouble();

      assertThat(reference).isCloseTo(one.path("z0").asDouble(), within(1e-12));
      // The mean is over good and bad answers together: each counts half a pair.
      compare(
          one,
          u,
          w,
          (a, b) ->
              KtoLoss.good(a, reference, beta, good)
                  .add(KtoLoss.bad(b, reference, beta, bad))
                  .mul(0.5f));
    }
  }

  @Test
  void contrastiveAndSimplePreferenceOptimisationAgree() {
    for (JsonNode one : cases("cpo")) {
      double beta = one.path("beta").asDouble();
      float right = (float) (1 - one.path("label_smoothing").asDouble());
      float gamma = (float) one.path("gamma").asDouble();
      Loss loss =
          switch (type(one)) {
            case "simpo" -> (a, b) -> PairLosses.logistic(q(a, b, beta).sub(gamma));
            case "sigmoid" ->
                (a, b) -> PairLosses.logistic(q(a, b, beta), a.mul(0f).add(right).stopGradient());
            case "hinge" -> (a, b) -> PairLosses.hinge(q(a, b, beta), 1);
            case "ipo" -> (a, b) -> PairLosses.ipo(a, b, beta);
            default -> throw new AssertionError(one);
          };
      compare(one, chosen, rejected, one.path("averaged").asBoolean() ? averaged(loss) : loss);
    }
  }

  @Test
  void oddsRatioPreferenceOptimisationAgrees() {
    for (JsonNode one : cases("orpo")) {
      float lambda = (float) one.path("lambda").asDouble();
      compare(
          one,
          chosen,
          rejected,
          averaged(
              (a, b) ->
                  PairLosses.logistic(PairLosses.logOdds(a).sub(PairLosses.logOdds(b)))
                      .mul(lambda)));
    }
  }

  /** The mean over the pairs, and its derivatives; in 32 bits. */
  private static void compare(JsonNode expected, float[] at, float[] other, Loss loss) {
    try (TensorScope scope = TensorScope.open()) {
      double value = loss.of(Tensor.of(at), Tensor.of(other)).mean().item();
      double wanted = expected.path("loss").asDouble();
      assertThat(value)
          .as("%s", expected)
          .isCloseTo(wanted, within(2e-6 * Math.max(1, Math.abs(wanted))));
    }
    float[][] slopes = Slopes.of(leaves -> loss.of(leaves.get(0), leaves.get(1)).mean(), at, other);
    double[] ofChosen = numbers(expected.path("grad_chosen"));
    double[] ofRejected = numbers(expected.path("grad_rejected"));
    for (int i = 0; i < at.length; i++) {
      assertThat((double) slopes[0][i])
          .as("chosen %s of %s", i, expected)
          .isCloseTo(ofChosen[i], within(2e-6 * Math.max(1, Math.abs(ofChosen[i]))));
      assertThat((double) slopes[1][i])
          .as("rejected %s of %s", i, expected)
          .isCloseTo(ofRejected[i], within(2e-6 * Math.max(1, Math.abs(ofRejected[i]))));
    }
  }

  private List<JsonNode> cases(String name) {
    List<JsonNode> cases = new ArrayList<>();
    all.path(name).forEach(cases::add);
    assertThat(cases).isNotEmpty();
    return cases;
  }

  private static String type(JsonNode one) {
    return one.path("loss_type").asText();
  }

  private static double[] numbers(JsonNode list) {
    return IntStream.range(0, list.size()).mapToDouble(i -> list.get(i).asDouble()).toArray();
  }

  private static double[] minus(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] - b[i]).toArray();
  }

  private static float[] floats(double[] values) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) values[i];
    }
    return narrow;
  }
}
