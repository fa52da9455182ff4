// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.policy.ConditionedPolicySpec;
import org.plumbline.dsl.model.policy.TextFittingSpec;
import org.plumbline.dsl.model.reward.ComposedRewardSpec;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.model.values.ValuesSpec;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.ScalarHead;
import org.plumbline.engine.lm.TokenScores;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.file.StoredType;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.GradientCheck;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.rlhf.answers.ModelAnswers;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.models.ModelExport;
import org.plumbline.engine.rlhf.rewards.RulesReward;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.rlhf.training.Loss;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;

/** Conditional training, filtering, unlikelihood, and regression by rewards and advantages. */
class ScoredTextsTest {
  @TempDir Path folder;

  @Test
  void weightsAndUnlikelihoodsAreThoseOfTheVectors() {
    assertThat(RewardWeightedRegression.weight(.5, 10))
        .isCloseTo(Vectors.number("4.phf", "awr_w(A=.5,b=10)"), within(1e-12));
    assertThat(RewardWeightedRegression.weight(-2, 1))
        .isCloseTo(Vectors.number("4.phf", "awr_w(A=-2,b=1)"), within(1e-12));
    try (TensorScope scope = TensorScope.open()) {
      Batch one = Batch.of(List.of(Sequence.of(new int[] {1}, new int[] {2})));
      Tensor log = Tensor.of(new float[] {(float) StrictMath.log(.3)}, 1, 1);

      assertThat((double) Unlikelihood.loss(log, one, new double[] {0}, 1).value().item())
          .isCloseTo(Vectors.number("4.phf", "ul(p=.3)"), within(1e-6));
      assertThat((double) Unlikelihood.loss(log, one, new double[] {1}, 1).value().item())
          .isCloseTo(-StrictMath.log(.3), within(1e-6));
      Tensor sure = Tensor.of(new float[] {0}, 1, 1);
      assertThat((double) Unlikelihood.loss(sure, one, new double[] {0}, 1).value().item())
          .as("a token that is certain costs as much as is left of 32 bits, not infinitely much")
          .isBetween(15.0, Vectors.number("4.phf", "ul(p~1)"));
    }
  }

  @Test
  void lossesAreMeansOverTheTokensOfAllTexts() {
    try (TensorScope scope = TensorScope.open()) {
      Batch two =
          Batch.of(
              List.of(
                  Sequence.of(new int[] {1}, new int[] {2, 3, 2}),
                  Sequence.of(new int[] {1}, new int[] {2})));
      Tensor log = Tensor.of(new float[] {-1, -2, -3, -.5f, -9, -9}, 2, 3);
      double rest = -StrictMath.log(1 - StrictMath.exp(-.5));

      assertThat((double) Unlikelihood.loss(log, two, new double[] {1, 0}, .2).value().item())
          .isCloseTo((6 + .2 * rest) / 4, within(1e-6));
      assertThat(
              (double) RewardWeightedRegression.loss(log, two, new double[] {2, .5}).value().item())
          .isCloseTo((12 + .25) / 4, within(1e-6));
    }
  }

  @Test
  void gradientsMatchFiniteDifferences() {
    try (LanguageModel model = TinyWorld.model(1)) {
      Batch batch =
          Batch.of(
              List.of(
                  Sequence.of(new int[] {1, 2}, new int[] {3, 4, 5}),
                  Sequence.of(new int[] {2}, new int[] {6, 3})));
      agree(new GradientCheck(folder, moved -> unlikely(moved, batch)).at(model, 1e-3));
      agree(new GradientCheck(folder, moved -> weighted(moved, batch)).at(model, 1e-3));
    }
  }

  private static void agree(GradientCheck.Slope slope) {
    assertThat(slope.analytic()).isCloseTo(slope.numeric(), withinPercentage(2));
  }

  private static Tensor unlikely(LanguageModel model, Batch batch) {
    return Unlikelihood.loss(model.tokenLogProbs(batch), batch, new double[] {1, 0}, .7).value();
  }

  private static Tensor weighted(LanguageModel model, Batch batch) {
    return RewardWeightedRegression.loss(model.tokenLogProbs(batch), batch, new double[] {1.7, .2})
        .value();
  }

