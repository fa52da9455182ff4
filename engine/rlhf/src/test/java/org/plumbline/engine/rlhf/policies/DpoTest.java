// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.policy.PairFittingSpec;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.GradientCheck;
import org.plumbline.engine.rlhf.Plain;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.losses.PairLosses;
import org.plumbline.engine.rlhf.preference.PairScores;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.rlhf.training.Loss;
import org.plumbline.engine.rlhf.training.TokenPair;

class DpoTest {
  private static final Prompt TEA = Plain.prompt("how do i fix the tea?");

  private static final PairFittingSpec FITTING = new PairFittingSpec(1, 1, 1);

  @TempDir Path folder;

  @Test
  void everyLossMatchesTheWorkedExample() {
    assertLoss(settings(0, null, null), "loss");
    assertLoss(settings(.1, null, null), "cdpo.1");
    assertLoss(settings(.1, PolicySpec.Loss.ROBUST, null), "robust.1");
    assertLoss(settings(0, PolicySpec.Loss.HINGE, null), "hinge");
    assertLoss(settings(0, PolicySpec.Loss.SPPO, null), "sppo_hard");
    assertLoss(settings(0, null, PolicySpec.Divergence.FORWARD_KL), "fdpo_fwdKL_loss");
    assertLoss(settings(0, null, PolicySpec.Divergence.JS), "fdpo_js_loss");
  }

  private static void assertLoss(PolicySpec.Dpo settings, String name) {
    assertThat(WorkedPair.dpo().loss(pairs -> Dpo.loss(pairs, settings), 1))
        .as(name)
        .isCloseTo(Vectors.number("4.dpo", name), within(1e-5));
  }

  @Test
  void whatIsLoggedMatchesTheWorkedExample() {
    try (TensorScope scope = TensorScope.open()) {
      Map<String, Double> logged = new HashMap<>();
      WorkedPair.dpo()
          .loss(
              pairs -> {
                Loss loss = Dpo.loss(pairs, settings(0, null, null));
                logged.putAll(loss.logged());
                return loss;
              },
              1);
      double[] scores = Vectors.list("4.dpo", "fdpo_fwdKL_score");

      assertThat(logged.get("margin")).isCloseTo(.1 * Vectors.number("4.dpo", "h"), within(1e-6));
      assertThat(logged.get("chosen_reward"))
          .isCloseTo(Vectors.number("4.dpo", "r_c"), within(1e-6));
      assertThat(logged.get("rejected_reward"))
          .isCloseTo(Vectors.number("4.dpo", "r_r"), within(1e-6));
      assertThat((double) PairLosses.forwardKl(Tensor.scalar(1), Tensor.scalar(-1)).item())
          .isCloseTo(scores[0] - scores[1], within(1e-6));
    }
  }

  @Test
  void slopeMatchesTheWorkedExample() {
    assertSlope(settings(0, null, null), "dpo");
    assertSlope(settings(.1, null, null), "cdpo.1");
    assertSlope(settings(.1, PolicySpec.Loss.ROBUST, null), "robust.1");
    assertSlope(settings(0, PolicySpec.Loss.HINGE, null), "hinge");
  }

  private static void assertSlope(PolicySpec.Dpo settings, String name) {
    assertThat(WorkedPair.dpo().slope(pairs -> Dpo.loss(pairs, settings)))
        .as(name)
        .isCloseTo(Vectors.number("9.grads", name), within(1e-6));
  }

  @Test
  void perTokenTakesMeansAndSftWeightAddsTheMeanLogLikelihood() {
    // log-ratios 1 and -1 over 6 and 10 tokens; the chosen answer has -12
    double gap = .1 * (1.0 / 6 + 1.0 / 10);

    assertThat(WorkedPair.dpo().loss(pairs -> Dpo.loss(pairs, longer(null, true)), 1))
        .isCloseTo(StrictMath.log1p(StrictMath.exp(-gap)), within(1e-6));
    assertThat(WorkedPair.dpo().loss(pairs -> Dpo.loss(pairs, longer(.5, null)), 1))
        .isCloseTo(Vectors.number("4.dpo", "loss") + .5 * 2, within(1e-6));
  }

