// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.policy.AnswerFittingSpec;
import org.plumbline.dsl.model.policy.PreferencePolicySpec;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.GradientCheck;
import org.plumbline.engine.rlhf.Plain;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.data.Pairs;
import org.plumbline.engine.rlhf.losses.KtoLoss;
import org.plumbline.engine.rlhf.preference.AnswerScores;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.rlhf.training.TokenPair;
import org.plumbline.engine.store.content.Artifact;

class KtoTest {
  private static final AnswerFittingSpec FITTING = new AnswerFittingSpec(30, 16, 1e-3);
  private static final PreferencePolicySpec.Kto SETTINGS =
      new PreferencePolicySpec.Kto("base", "prefs", .1, 1, 1, FITTING);

  /** The point of reference of the worked example. */
  private static final double LEVEL = Vectors.number("4.kto", "z0");

  @TempDir Path folder;

  @Test
  void lossMatchesTheWorkedExample() {
    try (TensorScope scope = TensorScope.open()) {
      double good = loss(1, 1, SETTINGS);
      double bad = loss(-1, 0, SETTINGS);

      assertThat(good).isCloseTo(Vectors.number("4.kto", "chosen"), within(1e-6));
      assertThat(bad).isCloseTo(Vectors.number("4.kto", "rejected"), within(1e-6));
      Tensor both = Tensor.of(new float[] {1, -1});
      AnswerScores pair = new AnswerScores(both, Tensor.of(new float[] {1, 0}), LEVEL);
      PreferencePolicySpec.Kto weighted =
          new PreferencePolicySpec.Kto("base", "prefs", .1, 1.2, .8, FITTING);
      assertThat((double) Kto.loss(pair, weighted).value().item())
          .isCloseTo((1.2 * good + .8 * bad) / 2, within(1e-6));
      assertThat((double) Kto.loss(pair, SETTINGS).value().item())
          .isCloseTo(Vectors.number("4.kto", "mean"), within(1e-6));
      assertThat(KtoLoss.reference(new double[] {-.5, -.1}))
          .isEqualTo(Vectors.number("4.kto", "clamped_z_if_-.3"));
    }
  }

  private static double loss(float ratio, float good, PreferencePolicySpec.Kto settings) {
    Tensor ratios = Tensor.of(new float[] {ratio});
    AnswerScores one = new AnswerScores(ratios, Tensor.of(new float[] {good}), LEVEL);
    return Kto.loss(one, settings).value().item();
  }

  @Test
  void gradientMatchesFiniteDifferencesAtAPointOfReferenceThatStays() {
    try (LanguageModel model = TinyWorld.model(1)) {
      List<AnswerScores.Row> rows = rows(model);
      GradientCheck.Slope slope =
          new GradientCheck(
                  folder, m -> Kto.loss(AnswerScores.of(m, rows, LEVEL), SETTINGS).value())
              .at(model, 1e-3);

      assertThat(slope.analytic()).isNotCloseTo(0, within(1e-3));
      assertThat(slope.numeric())
          .isCloseTo(slope.analytic(), within(.02 * Math.abs(slope.analytic())));
    }
  }

  private static List<AnswerScores.Row> rows(LanguageModel model) {
    AnswerFormat format = new AnswerFormat(model);
    List<AnswerScores.Row> rows = new ArrayList<>();
    for (String thing : List.of("tea", "bike")) {
      Pair pair = Plain.pair(0, "how do i fix the " + thing + "?", "please wash it.", "no.");
      TokenPair tokens = format.pair(pair);
      rows.add(new AnswerScores.Row(tokens.chosen(), -9, true));
      rows.add(new AnswerScores.Row(tokens.rejected(), -5, false));
    }
    return rows;
  }

  @Test
  void thePointOfReferenceIsTheDriftOnAnswersToOtherPrompts() {
    try (LanguageModel policy = TinyWorld.model(1);
        LanguageModel reference = TinyWorld.model(2);
        TensorScope scope = TensorScope.open()) {
      List<AnswerScores.Row> rows = rows(policy);

      double[] mismatched = AnswerScores.mismatched(policy, reference, rows);

      // Two answers to the tea, two to the bike: the nearest earlier answer to the other prompt.
      int[] answers = {3, 3, 1, 1};
      for (int i = 0; i < answers.length; i++) {
        Sequence prompt = rows.get(i).tokens();
        int[] asked = Arrays.copyOf(prompt.ids(), prompt.promptLength());
        Sequence row = Sequence.of(asked, rows.get(answers[i]).tokens().completion());
        Batch batch = Batch.of(List.of(row));
        double expected =
            policy.tokenLogProbs(batch).sum(1).sub(reference.tokenLogProbs(batch).sum(1)).item();
        assertThat(mismatched[i]).isCloseTo(expected, within(1e-4));
      }
      assertThat(AnswerScores.mismatched(policy, reference, rows.subList(0, 2))).isEmpty();
    }
  }

  @Test
  void goodAnswersBecomeLikelierThanBadOnes() throws IOException {
    Artifact feedback = TinyWorld.feedback(folder.resolve("prefs"), 40);
    try (LanguageModel start = TinyWorld.model(1)) {
      start.save(folder.resolve("base"));
      Artifact trained =
          FolderContext.in(folder.resolve("work"), SETTINGS, 1)
              .input("from", FolderContext.artifact(folder.resolve("base")))
              .input("feedback", feedback)
              .run(new Kto());
      try (LanguageModel policy = LanguageModel.load(trained.folder())) {
        assertThat(preferred(policy, Pairs.read(feedback)))
            .isGreaterThan(preferred(start, Pairs.read(feedback)) + 1);
      }
    }
  }

  /** The mean lead of the better answers' log-probabilities. */
  private static double preferred(LanguageModel model, List<Pair> pairs) {
    AnswerFormat format = new AnswerFormat(model);
    double lead = 0;
    try (TensorScope scope = TensorScope.open()) {
      for (TokenPair pair : format.pairs(pairs)) {
        float[] both = model.tokenLogProbs(Batch.of(pair.sequences())).sum(1).toFloatArray();
        lead += (both[0] - both[1]) / pairs.size();
      }
    }
    return lead;
  }
}
