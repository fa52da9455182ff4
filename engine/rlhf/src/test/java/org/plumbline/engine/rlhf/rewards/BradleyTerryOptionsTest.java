// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.plumbline.dsl.model.ModelSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Group;
import org.plumbline.dsl.model.reward.RewardSpec;
import org.plumbline.dsl.model.reward.RewardSpec.Combine;
import org.plumbline.dsl.model.reward.RewardSpec.Ties;
import org.plumbline.dsl.model.training.OptimiserSpec;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.data.Pairs;
import org.plumbline.engine.rlhf.policies.Pretrain;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.statistics.Moments;
import org.plumbline.engine.store.content.Artifact;

/** Models of ties, reliabilities of evaluators, and the policy that scores are normalised on. */
class BradleyTerryOptionsTest {
  @TempDir static Path folder;
  private static @Nullable PoliteWorld world;

  @BeforeAll
  static void pretrain() {
    world = new PoliteWorld(folder);
  }

  private static PoliteWorld world() {
    return Objects.requireNonNull(world);
  }

  @ParameterizedTest
  @EnumSource(Ties.class)
  void tiesAreLearnedAndAFitGoesOnWhereItStopped(Ties ties) throws IOException {
    Artifact feedback =
        world().comparisons("tied-" + ties, 200, 2, Map.of("honest", PoliteWorld.honest(4)));
    RewardSpec.BradleyTerry spec = spec(ties, null, null);

    Artifact whole = world().fit(spec, "whole-" + ties, feedback).run(new BradleyTerry());
    Artifact resumed =
        world().fit(spec, "stopped-" + ties, feedback).runInterrupted(new BradleyTerry(), 87);

    assertThat(resumed.digest()).isEqualTo(whole.digest());
    JsonNode metrics = JsonFiles.read(whole.file("metrics.json"));
    assertThat(metrics.at("/learned/ties").asDouble())
        .isGreaterThan(ties == Ties.DAVIDSON ? .6 : 1.6);
    assertThat(metrics.at("/held_out/accuracy/value").asDouble()).isGreaterThan(.8);
    try (RewardModel model = RewardModel.open(whole)) {
      assertThat(PoliteWorld.lead(model)).isGreaterThan(1);
    }
  }

  /**
   * Nearly as many label against the scores as with them: votes alone would say little. Liars have
   * nothing to lie about where both answers are worth the same, so they end near a coin.
   */
  @Test
  void liarsAreToldFromHonestPeople() throws IOException {
    Map<String, Group> groups = new LinkedHashMap<>();
    groups.put("honest", PoliteWorld.honest(4));
    groups.put("liars", PoliteWorld.liars(3));
    Artifact feedback = world().comparisons("lied", 250, 3, groups);
    RewardSpec.BradleyTerry spec = spec(null, null, true);

    Artifact whole = world().fit(spec, "whole-lied", feedback).run(new BradleyTerry());
    Artifact resumed =
        world().fit(spec, "stopped-lied", feedback).runInterrupted(new BradleyTerry(), 87);

    assertThat(resumed.digest()).isEqualTo(whole.digest());
    JsonNode people = JsonFiles.read(whole.file("metrics.json")).at("/learned/evaluators");
    assertThat(people).hasSize(7);
    for (JsonNode person : people) {
      boolean honest = person.path("evaluator").asText().startsWith("honest");
      assertThat(person.path("reliability").asDouble() > .75)
          .as(people.toString())
          .isEqualTo(honest);
    }
    try (RewardModel model = RewardModel.open(whole)) {
      assertThat(PoliteWorld.lead(model)).isGreaterThan(1);
    }
  }

  @Test
  void membersStartFromTrunksInTurnsAndAFitGoesOnWhereItStopped() throws IOException {
    Artifact feedback = TinyWorld.feedback(folder.resolve("for-trunks"), 60);
    Artifact twin = twin(7);

    Artifact whole = trunks("whole-trunks", twin, feedback).run(new BradleyTerry());
    Artifact resumed =
        trunks("stopped-trunks", twin, feedback).runInterrupted(new BradleyTerry(), 5);

    assertThat(resumed.digest()).isEqualTo(whole.digest());
    assertThat(JsonFiles.read(whole.file("summary.json")).path("trunks").asInt()).isEqualTo(2);
    // Steps this small leave the trunks where they were.
    for (int member = 0; member < 3; member++) {
      Artifact fitted = FolderContext.artifact(whole.file("members/" + member));
      assertThat(apart(fitted, world().model()) < 1e-4)
          .as("member " + member)
          .isEqualTo(member != 1);
      assertThat(apart(fitted, twin) < 1e-4).as("member " + member).isEqualTo(member == 1);
    }
  }

