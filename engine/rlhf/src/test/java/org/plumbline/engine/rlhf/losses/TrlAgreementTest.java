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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Compares losses and gradients with those of TRL's own code. */
class TrlAgreementTest {
  private static final String FOLDER = "../lm/src/test/fixtures/transformers";

  private JsonNode all;
  private double[] chosen = {};
  private double[] rejected = {};
  private double[] u = {};
  private double[] w = {};
  private double[] chosenLengths = {};
  private double[] rejectedLengths = {};

  @BeforeEach
  void read() throws IOException {
    all = new ObjectMapper().readTree(Path.of(FOLDER, "losses", "trl.json").toFile());
    JsonNode inputs = all.path("inputs");
    chosen = numbers(inputs.path("chosen"));
    rejected = numbers(inputs.path("rejected"));
    u = minus(chosen, numbers(inputs.path("ref_chosen")));
    w = minus(rejected, numbers(inputs.path("ref_rejected")));
    chosenLengths = numbers(inputs.path("chosen_lengths"));
    rejectedLengths = numbers(inputs.path("rejected_lengths"));
  }

  @Test
  void directPreferenceOptimisationAndItsFamilyAgree() {
    List<JsonNode> cases = cases("dpo");

    assertThat(cases).hasSize(16);
    for (JsonNode one : cases) {
      // TRL adds the logarithm of a rounded label smoothing in exo_pair.
      double tolerance = type(one).equals("exo_pair") ? 1e-6 : 1e-9;
      compare(one, dpo(one), tolerance);
    }
  }

  private PairLoss[] dpo(JsonNode one) {
    double beta = one.path("beta").asDouble();
    double e = one.path("label_smoothing").asDouble();
    return switch (type(one) + one.path("f_divergence").asText()) {
      case "sigmoid" -> each((a, b) -> DpoLosses.logistic(a, b, beta));
      case "sigmoidforward_kl" -> each((a, b) -> DpoLosses.forwardKl(a, b, beta));
      case "sigmoidjs_divergence" -> each((a, b) -> DpoLosses.jensenShannon(a, b, beta));
      case "sigmoid_norm" -> eachMean((a, b) -> DpoLosses.logistic(a, b, beta), u, w);
      case "ipo" -> eachMean((a, b) -> DpoLosses.ipo(a, b, beta), u, w);
      case "hinge" -> each((a, b) -> DpoLosses.hinge(a, b, beta));
      case "robust" -> each((a, b) -> DpoLosses.robust(a, b, beta, e));
      case "sppo_hard" -> each((a, b) -> DpoLosses.sppoHard(a, b, beta));
      case "apo_zero" -> each((a, b) -> DpoLosses.apoZero(a, b, beta));
      case "apo_down" -> each((a, b) -> DpoLosses.apoDown(a, b, beta));
      case "nca_pair" -> each((a, b) -> DpoLosses.ncaPair(a, b, beta));
      case "bco_pair" -> each((a, b) -> DpoLosses.bcoPair(a, b, beta, 0));
      case "exo_pair" -> each((a, b) -> DpoLosses.exoPair(a, b, beta, e));
      case "discopop" -> each((a, b) -> DpoLosses.discopop(a, b, beta));
      case "aot_unpaired" -> DpoLosses.aotUnpaired(u, w, beta);
      default -> throw new AssertionError(one);
    };
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
      PairLoss[] losses = new PairLoss[u.length];
      for (int i = 0; i < u.length; i++) {
        KtoLoss.OfAnswer above = KtoLoss.good(u[i], reference, beta, good);
        KtoLoss.OfAnswer below = KtoLoss.bad(w[i], reference, beta, bad);
        // The mean is over good and bad answers together: each counts half a pair.
        losses[i] =
            new PairLoss((above.value() + below.value()) / 2, above.slope() / 2, below.slope() / 2);
      }
      compare(one, losses, 1e-9);
    }
  }

  @Test
  void contrastiveAndSimplePreferenceOptimisationAgree() {
    for (JsonNode one : cases("cpo")) {
      double beta = one.path("beta").asDouble();
      double e = one.path("label_smoothing").asDouble();
      double gamma = one.path("gamma").asDouble();
      Loss loss =
          switch (type(one)) {
            case "simpo" -> (a, b) -> ReferenceFreeLosses.simpo(a, b, beta, gamma);
            case "sigmoid" -> (a, b) -> ReferenceFreeLosses.cpo(a, b, beta, e);
            case "hinge" -> (a, b) -> DpoLosses.hinge(a, b, beta);
            case "ipo" -> (a, b) -> DpoLosses.ipo(a, b, beta);
            default -> throw new AssertionError(one);
          };
      compare(
          one,
          one.path("averaged").asBoolean()
              ? eachMean(loss, chosen, rejected)
              : each(loss, chosen, rejected),
          1e-9);
    }
  }

  @Test
  void oddsRatioPreferenceOptimisationAgrees() {
    for (JsonNode one : cases("orpo")) {
      double lambda = one.path("lambda").asDouble();
      PairLoss[] losses =
          Stream.of(eachMean(ReferenceFreeLosses::oddsRatio, chosen, rejected))
              .map(
                  l -> new PairLoss(lambda * l.value(), lambda * l.chosen(), lambda * l.rejected()))
              .toArray(PairLoss[]::new);

      compare(one, losses, 1e-7); // TRL computes it in float32
    }
  }

  /** A loss of two numbers. */
  private interface Loss {
    PairLoss of(double chosen, double rejected);
  }

  private PairLoss[] each(Loss loss) {
    return each(loss, u, w);
  }

  private static PairLoss[] each(Loss loss, double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToObj(i -> loss.of(a[i], b[i])).toArray(PairLoss[]::new);
  }

  /** Of means over tokens; with the derivatives with respect to the sums. */
  private PairLoss[] eachMean(Loss loss, double[] a, double[] b) {
    return IntStream.range(0, a.length)
        .mapToObj(
            i ->
                loss.of(a[i] / chosenLengths[i], b[i] / rejectedLengths[i])
                    .chain(1 / chosenLengths[i], 1 / rejectedLengths[i]))
        .toArray(PairLoss[]::new);
  }

  private static void compare(JsonNode expected, PairLoss[] losses, double tolerance) {
    int n = losses.length;
    assertThat(Stream.of(losses).mapToDouble(PairLoss::value).sum() / n)
        .as("%s", expected)
        .isCloseTo(expected.path("loss").asDouble(), within(tolerance * 10));
    for (int i = 0; i < n; i++) {
      assertThat(losses[i].chosen() / n)
          .as("chosen %s of %s", i, expected)
          .isCloseTo(expected.path("grad_chosen").path(i).asDouble(), within(tolerance));
      assertThat(losses[i].rejected() / n)
          .as("rejected %s of %s", i, expected)
          .isCloseTo(expected.path("grad_rejected").path(i).asDouble(), within(tolerance));
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
}
