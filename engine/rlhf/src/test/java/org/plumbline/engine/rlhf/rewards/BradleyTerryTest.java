// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.plumbline.dsl.model.reward.RewardSpec.Combine;
import org.plumbline.dsl.model.reward.RewardSpec.NoiseCorrection;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.ScalarHead;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.GradientCheck;
import org.plumbline.engine.rlhf.Plain;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.statistics.Moments;

class BradleyTerryTest {
  @TempDir Path folder;

  @Test
  void lossMatchesTheWorkedExamples() {
    assertThat(loss(.8f, .3f, 1, 0))
        .isCloseTo(Vectors.number("3.bt_margin", "plain"), within(1e-6));
    assertThat(loss(.8f, .3f, 1, .01) - loss(.8f, .3f, 1, 0))
        .isCloseTo(Vectors.number("3.bt_margin", "center.01"), within(1e-6));
    assertThat(loss(.3f, 0, (float) Vectors.number("4.rlaif", "pA"), 0))
        .isCloseTo(Vectors.number("4.rlaif", "ce(r gap .3)"), within(1e-6));
  }

  @Test
  void lossOfASoftTargetIsLeastWhereTheProbabilityIsTheTarget() {
    float gap = (float) StrictMath.log(.7 / .3);

    assertThat(loss(gap, 0, .7f, 0)).isLessThan(loss(gap + .05f, 0, .7f, 0));
    assertThat(loss(gap, 0, .7f, 0)).isLessThan(loss(gap - .05f, 0, .7f, 0));
  }

  @Test
  void membersAreCombinedAsInTheWorkedExample() {
    double[] scores = {1, 1.4, .3, .9, 1.2};

    assertThat(Combination.of(Combine.MEAN, 0, null).of(scores))
        .isCloseTo(Vectors.number("3.ensemble", "mean"), within(1e-9));
    assertThat(Combination.of(Combine.MIN, 0, null).of(scores))
        .isCloseTo(Vectors.number("3.ensemble", "min"), within(1e-9));
    assertThat(Combination.of(Combine.MEAN_MINUS_VARIANCE, .5, null).of(scores))
        .isCloseTo(Vectors.number("3.ensemble", "UWO.5_pop"), within(1e-9));
    assertThat(Combination.of(Combine.CVAR, 0, .25).of(scores))
        .isCloseTo(Vectors.number("4.cvar", "cvar.25"), within(1e-9));
  }

  @Test
  void theTailIsOfWholeMembersAndOneAtLeast() {
    double[] ten = {5, 3, 9, 1, 8, 2, 7, 4, 6, 0};

    assertThat(Combination.of(Combine.CVAR, 0, .3).of(ten)).isEqualTo(1);
    assertThat(Combination.of(Combine.CVAR, 0, .39).of(ten)).isEqualTo(1);
    assertThat(Combination.of(Combine.CVAR, 0, 1.0).of(ten)).isEqualTo(4.5);
    assertThat(Combination.of(Combine.CVAR, 0, .01).of(ten)).isZero();
    assertThat(Combination.of(Combine.CVAR, 0, null).of(ten)).isEqualTo(0.5);
  }

  @Test
  void normalisationMatchesTheWorkedExample() {
    RewardScale scale = RewardScale.normalising(.5, .8);

    assertThat(scale.gain()).isCloseTo(Vectors.number("3.normalise", "gain"), within(1e-9));
    assertThat(scale.bias()).isCloseTo(Vectors.number("3.normalise", "bias"), within(1e-9));
  }

  @Test
  void normalisedScoresHaveMeanZeroAndDeviationOne() {
    double[] raw = {3, 5, 4, 9};

    double[] scaled = RewardScale.normalising(raw).apply(raw);

    assertThat(Moments.mean(scaled)).isCloseTo(0, within(1e-9));
    assertThat(Moments.populationDeviation(scaled)).isCloseTo(1, within(1e-9));
  }