  private static Artifact twin(int draw) {
    ModelSpec.Pretrain like = TinyWorld.pretraining(20);
    ModelSpec.Pretrain other =
        new ModelSpec.Pretrain(
            like.preset(),
            like.corpus(),
            null,
            like.vocabulary(),
            like.context(),
            like.steps(),
            like.batchSize(),
            like.learningRate(),
            like.weightDecay(),
            draw);
    return FolderContext.in(folder.resolve("twin-" + draw), other, 1)
        .file("corpus", TinyWorld.corpusFile(folder, 600))
        .run(new Pretrain());
  }

  private static FolderContext trunks(String name, Artifact twin, Artifact feedback) {
    RewardSpec.BradleyTerry three =
        new RewardSpec.BradleyTerry(
            "sft",
            "feedback",
            3,
            RewardSpec.Combine.MEAN,
            .5,
            .2,
            2,
            8,
            new OptimiserSpec(1e-7, 0),
            0);
    return world().fit(three, name, feedback).input("trunks", twin);
  }

  /** How far the first embeddings of two models are apart. */
  private static double apart(Artifact one, Artifact other) {
    try (LanguageModel a = LanguageModel.load(one.folder());
        LanguageModel b = LanguageModel.load(other.folder());
        TensorScope scope = TensorScope.open()) {
      String name = a.parameters().asMap().keySet().iterator().next();
      float[] x = parameter(a, name);
      float[] y = parameter(b, name);
      double most = 0;
      for (int i = 0; i < x.length; i++) {
        most = Math.max(most, Math.abs(x[i] - y[i]));
      }
      return most;
    }
  }

  private static float[] parameter(LanguageModel model, String name) {
    return Objects.requireNonNull(model.parameters().asMap().get(name)).toFloatArray();
  }

  @Test
  void aDrawSetsModelsApartThatShareATokenizer() {
    Artifact first = twin(1);
    Artifact second = twin(2);

    try (LanguageModel one = LanguageModel.load(first.folder());
        LanguageModel other = LanguageModel.load(second.folder())) {
      assertThat(one.tokenizer().sameAs(other.tokenizer())).isTrue();
    }
    assertThat(apart(first, second)).isGreaterThan(1e-3);
  }

  @Test
  void aTrunkWithOtherTokensIsRefused() {
    Artifact feedback = TinyWorld.feedback(folder.resolve("other-tokens"), 60);
    Artifact other = TinyWorld.untrained(folder.resolve("other-trunk"), 3);

    StageFailure failure =
        catchThrowableOfType(
            StageFailure.class, () -> trunks("refused", other, feedback).run(new BradleyTerry()));

    assertThat(failure.code()).isEqualTo("PLB0526");
    assertThat(failure).hasMessageContaining("model 1 of `trunks`");
  }

  @Test
  void onePersonCannotBeToldFromAnybody() {
    Artifact feedback =
        world().comparisons("alone", 40, 1, Map.of("honest", PoliteWorld.honest(1)));

    StageFailure failure =
        catchThrowableOfType(
            StageFailure.class,
            () -> world().fit(spec(null, null, true), "one", feedback).run(new BradleyTerry()));

    assertThat(failure.code()).isEqualTo("PLB0350");
    assertThat(failure.setting()).isEqualTo("per_evaluator");
    assertThat(failure).hasMessageContaining("gave all labels");
  }

  @Test
  void nobodyIsKnownWhereLabelsAreNotKept() {
    Artifact feedback = TinyWorld.feedback(folder.resolve("recorded"), 20);

    StageFailure failure =
        catchThrowableOfType(
            StageFailure.class,
            () -> world().fit(spec(null, null, true), "none", feedback).run(new BradleyTerry()));

    assertThat(failure.code()).isEqualTo("PLB0350");
    assertThat(failure).hasMessageContaining("who said what");
  }

  @Test
  void withoutTiesOneIsToldSo() {
    Artifact feedback = TinyWorld.feedback(folder.resolve("decided"), 40);
    var context = world().fit(spec(Ties.RAO_KUPPER, null, null), "no-ties", feedback);

    context.run(new BradleyTerry());

    assertThat(context.notes()).anyMatch(note -> note.contains("nobody called two answers equal"));
  }

