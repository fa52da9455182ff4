// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.policy.OnlinePolicySpec;
import org.plumbline.dsl.model.policy.OnlinePolicySpec.Baseline;
import org.plumbline.dsl.model.policy.Regularizers;
import org.plumbline.dsl.model.shape.Rewriting;
import org.plumbline.dsl.model.training.TrainingSpec;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.artifact.RolloutRow;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.Plain;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.rewards.RewardFunction;
import org.plumbline.engine.run.StageFailure;

/** Whole trainings of a few updates: what is logged, what stops them, and what is said of it. */
class OnlineRunsTest {
  private static final Methods.Size FAST = new Methods.Size(6, 8, .05, 6);

  @TempDir Path folder;

  private FolderContext context = FolderContext.in(Path.of(""), "", 1);

  private void train(OnlinePolicySpec spec, RewardFunction reward) throws IOException {
    context =
        FolderContext.in(folder, spec, 1)
            .input(
                "regularizers.pretraining_mix.data",
                TinyWorld.textData(folder.resolve("texts"), 20));
    Files.createDirectories(context.output());
    try (LanguageModel model = TinyWorld.model(1)) {
      PolicyGradient.train(
          context,
          Methods.of(spec),
          new PolicyGradient.Parts(model, model, reward),
          Plain.prompts(TinyWorld.prompts(10)));
    }
  }

  private static RewardFunction each(ToDoubleFunction<Exchange> score) {
    return answers ->
        new RewardFunction.Scores(
            answers.stream().mapToDouble(score).toArray(), new double[answers.size()]);
  }

  private static RewardFunction byLength() {
    return each(given -> given.answer().text().length());
  }