  @Test
  void everyLossIsItsExpectationOverTheVotes() {
    WorkedPair pair = WorkedPair.dpo();
    WorkedPair turned =
        new WorkedPair(new float[] {-15, -12}, new float[] {-14, -13}, new float[] {10, 6});
    for (PolicySpec.Loss loss : PolicySpec.Loss.values()) {
      PolicySpec.Dpo settings = settings(.1, loss, null);
      assertThat(pair.loss(pairs -> Dpo.loss(pairs, settings), .7))
          .as("%s", loss)
          .isCloseTo(
              .7 * pair.loss(pairs -> Dpo.loss(pairs, settings), 1)
                  + .3 * turned.loss(pairs -> Dpo.loss(pairs, settings), 1),
              within(1e-4));
    }
  }

  @Test
  void everyGradientMatchesFiniteDifferences() {
    for (PolicySpec.Loss loss : PolicySpec.Loss.values()) {
      WorkedPair.assertGradient(folder, pairs -> Dpo.loss(pairs, settings(.1, loss, null)));
    }
    WorkedPair.assertGradient(
        folder, pairs -> Dpo.loss(pairs, settings(0, null, PolicySpec.Divergence.JS)));
    WorkedPair.assertGradient(folder, pairs -> Dpo.loss(pairs, longer(.5, true)));
  }

  private static PolicySpec.Dpo settings(
      double wrong, PolicySpec.@Nullable Loss loss, PolicySpec.@Nullable Divergence divergence) {
    return new PolicySpec.Dpo(
        "base", "prefs", .1, wrong, FITTING, loss, divergence, null, null, null);
  }

  private static PolicySpec.Dpo longer(@Nullable Double sftWeight, @Nullable Boolean perToken) {
    return new PolicySpec.Dpo(
        "base", "prefs", .1, 0, FITTING, null, null, sftWeight, perToken, null);
  }

  @Test
  void lossAtTheReferenceIsLogTwoAndRewardsAreZero() {
    try (LanguageModel model = TinyWorld.model(1);
        TensorScope scope = TensorScope.open()) {
      Loss loss = loss(model, rows(model));

      assertThat((double) loss.value().item()).isCloseTo(StrictMath.log(2), within(1e-5));
      assertThat(loss.logged().get("chosen_reward")).isCloseTo(0, within(1e-5));
      assertThat(loss.logged().get("rejected_reward")).isCloseTo(0, within(1e-5));
    }
  }

  @Test
  void paddingNeverChangesTheLoss() {
    try (LanguageModel reference = TinyWorld.model(1);
        LanguageModel policy = TinyWorld.model(2);
        TensorScope scope = TensorScope.open()) {
      List<PairScores.Row> rows = rows(reference);
      double together = loss(policy, rows).value().item();

      double apart = 0;
      for (PairScores.Row row : rows) {
        apart += loss(policy, List.of(row)).value().item() / rows.size();
      }

      assertThat(together).isCloseTo(apart, within(1e-5));
    }
  }

  @Test
  void gradientMatchesFiniteDifferences() {
    try (LanguageModel reference = TinyWorld.model(1);
        LanguageModel policy = TinyWorld.model(2)) {
      List<PairScores.Row> rows = rows(reference);

      GradientCheck.Slope slope =
          new GradientCheck(folder, model -> loss(model, rows).value()).at(policy, 1e-3);

      assertThat(slope.analytic()).isNotCloseTo(0, within(1e-2));
      assertThat(slope.numeric())
          .isCloseTo(slope.analytic(), within(.02 * Math.abs(slope.analytic())));
    }
  }

  private static Loss loss(LanguageModel policy, List<PairScores.Row> rows) {
    return Dpo.loss(PairScores.of(policy, rows), settings(0, null, null));
  }

  /** Pairs of different lengths, with the model's own log-probabilities as the reference's. */
  private static List<PairScores.Row> rows(LanguageModel model) {
    AnswerFormat format = new AnswerFormat(model);
    List<PairScores.Row> rows = new ArrayList<>();
    String[][] pairs = {{"please wash the tea.", "no."}, {"no.", "why ask me? go away."}};
    for (String[] pair : pairs) {
      TokenPair tokens =
          format.pair(new Pair(0, TEA, Plain.answer(pair[0]), Plain.answer(pair[1]), 1, 1, 1));
      try (TensorScope scope = TensorScope.open()) {
        float[] sums =
            model.tokenLogProbs(Batch.of(TokenPair.rows(List.of(tokens)))).sum(1).toFloatArray();
        rows.add(new PairScores.Row(tokens, sums[0], sums[1], 1));
      }
    }
    return rows;
  }
}