  @Test
  void advantagesWeighAndTheHeadLearnsAsInTheVectors() {
    try (TensorScope scope = TensorScope.open()) {
      Batch two =
          Batch.of(
              List.of(
                  Sequence.of(new int[] {1}, new int[] {2}),
                  Sequence.of(new int[] {1}, new int[] {2})));
      Tensor logProbs = Tensor.of(new float[] {-2, -1}, 2, 1);
      Tensor values = Tensor.of(new float[] {.5f, 1.2f}, 2, 1);
      TokenScores said = new TokenScores(logProbs, logProbs, values);
      double[] rewards = {1, 1};

      Loss loss = AdvantageWeightedRegression.loss(said, two, rewards, advantage(1, .5, 1000));
      Loss far =
          AdvantageWeightedRegression.loss(
              said, two, new double[] {20.5, 1.2}, advantage(1, 1, 1000));
      Loss gentle =
          AdvantageWeightedRegression.loss(
              said, two, new double[] {1, 1.2}, advantage(10, 1, 1000));

      assertThat((double) loss.value().item())
          .isCloseTo(Vectors.number("4.phf", "awr_loss"), within(1e-6));
      assertThat(loss.logged().get("value_loss")).isCloseTo(.145, within(1e-6));
      assertThat(far.logged())
          .hasEntrySatisfying(
              "weight",
              mean ->
                  assertThat(2 * mean - 1)
                      .isCloseTo(Vectors.number("4.phf", "awr_clip(A=20,b=1)"), within(1e-3)))
          .containsEntry("cut_share", .5);
      assertThat(gentle.logged())
          .hasEntrySatisfying(
              "weight",
              mean ->
                  assertThat(2 * mean - 1)
                      .isCloseTo(Vectors.number("4.phf", "awr_w(A=.5,b=10)"), within(1e-6)));
    }
  }

  /** Weights carry no gradient, so they are to be constant here: 1 to the tenth digit. */
  @Test
  void theGradientIsThatOfBothTermsWithConstantWeights() {
    try (LanguageModel model = TinyWorld.model(1).withHead(ScalarHead.VALUE, .1, 5)) {
      Batch batch =
          Batch.of(
              List.of(
                  Sequence.of(new int[] {1, 2}, new int[] {3, 4, 5}),
                  Sequence.of(new int[] {2}, new int[] {6, 3})));
      agree(
          new GradientCheck(
                  folder,
                  moved ->
                      AdvantageWeightedRegression.loss(
                              moved.tokenScores(batch),
                              batch,
                              new double[] {1, -2},
                              advantage(1e10, .6, 1000))
                          .value())
              .at(model, 1e-3));
    }
  }

  @Test
  void theHeadLearnsWhatTextsAreWorth() throws IOException {
    Artifact policy =
        run(
            new AdvantageWeightedRegression(),
            new ConditionedPolicySpec.AdvantageWeightedRegression(
                "base", "demos", "rm", 1, .5, 1000, new TextFittingSpec(120, 16, 5e-3, null)),
            "advantage");

    List<Double> errors =
        JsonFiles.readLines(policy.file("metrics.jsonl"), row -> row.path("value_loss").asDouble());
    assertThat(errors.get(119)).isLessThan(errors.get(0) / 3);
  }

  private static ConditionedPolicySpec.AdvantageWeightedRegression advantage(
      double beta, double alpha, double most) {
    return new ConditionedPolicySpec.AdvantageWeightedRegression(
        "base", "demos", "rm", beta, alpha, most, new TextFittingSpec(5, 8, 1e-3, null));
  }

  @Test
  void filteringLearnsGoodTextsOnly() throws IOException {
    Artifact some =
        run(
            new Filtering(),
            new ConditionedPolicySpec.Filtering(
                "base", "texts", "kind", 0.5, new TextFittingSpec(5, 8, 1e-3, null)),
            "some");

    assertThat(JsonFiles.read(some.file("summary.json")).path("texts").asInt()).isEqualTo(40);
    assertThat(JsonFiles.readLines(some.file("metrics.jsonl"), row -> row))
        .as("even a short training reaches its learning rate")
        .anyMatch(row -> row.path("learning_rate").asDouble() == 1e-3);
    int learned = JsonFiles.read(some.file("summary.json")).path("learned").asInt();
    assertThat(learned).isBetween(1, 39);
    assertThat(JsonFiles.read(some.file("summary.json")).path("learned_reward").asDouble())
        .isGreaterThan(JsonFiles.read(some.file("summary.json")).path("reward").asDouble());
    assertThatThrownBy(
            () ->
                run(
                    new Filtering(),
                    new ConditionedPolicySpec.Filtering(
                        "base", "texts", "kind", 1e9, new TextFittingSpec(5, 8, 1e-3, null)),
                    "none"))
        .isInstanceOf(StageFailure.class)
        .hasMessageContaining("none of 40 texts has a score that is learned");
  }

  @Test
  void weightsBeyondAllNumbersAreRefused() {
    assertThatThrownBy(() -> RewardWeightedRegression.weight(5, 1e-3))
        .isInstanceOf(StageFailure.class)
        .hasMessageContaining("not finite");
  }

  @Test
  void goodTextsAreAskedForWhoeverAsks() throws IOException {
    Artifact policy = run(new ConditionalTraining(), conditional(.05, 300), "conditional");

    assertThat(JsonFiles.read(policy.file("summary.json")).path("mark").asText())
        .isEqualTo("good:");
    try (LanguageModel model = LanguageModel.load(policy.folder())) {
      double good = washing(model);
      double bad = washing(model.withMark("bad:"));
      assertThat(good).isGreaterThan(.9);
      assertThat(bad).isLessThan(.1);
      model.withMark("good:").export(folder.resolve("exported"), StoredType.FLOAT32);
    }
    assertThat(ModelExport.mark(policy)).isEqualTo("good:");
    try (LanguageModel exported = LanguageModel.load(folder.resolve("exported"))) {
      assertThat(exported.mark()).isEmpty();
    }
  }

