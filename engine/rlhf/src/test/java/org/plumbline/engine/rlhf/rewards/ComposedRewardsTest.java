// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.dsl.model.policy.Regularizers;
import org.plumbline.dsl.model.policy.RolloutSpec;
import org.plumbline.dsl.model.policy.ScheduleSpec;
import org.plumbline.dsl.model.reward.ComposedRewardSpec;
import org.plumbline.dsl.model.reward.ComposedRewardSpec.Part;
import org.plumbline.dsl.model.reward.ComposedRewardSpec.Scalarise;
import org.plumbline.dsl.model.reward.RewardSpec;
import org.plumbline.dsl.model.reward.RewardSpec.Combine;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.training.OptimiserSpec;
import org.plumbline.dsl.model.training.SamplingSpec;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.model.values.ValuesSpec;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.answers.AnswerSource;
import org.plumbline.engine.rlhf.answers.SampledAnswer;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.policies.BestOfN;
import org.plumbline.engine.rlhf.policies.Policies;
import org.plumbline.engine.rlhf.policies.Ppo;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.statistics.Moments;
import org.plumbline.engine.store.content.Artifact;

/** Rules as a reward, and several rewards as one. */
class ComposedRewardsTest {
  @TempDir Path folder;
  private Path lexicon = Path.of("");

  @BeforeEach
  void writeLexicon() throws IOException {
    lexicon = Files.writeString(folder.resolve("words.txt"), "please\nstir\n");
  }

  @Test
  void rulesAreTheUtilityOfTheValuesWithAllTheyComeFrom() throws IOException {
    Artifact rules = rules("rules");

    // Opened where nothing is declared: the artifact holds all it needs.
    FolderContext elsewhere = FolderContext.in(folder.resolve("elsewhere"), "", 1);
    try (RewardFunction reward = Rewards.open(elsewhere, rules)) {
      double[] scores = reward.score(PoliteWorld.answers()).score();

      // "please stir the tea." is kind, which is worth 3, and has two words of the lexicon.
      assertThat(scores).containsExactly(5, 5, 0, 0);
      assertThat(PoliteWorld.lead(reward)).isGreaterThan(3);
    }
    assertThat(JsonFiles.read(rules.file("metrics.json")).path("operation").asText())
        .isEqualTo("rules");
    assertThat(rules("again").digest()).isEqualTo(rules.digest());
  }

  @Test
  void weightsThatAreAllZeroAreSaid() {
    ValuesSpec flat =
        new ValuesSpec(
            null, Map.of("kind", new FeatureSpec.ContainsAny(List.of("please"))), Map.of());
    FolderContext context =
        FolderContext.in(folder.resolve("flat"), new ComposedRewardSpec.Rules("flat"), 1)
            .declare(Section.VALUES, "flat", flat);

    context.run(new RulesReward());

    assertThat(context.notes())
        .containsExactly("all weights of `flat` are 0: the reward is constant");
  }

  @Test
  void aWeightWithoutItsFeatureIsRefused() {
    ValuesSpec odd = new ValuesSpec(null, Map.of(), Map.of("kind", 1.0));
    FolderContext context =
        FolderContext.in(folder.resolve("odd"), new ComposedRewardSpec.Rules("odd"), 1)
            .declare(Section.VALUES, "odd", odd);

    StageFailure failure =
        catchThrowableOfType(StageFailure.class, () -> context.run(new RulesReward()));

    assertThat(failure.code()).isEqualTo("PLB0206");
  }

  @Test
  void severalRewardsAreOneAndNoneOutweighsAnotherByItsScale() throws IOException {
    PoliteWorld world = new PoliteWorld(folder);
    Artifact learned =
        world
            .fit(bradleyTerry(), "learned", TinyWorld.feedback(folder.resolve("feedback"), 60))
            .run(new BradleyTerry());
    Artifact rules = rules("ruled");
    FolderContext context =
        several(Scalarise.SUM, "sft", learned, rules).input("normalise_on", world.model());

    Artifact both = context.run(new MultiObjective());

    try (RewardFunction one = Rewards.open(context, learned);
        RewardFunction other = Rewards.open(context, rules);
        RewardFunction sum = Rewards.open(context, both)) {
      double[] first = one.score(PoliteWorld.answers()).score();
      double[] second = other.score(PoliteWorld.answers()).score();
      double[] all = sum.score(PoliteWorld.answers()).score();
      var parts = JsonFiles.read(both.file("reward.json")).path("parts");
      RewardScale a = RewardScale.of(parts.path("learned"));
      RewardScale b = RewardScale.of(parts.path("ruled"));
      for (int i = 0; i < all.length; i++) {
        assertThat(all[i]).isCloseTo(a.apply(first[i]) + .5 * b.apply(second[i]), within(1e-9));
      }
      assertThat(b.gain()).isNotEqualTo(1);
    }
    FolderContext same =
        several(Scalarise.SUM, "sft", learned, rules).input("normalise_on", world.model());
    assertThat(same.run(new MultiObjective()).digest()).isEqualTo(both.digest());
  }