  private List<JsonNode> metrics() throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : Files.readAllLines(context.output().resolve("metrics.jsonl"))) {
      rows.add(new ObjectMapper().readTree(line));
    }
    return rows;
  }

  private JsonNode summary() throws IOException {
    return JsonFiles.read(context.output().resolve("summary.json"));
  }

  private static Regularizers stopping(
      @Nullable Double maxKl, @Nullable Double maxSpread, @Nullable Double minEntropy) {
    return with(0, null, new Regularizers.EarlyStop(maxKl, maxSpread, minEntropy));
  }

  private static Regularizers with(
      double entropy, @Nullable Double entropyTarget, Regularizers.@Nullable EarlyStop stop) {
    return new Regularizers(
        new Regularizers.Kl(0, null, 10_000, null),
        entropy,
        null,
        entropyTarget,
        null,
        null,
        null,
        null,
        stop,
        null);
  }

  @Test
  void asManyAnswersAreKeptAsMayBeWatched() throws IOException {
    OnlinePolicySpec six = Methods.rloo(Methods.kl(.1), new Methods.Size(6, 8, .05, 6));

    train(six, byLength());
    List<RolloutRow> few = RolloutRow.read(context.output());
    train(Rewriting.with(six, "training", TinyWorld.wellWatched()), byLength());
    List<RolloutRow> all = RolloutRow.read(context.output());

    // a point is 3 a token of each answer; an update 4: 2 * 3 n <= 5 % of 6 * 8 * 4
    assertThat(few.stream().map(RolloutRow::step)).containsExactly(0L, 5L);
    assertThat(all).hasSize(16);
    assertThat(all.stream().map(RolloutRow::answer))
        .containsAll(few.stream().map(RolloutRow::answer).toList());
  }

  /** After one step the average has gone 9 of 11 parts of the way (its decay is 2 / 11). */
  @Test
  void anAverageOfTheParametersIsTheResult() throws IOException {
    float[] start;
    try (LanguageModel model = TinyWorld.model(1)) {
      start = first(model);
    }
    OnlinePolicySpec one = Methods.rloo(Methods.kl(.1), new Methods.Size(1, 8, .05, 6));
    train(one, byLength());
    float[] last = result();
    TrainingSpec averaging = Rewriting.with(TrainingSpec.NONE, "averaging", .99);
    train(Rewriting.with(one, "training", averaging), byLength());
    float[] average = result();

    assertThat(last).isNotEqualTo(start);
    for (int i = 0; i < start.length; i++) {
      float way = start[i] + (last[i] - start[i]) * 9 / 11;
      assertThat(average[i]).isCloseTo(way, within(1e-6f));
    }
  }

  private float[] result() {
    try (LanguageModel model = LanguageModel.load(context.output())) {
      return first(model);
    }
  }

  private static float[] first(LanguageModel model) {
    return model.parameters().asMap().values().iterator().next().toFloatArray();
  }

  private List<Double> logRatios(Regularizers.@Nullable ReferenceUpdates moving)
      throws IOException {
    train(
        Methods.rloo(
            Rewriting.with(Methods.kl(.1), "kl.reference_updates", moving),
            new Methods.Size(6, 32, .01, 6)),
        byLength());
    return metrics().stream().map(row -> row.path("log_ratio").asDouble()).toList();
  }

  @Test
  void aReferenceThatBecomesThePolicyIsAsFarAsTheUpdatesSince() throws IOException {
    List<Double> each = logRatios(new Regularizers.ReferenceUpdates(1, 1));
    JsonNode summary = summary();
    List<Double> second = logRatios(new Regularizers.ReferenceUpdates(2, 1));
    List<Double> still = logRatios(null);

    assertThat(each).allSatisfy(ratio -> assertThat(ratio).isCloseTo(0, within(1e-5)));
    assertThat(summary.path("references").asInt()).isEqualTo(7);
    for (int update = 0; update < 6; update++) {
      boolean justMoved = update % 2 == 0;
      assertThat(Math.abs(second.get(update)) < 1e-5).as("%d", update).isEqualTo(justMoved);
    }
    assertThat(still.get(5)).isGreaterThan(.01);
    assertThat(summary().has("references")).isFalse();
  }

  @Test
  void aReferenceThatGoesHalfWayStaysBetween() throws IOException {
    double half = logRatios(new Regularizers.ReferenceUpdates(1, .5)).get(1);
    double whole = logRatios(null).get(1); // of the same answers of the same policy

    assertThat(Math.abs(whole)).isGreaterThan(1e-3);
    assertThat(half / whole).isBetween(.1, .5); // it grows with about the square of the way
  }

  @Test
  void theCoefficientGoesInAStraightLineToItsEnd() throws IOException {
    train(
        Methods.rloo(Rewriting.with(Methods.kl(.1), "kl.end_coefficient", .02), FAST), byLength());

    List<JsonNode> rows = metrics();
    for (int update = 0; update < 6; update++) {
      assertThat(rows.get(update).path("kl_coefficient").asDouble())
          .isCloseTo(.1 - .016 * update, within(1e-12));
    }
  }

  @Test
  void aDivergenceBeyondItsLimitStopsTrainingAndIsSaid() throws IOException {
    train(Methods.rloo(stopping(.01, null, null), FAST), byLength());

    int updates = metrics().size();
    assertThat(updates).isBetween(1, 5);
    assertThat(summary().path("stopped_early").asBoolean()).isTrue();
    assertThat(summary().path("stopped_because").asText()).contains("`max_kl`");
    assertThat(summary().path("steps").asInt()).isEqualTo(updates);
    assertThat(context.notes())
        .anyMatch(
            note -> note.startsWith("it stops after " + updates + " of 6 updates: `log_ratio`"));
  }

  @Test
  void howFarItIsFromWhereItStartedStopsTrainingWhateverTheReference() throws IOException {
    train(
        Methods.rloo(with(0, null, new Regularizers.EarlyStop(null, null, null, .01)), FAST),
        byLength());

    assertThat(metrics().size()).isBetween(1, 5);
    assertThat(summary().path("stopped_because").asText())
        .startsWith("the log-ratio to where it started, ")
        .endsWith(" nats per answer, is above `max_drift`, 0.0100");
  }

  @Test
  void aSpreadThatGrowsBeyondItsLimitStopsTraining() throws IOException {
    int[] calls = {0};
    RewardFunction unsure =
        answers -> {
          double[] spread = new double[answers.size()];
          Arrays.fill(spread, ++calls[0] < 3 ? .5 : 1.1);
          return new RewardFunction.Scores(byLength().score(answers).score(), spread);
        };

    train(Methods.rloo(stopping(null, 2.0, null), FAST), unsure);

    assertThat(metrics()).hasSize(2);
    assertThat(summary().path("stopped_because").asText())
        .isEqualTo(
            "`spread`, 1.10, is above `max_spread`, 2.00, times that of the first update, 0.500");
  }

  @Test
  void limitsThatHoldStopNothingWhichIsSaidToo() throws IOException {
    train(Methods.rloo(stopping(1e6, 1e6, 1e-9), FAST), byLength());

    assertThat(metrics()).hasSize(6);
    assertThat(summary().path("stopped_early").asBoolean(true)).isFalse();
    assertThat(summary().has("stopped_because")).isFalse();
  }

  @Test
  void aLimitThatIsCrossedBeforeTheFirstUpdateIsAMistake() {
    assertThatThrownBy(() -> train(Methods.rloo(stopping(null, null, 50.0), FAST), byLength()))
        .isInstanceOfSatisfying(
            StageFailure.class,
            failure -> {
              assertThat(failure.code()).isEqualTo("PLB0908");
              assertThat(failure.setting()).isEqualTo("regularizers.early_stop");
              assertThat(failure).hasMessageContaining("is below `min_entropy`, 50.0");
              assertThat(failure.help()).contains("set the limit beyond what the policy shows");
            });
  }

  @Test
  void aRewardThatIsNotANumberIsNamedWithItsRow() {
    RewardFunction broken =
        answers -> {
          double[] scores = byLength().score(answers).score();
          scores[2] = Double.NaN;
          return new RewardFunction.Scores(scores, new double[answers.size()]);
        };

    assertThatThrownBy(
            () -> train(Methods.reinforce(Baseline.GREEDY, Methods.kl(.1), FAST), broken))
        .isInstanceOfSatisfying(
            StageFailure.class,
            failure -> {
              assertThat(failure.code()).isEqualTo("PLB0902");
              assertThat(failure.setting()).isEqualTo("reward");
              assertThat(failure)
                  .hasMessageMatching("the reward of an answer to row \\d is NaN: `[^`]*`");
            });
  }

  @Test
  void dynamicSamplingFillsAnUpdateWithPromptsThatTeach() throws IOException {
    // about a third of the prompts teach: answers to the others all have the same reward
    RewardFunction some =
        each(given -> given.prompt().text().contains("tea") ? given.answer().text().length() : .5);

    train(Methods.dynamic(Methods.kl(0), FAST), some);

    for (JsonNode row : metrics()) {
      assertThat(row.path("equal_groups").asDouble()).isZero();
      assertThat(row.path("draws").asInt()).isBetween(1, UpdateAnswers.MOST_DRAWS);
    }
    assertThat(metrics()).hasSize(6);
    assertThat(metrics().stream().mapToInt(row -> row.path("draws").asInt()).max().orElse(0))
        .isGreaterThan(1);
    assertThat(summary().path("answers").asInt()).isLessThanOrEqualTo(48);
  }

  @Test
  void ifNoPromptTeachesTheRewardIsNamed() {
    assertThatThrownBy(() -> train(Methods.dynamic(Methods.kl(0), FAST), each(given -> .5)))
        .isInstanceOfSatisfying(
            StageFailure.class,
            failure -> {
              assertThat(failure.code()).isEqualTo("PLB0908");
              assertThat(failure.setting()).isEqualTo("dynamic_sampling");
              assertThat(failure).hasMessageContaining("in 10 draws of prompts");
            });
  }

  @Test
  void ifNoPromptTeachesAnyMoreTrainingStopsAndSaysSo() throws IOException {
    int[] calls = {0};
    RewardFunction tired =
        answers -> calls[0]++ < 2 ? byLength().score(answers) : each(given -> .5).score(answers);

    train(Methods.dynamic(Methods.kl(0), FAST), tired);

    assertThat(metrics().size()).isBetween(1, 2);
    assertThat(summary().path("stopped_because").asText())
        .startsWith("all answers to each prompt have the same reward");
  }

  @Test
  void withoutDynamicSamplingEqualRewardsTeachNothingWhichIsLoggedAndNoted() throws IOException {
    train(Methods.grpo(Methods.kl(0), FAST), each(given -> .5));

    assertThat(metrics()).allMatch(row -> row.path("equal_groups").asDouble() == 1);
    assertThat(metrics()).allMatch(row -> row.path("gradient_norm").asDouble() == 0);
    assertThat(context.notes()).anyMatch(note -> note.contains("nothing was learned from it"));
  }

  @Test
  void ifNoAnswerEndsAndOnlyThoseCountNothingIsLearnedWhichIsNoted() throws IOException {
    // by length in one token, so that the reward itself tells answers apart
    train(Methods.finishedOnly(Methods.kl(0), new Methods.Size(3, 8, .05, 1)), byLength());

    assertThat(metrics()).allMatch(row -> row.path("finished").asDouble() == 0);
    assertThat(metrics()).allMatch(row -> row.path("gradient_norm").asDouble() == 0);
    assertThat(metrics()).anyMatch(row -> row.path("equal_groups").asDouble() < 1);
    assertThat(context.notes())
        .filteredOn(note -> note.contains("nothing was learned from it"))
        .singleElement()
        .asString()
        .startsWith("no answer ended by itself");
  }

  @Test
  void ifSomeUpdateHadAnAnswerThatEndsNothingIsNoted() throws IOException {
    train(Methods.finishedOnly(Methods.kl(0), new Methods.Size(12, 8, 1e-3, 8)), byLength());

    assertThat(metrics()).anyMatch(row -> row.path("finished").asDouble() > 0);
    assertThat(metrics()).anyMatch(row -> row.path("finished").asDouble() == 0);
    assertThat(context.notes()).noneMatch(note -> note.contains("nothing was learned from it"));
  }

  @Test
  void aDivergenceFarFromItsTargetIsSaid() throws IOException {
    Regularizers aiming = new Regularizers(new Regularizers.Kl(.01, 500.0, 10_000, null), 0, null);

    train(Methods.rloo(aiming, FAST), byLength());

    assertThat(context.notes())
        .anyMatch(note -> note.startsWith("the divergence was to come to 500 nats per answer"));
  }

  @Test
  void theWeightOfTheEntropyIsSteered() throws IOException {
    train(Methods.grpo(with(.01, 50.0, null), FAST), byLength());

    for (int i = 0; i < 6; i++) {
      assertThat(metrics().get(i).path("entropy_coefficient").asDouble())
          .isCloseTo(.01 + .005 * i, within(1e-9));
    }
    assertThat(summary().path("entropy_coefficient").asDouble()).isCloseTo(.04, within(1e-9));
  }

  @Test
  void textsBesideTheRewardAreNotForgotten() throws IOException {
    train(Methods.rloo(mixed(0), FAST), byLength());
    double forgotten = lastLoss();
    train(Methods.rloo(mixed(27.8), FAST), byLength());

    assertThat(lastLoss()).isLessThan(forgotten - .5);
  }

  private double lastLoss() throws IOException {
    return metrics().get(5).path("pretraining_loss").asDouble();
  }

  private static Regularizers mixed(double coefficient) {
    return new Regularizers(
        new Regularizers.Kl(0, null, 10_000, null),
        0,
        null,
        null,
        null,
        new Regularizers.PretrainingMix("texts", coefficient),
        null,
        null,
        null,
        null);
  }

  @Test
  void longAnswersAreNotWorthwhileUnderAPenalty() throws IOException {
    Regularizers penalty =
        new Regularizers(
            new Regularizers.Kl(0, null, 10_000, null),
            0,
            null,
            null,
            null,
            null,
            new Regularizers.LengthPenalty(5, 0),
            null,
            null,
            null);
    Methods.Size size = new Methods.Size(40, 32, 3e-2, 6);

    train(Methods.rloo(penalty, size), each(given -> 0));

    List<JsonNode> rows = metrics();
    assertThat(rows.get(39).path("tokens").asDouble())
        .isLessThan(rows.get(0).path("tokens").asDouble() - 1);
  }
}