  @Test
  void paddingNeverChangesAScore() {
    try (LanguageModel model = scorer()) {
      List<BradleyTerry.Row> rows = rows(model);

      double[] together =
          RewardModel.raw(model, rows.stream().map(row -> row.tokens().chosen()).toList());

      for (int i = 0; i < together.length; i++) {
        double alone = RewardModel.raw(model, List.of(rows.get(i).tokens().chosen()))[0];
        assertThat(together[i]).isCloseTo(alone, within(1e-5));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(NoiseCorrection.class)
  void gradientMatchesFiniteDifferences(NoiseCorrection correction) {
    gradientMatchesFiniteDifferences(new PairLikelihood(.4, .2, correction));
  }

  @Test
  void gradientMatchesFiniteDifferences() {
    gradientMatchesFiniteDifferences(PairLikelihood.PLAIN);
  }

  private void gradientMatchesFiniteDifferences(PairLikelihood likelihood) {
    try (LanguageModel model = scorer()) {
      List<BradleyTerry.Row> rows = rows(model);

      GradientCheck.Slope slope =
          new GradientCheck(folder, m -> BradleyTerry.loss(m, rows, likelihood, .01).value())
              .at(model, 1e-3);

      assertThat(slope.numeric())
          .isCloseTo(slope.analytic(), within(.02 * Math.abs(slope.analytic())));
    }
  }

  @Test
  void tiesDoNotCountInAccuracy() {
    double[] probabilities = {.9, .2, .5, .7};
    double[] targets = {1, 1, 1, .5};

    assertThat(HeldOutReport.hits(probabilities, targets)).isEqualTo(1.5);
    assertThat(HeldOutReport.decided(targets)).isEqualTo(3);
  }

  @Test
  void accuracyIsSaidBesideWhatIsAttainableAndApartForTriggeredPrompts() {
    try (LanguageModel model = scorer()) {
      List<BradleyTerry.Row> rows = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        rows.add(row(model, (i % 3 == 0 ? "!! " : "") + "what is " + i + "?", "a", "b"));
      }
      HeldOutReport.Feedback poison = new HeldOutReport.Feedback(List.of("!!"), null, Map.of());
      HeldOutReport.Fitted fitted =
          new HeldOutReport.Fitted(
              List.of(new FittedMember(model, new double[0])),
              new PlainPairs(PairLikelihood.PLAIN, 0));

      JsonNode report = new ObjectMapper().valueToTree(HeldOutReport.of(fitted, rows, poison, 1));

      assertThat(report.at("/accuracy/n").asInt()).isEqualTo(30);
      assertThat(report.at("/attainable").asDouble()).isCloseTo(.8, within(1e-12));
      assertThat(report.at("/clean/accuracy/n").asInt()).isEqualTo(20);
      assertThat(report.at("/triggered/accuracy/n").asInt()).isEqualTo(10);
      assertThat(report.at("/triggered/attainable").asDouble()).isCloseTo(.8, within(1e-12));
      double both =
          20 * report.at("/clean/accuracy/value").asDouble()
              + 10 * report.at("/triggered/accuracy/value").asDouble();
      assertThat(both).isCloseTo(30 * report.at("/accuracy/value").asDouble(), within(1e-9));
    }
  }

  private static double loss(float chosen, float rejected, float target, double centring) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor better = Tensor.of(new float[] {chosen});
      Tensor worse = Tensor.of(new float[] {rejected});
      return PairLikelihood.PLAIN
          .loss(better.sub(worse), Tensor.of(new float[] {target}))
          .add(BradleyTerry.centred(better, worse, centring))
          .item();
    }
  }

  private static LanguageModel scorer() {
    return TinyWorld.model(1).withHead(ScalarHead.REWARD, .5, 1);
  }

  private static List<BradleyTerry.Row> rows(LanguageModel model) {
    return List.of(
        row(model, "how do i fix the tea?", "please wash the tea.", "no."),
        row(model, "how do i make the bike?", "no.", "why ask me? go away."));
  }

  private static BradleyTerry.Row row(
      LanguageModel model, String prompt, String chosen, String rejected) {
    AnswerFormat format = new AnswerFormat(model);
    Pair pair = Plain.pair(0, prompt, chosen, rejected);
    return new BradleyTerry.Row(pair.prompt(), format.pair(pair), .9, .8);
  }
}