  /** A composed reward is optimised like any other: the best of eight by the rules is kind. */
  @Test
  void aPolicyOptimisesWhatItIsMadeOf() throws IOException {
    PoliteWorld world = new PoliteWorld(folder);
    Artifact rules = rules("optimised");
    FolderContext context = several(Scalarise.MIN, null, rules, rules);
    Artifact both = context.run(new MultiObjective());
    FolderContext best =
        FolderContext.in(folder.resolve("best"), new PolicySpec.BestOfN("sft", "both", 8, 1.0), 1)
            .input("from", world.model())
            .input("reward", both)
            .known(rules);
    Artifact policy = best.run(new BestOfN());

    double plain = kindness(best, world.model());
    double chosen = kindness(best, policy);

    assertThat(chosen).isGreaterThan(plain + .3);
  }

  @Test
  void reinforcementLearningFromComposedRewardsGoesOnWhereItStopped() {
    PoliteWorld world = new PoliteWorld(folder);
    Artifact rules = rules("reinforced");
    Artifact both = several(Scalarise.SUM, null, rules, rules).run(new MultiObjective());

    Artifact whole = reinforced("whole", world, both).known(rules).run(new Ppo());
    Artifact resumed = reinforced("stopped", world, both).known(rules).runInterrupted(new Ppo(), 3);

    assertThat(resumed.digest()).isEqualTo(whole.digest());
  }

  private FolderContext reinforced(String name, PoliteWorld world, Artifact reward) {
    PolicySpec.Ppo ppo =
        new PolicySpec.Ppo(
            "sft",
            "both",
            "prompts",
            new Regularizers(new Regularizers.Kl(.1, 1.0, 100, null), .01, 3.0),
            new ScheduleSpec(5, 8),
            2,
            2,
            1e-3,
            .2,
            .2,
            .1,
            .95,
            1,
            new RolloutSpec(.5, new SamplingSpec(.9, 8)));
    return FolderContext.in(folder.resolve("ppo-" + name), ppo, 11)
        .input("from", world.model())
        .input("prompts", TinyWorld.promptData(folder.resolve(name + "-asked"), 20))
        .input("reward", reward);
  }

  private static double kindness(FolderContext context, Artifact policy) throws IOException {
    List<Prompt> prompts = TinyWorld.prompts(40).stream().map(Prompt::of).toList();
    RandomStream stream = RandomStream.of(3, RandomPurpose.ROLLOUT_TOKENS, 0);
    try (AnswerSource source = Policies.open(context, policy)) {
      List<SampledAnswer> answers = source.answer(prompts, SamplingSettings.of(12), stream, 0);
      return Moments.mean(
          SampledAnswer.to(prompts, answers).stream()
              .mapToDouble(e -> e.answer().text().matches("(?s).*(please|thank).*") ? 1 : 0)
              .toArray());
    }
  }

  @Test
  void aRewardThatIsTheSameForAllAnswersIsSaid() throws IOException {
    PoliteWorld world = new PoliteWorld(folder);
    ValuesSpec flat =
        new ValuesSpec(
            null,
            Map.of("kind", new FeatureSpec.ContainsAny(List.of("zebra"))),
            Map.of("kind", 1.0));
    Artifact never =
        FolderContext.in(folder.resolve("never"), new ComposedRewardSpec.Rules("flat"), 1)
            .declare(Section.VALUES, "flat", flat)
            .run(new RulesReward());
    FolderContext context =
        several(Scalarise.SUM, "sft", rules("some"), never).input("normalise_on", world.model());

    context.run(new MultiObjective());

    assertThat(context.notes())
        .containsExactly(
            "`ruled` scores all 256 answers of `sft` the same: it counts nothing among them");
  }

  private Artifact rules(String name) {
    ValuesSpec base =
        new ValuesSpec(
            null,
            Map.of("kind", new FeatureSpec.ContainsAny(List.of("please", "thank"))),
            Map.of("kind", 3.0));
    ValuesSpec good =
        new ValuesSpec(
            "base", Map.of("words", new FeatureSpec.Lexicon("words.txt")), Map.of("words", 1.0));
    return FolderContext.in(folder.resolve(name), new ComposedRewardSpec.Rules("good"), 1)
        .declare(Section.VALUES, "good", good)
        .declare(Section.VALUES, "base", base)
        .file("words.txt", lexicon)
        .run(new RulesReward());
  }

  private FolderContext several(
      Scalarise how, @Nullable String normaliseOn, Artifact learned, Artifact rules) {
    Map<String, Part> parts = new LinkedHashMap<>();
    parts.put("learned", new Part("learned", 1, null));
    parts.put("ruled", new Part("ruled", .5, null));
    String name = "several-" + how + "-" + System.nanoTime();
    return FolderContext.in(
            folder.resolve(name),
            new ComposedRewardSpec.MultiObjective(
                parts, how, normaliseOn, normaliseOn == null ? null : "prompts"),
            1)
        .input("prompts", TinyWorld.promptData(folder.resolve(name + "-prompts"), 40))
        .input("parts.learned.reward", learned)
        .input("parts.ruled.reward", rules);
  }

  private static RewardSpec.BradleyTerry bradleyTerry() {
    return new RewardSpec.BradleyTerry(
        "sft", "feedback", 1, Combine.MEAN, 0.5, 0.2, 20, 16, new OptimiserSpec(3e-3, 0.01), 0);
  }
}