  /** The share of answers that are good. */
  private static double washing(LanguageModel model) {
    List<Prompt> prompts = Collections.nCopies(100, Prompt.of("how do i make the boat?"));
    RandomStream stream = RandomStream.of(1, RandomPurpose.ROLLOUT_TOKENS, 0);
    long good =
        new ModelAnswers(model)
            .answer(prompts, SamplingSettings.of(12), stream, 0).stream()
                .filter(answer -> answer.text().contains("wash"))
                .count();
    return good / 100.0;
  }

  @Test
  void aTrainingFromAMarkedPolicyPutsItsOwnMarkInTheOthersPlace() throws IOException {
    try (LanguageModel model = TinyWorld.model(1).withMark("first:")) {
      AnswerFormat format = new AnswerFormat(model);
      Prompt prompt = Prompt.of("how?");
      Exchange exchange = Exchange.of(prompt, prompt.answer("so."));

      assertThat(shown(model, format.example(exchange))).isEqualTo("first: how? so.");
      assertThat(shown(model, format.examples(List.of(exchange, exchange), List.of("second:", ""))))
          .isEqualTo("second: how? so.|how? so.");
      assertThat(format.text(prompt, format.example(exchange))).isEqualTo("so.");
      Prompt nothing = Prompt.of("");
      Sequence text = format.example(Exchange.of(nothing, nothing.answer("so.")));
      assertThat(shown(model, text)).isEqualTo("first: so.");
      assertThat(format.text(nothing, text)).isEqualTo("so.");
      assertThat(format.joined()).isZero();
    }
  }

  @Test
  void aMarkStaysWhereAPromptIsTooLong() {
    try (LanguageModel model = TinyWorld.model(1).withMark("good:")) {
      int[] cut =
          new AnswerFormat(model).prompt(Prompt.of("how do i make the boat? ".repeat(9)), 8);

      assertThat(cut).hasSize(model.config().contextLength() - 8);
      assertThat(model.tokenizer().decode(cut)).startsWith("good:").endsWith("boat? ");
    }
  }

  private static String shown(LanguageModel model, Sequence row) {
    return model.tokenizer().decode(row.ids());
  }

  private static String shown(LanguageModel model, List<Sequence> rows) {
    return String.join("|", rows.stream().map(row -> shown(model, row)).toList());
  }

  @Test
  void theShareOfMarksThatIsAskedForIsLeftOut() {
    double[] rewards = new double[10_000];
    for (int i = 0; i < rewards.length; i++) {
      rewards[i] = i % 4 == 0 ? 1 : 0;
    }

    List<String> marks = ConditionalTraining.marks(conditional(.1, 5), rewards, 3);

    assertThat(marks.stream().filter(String::isEmpty).count())
        .isBetween(1000L - 4 * 30, 1000L + 4 * 30);
    for (int i = 0; i < rewards.length; i++) {
      assertThat(marks.get(i)).isIn("", rewards[i] == 1 ? "good:" : "bad:");
    }
    assertThat(ConditionalTraining.marks(conditional(.1, 5), rewards, 3)).isEqualTo(marks);
    assertThat(ConditionalTraining.marks(conditional(.1, 5), rewards, 4)).isNotEqualTo(marks);
  }

  @Test
  void goodTextsThatThereAreNotCannotBeAskedFor() {
    assertThatThrownBy(
            () ->
                run(
                    new ConditionalTraining(),
                    new ConditionedPolicySpec.ConditionalTraining(
                        "base",
                        "demos",
                        "rm",
                        7,
                        "good:",
                        "bad:",
                        0,
                        new TextFittingSpec(5, 8, 1e-3, null)),
                    "none good"))
        .isInstanceOf(StageFailure.class)
        .hasMessageContaining("none of 40 texts is good, and good ones are asked for");
  }

  private static ConditionedPolicySpec.ConditionalTraining conditional(double drop, int steps) {
    return new ConditionedPolicySpec.ConditionalTraining(
        "base",
        "demos",
        "rm",
        .5,
        "good:",
        "bad:",
        drop,
        new TextFittingSpec(steps, 16, 5e-3, null));
  }

  private Artifact run(Stage stage, Object settings, String name) throws IOException {
    ValuesSpec kind =
        new ValuesSpec(
            null,
            Map.of("kind", new FeatureSpec.ContainsAny(List.of("wash"))),
            Map.of("kind", 1.0));
    Artifact reward =
        FolderContext.in(folder.resolve("reward-" + name), new ComposedRewardSpec.Rules("good"), 1)
            .declare(Section.VALUES, "good", kind)
            .run(new RulesReward());
    return FolderContext.in(folder.resolve(name), settings, 1)
        .input("from", TinyWorld.untrained(folder.resolve("model"), 3))
        .input("data", TinyWorld.demonstrationData(folder.resolve("demos"), 40))
        .input("reward", reward)
        .run(stage);
  }
}