  /** The other policy is an untrained one, whose answers are of every kind. */
  @Test
  void scoresAreNormalisedOnThePolicyThatIsNamed() throws IOException {
    Artifact feedback = TinyWorld.feedback(folder.resolve("normal"), 60);
    Artifact other = TinyWorld.untrained(folder.resolve("other"), 3);
    RewardSpec.BradleyTerry spec = spec(null, "other", null);

    Artifact whole =
        world()
            .fit(spec, "whole-normal", feedback)
            .input("normalise_on", other)
            .run(new BradleyTerry());
    Artifact resumed =
        world()
            .fit(spec, "stopped-normal", feedback)
            .input("normalise_on", other)
            .runInterrupted(new BradleyTerry(), 27);
    Artifact plain =
        world().fit(spec(null, null, null), "plain-normal", feedback).run(new BradleyTerry());

    assertThat(resumed.digest()).isEqualTo(whole.digest());
    assertThat(JsonFiles.read(whole.file("summary.json")).path("normalised_on").asText())
        .isEqualTo(other.digest());
    try (RewardModel own = RewardModel.open(plain);
        RewardModel named = RewardModel.open(whole)) {
      double[] first = own.score(PoliteWorld.answers()).score();
      double[] second = named.score(PoliteWorld.answers()).score();
      // One member: the same scores but for gain and bias.
      double gain = (second[0] - second[2]) / (first[0] - first[2]);
      assertThat(gain).isPositive().isNotCloseTo(1, within(.01));
      assertThat(Moments.mean(second)).isNotEqualTo(Moments.mean(first));
    }
  }

  /** What was seen is learned from as if it had been all that was said. */
  @Test
  void choicesAreExplainedByWhatWasSeen() throws IOException {
    PoliteWorld world = new PoliteWorld(folder);
    Map<String, Group> hasty =
        Map.of(
            "all",
            PoliteWorld.group(
                Map.of(
                    "count",
                    6,
                    "rationality",
                    6.0,
                    "sees",
                    new EvaluatorsSpec.View(2, EvaluatorsSpec.End.START, null))));
    Artifact feedback = world.comparisons("hasty", 200, 1, hasty);
    Path cut = folder.resolve("cut");
    Files.createDirectories(cut);
    List<Pair> pairs = new ArrayList<>();
    for (Pair pair : Pairs.read(feedback)) {
      pairs.add(pair.with(cut(pair, pair.chosen()), cut(pair, pair.rejected())));
    }
    Pairs.write(pairs, cut);
    Files.copy(feedback.file("summary.json"), cut.resolve("summary.json"));

    RewardSpec.BradleyTerry plain = spec(null, null, null);
    RewardSpec.BradleyTerry told =
        spec(null, null, null, new EvaluatorsSpec.View(2, EvaluatorsSpec.End.START, null));
    Artifact whole = world.fit(plain, "whole", feedback).run(new BradleyTerry());
    Artifact seen = world.fit(told, "seen", feedback).run(new BradleyTerry());
    Artifact before =
        world.fit(plain, "before", FolderContext.artifact(cut)).run(new BradleyTerry());

    assertThat(FolderContext.digest(seen.file("members")))
        .isEqualTo(FolderContext.digest(before.file("members")))
        .isNotEqualTo(FolderContext.digest(whole.file("members")));
  }

  private static Answer cut(Pair pair, Answer answer) {
    Matcher two = Pattern.compile("\\s*\\S+\\s+\\S+").matcher(answer.text());
    return two.lookingAt() ? pair.prompt().answer(two.group()) : answer;
  }

  private static RewardSpec.BradleyTerry spec(
      @Nullable Ties ties, @Nullable String normaliseOn, @Nullable Boolean perEvaluator) {
    return spec(ties, normaliseOn, perEvaluator, null);
  }

  private static RewardSpec.BradleyTerry spec(
      @Nullable Ties ties,
      @Nullable String normaliseOn,
      @Nullable Boolean perEvaluator,
      EvaluatorsSpec.@Nullable View seen) {
    int members = ties == null && perEvaluator == null ? 1 : 2;
    return new RewardSpec.BradleyTerry(
        "sft",
        "feedback",
        members,
        Combine.MEAN,
        0.5,
        0.2,
        perEvaluator == null ? 60 : 100,
        32,
        new OptimiserSpec(3e-3, 0.01),
        0,
        null,
        null,
        null,
        ties,
        normaliseOn,
        perEvaluator,
        seen,
        null,
        null);
  }
}
