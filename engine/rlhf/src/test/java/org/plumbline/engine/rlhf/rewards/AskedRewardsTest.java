// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.ModelSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Group;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.dsl.model.policy.Regularizers;
import org.plumbline.dsl.model.policy.Regularizers.Constraint;
import org.plumbline.dsl.model.policy.RolloutSpec;
import org.plumbline.dsl.model.policy.ScheduleSpec;
import org.plumbline.dsl.model.reward.ComposedRewardSpec;
import org.plumbline.dsl.model.reward.ComposedRewardSpec.Ask;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.training.SamplingSpec;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.model.values.ValuesSpec;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.evaluators.TestGroups;
import org.plumbline.engine.rlhf.policies.Ppo;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.values.Utility;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.statistics.Moments;
import org.plumbline.engine.store.content.Artifact;

/** Rewards that are asked for: of a judge, of people, and under constraints. */
class AskedRewardsTest {
  private static final int UPDATES = 5;
  private static final int BATCH = 8;

  /** Has no exact sum in binary. */
  private static final double JUDGE_COST = .1;

  @TempDir Path folder;
  private @Nullable PoliteWorld polite;

  @BeforeEach
  void begin() {
    polite = new PoliteWorld(folder);
  }

  private PoliteWorld world() {
    PoliteWorld known = polite;
    if (known == null) {
      throw new IllegalStateException("not begun");
    }
    return known;
  }

  @Test
  void aJudgeScoresWhatItsPrinciplesAskFor() throws IOException {
    FolderContext elsewhere = FolderContext.in(folder.resolve("elsewhere"), "", 1);
    try (RewardFunction reward = Rewards.open(elsewhere, judge("judge", Ask.SCORE, null))) {
      assertThat(lead(reward, 200)).isCloseTo(4, within(.5)); // rationality 4, worth 1
    }
  }

  /** The mean over questions of the share of the two orders in which the answer is preferred. */
  @Test
  void aJudgeComparesWithAnotherPolicysAnswerToTheSamePrompt() throws IOException {
    Artifact compared = judge("compares", Ask.COMPARE, "sft");
    FolderContext elsewhere =
        FolderContext.in(folder.resolve("elsewhere"), "", 1).known(world().model());
    try (RewardFunction reward = Rewards.open(elsewhere, compared)) {
      double[] first = reward.score(PoliteWorld.answers()).score();
      double led = lead(reward, 200);

      assertThat(Arrays.stream(first).boxed()).isSubsetOf(0.0, .5, 1.0);
      // whatever the other answers say, sigmoid(4) and sigmoid(0) are all that a gap can be of
      assertThat(led).isBetween(.4, .5);
    }
  }

  @Test
  void peopleScoreAsTheySeeItAndAreNotAskedAgain() throws IOException {
    Artifact people = people("scores", null, Map.of("rationality", 4.0, "skips", 0.25));
    FolderContext elsewhere = FolderContext.in(folder.resolve("elsewhere"), "", 1);
    try (RewardFunction reward = Rewards.open(elsewhere, people)) {
      List<Exchange> many = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        many.addAll(PoliteWorld.answers());
      }
      double[] scores = reward.score(many).score();

      assertThat(reward.logged().get("labels")).isEqualTo(400.0);
      assertThat(reward.logged().get("cost")).isCloseTo(400 * .75 * 1.5 * 2, within(120.0));
      double kind = Moments.mean(Arrays.copyOf(scores, 2));
      assertThat(kind).isGreaterThan(.5);
    }
    assertThat(elsewhere.notes()).anyMatch(note -> note.contains("of 400 answers; each counts"));
  }

  /** A label that somebody has a judge make is the judge's, and says so. */
  @Test
  void whoOverseesMayHaveAJudgeScore() throws IOException {
    Map<String, Group> groups = new LinkedHashMap<>();
    groups.put(
        "all",
        TestGroups.group(
            Map.of("count", 2, "outsourcing", new EvaluatorsSpec.Outsourcing(1, "ai"))));
    Artifact people =
        FolderContext.in(
                folder.resolve("outsourced"),
                new ComposedRewardSpec.DirectOversight("crowd", -9, 9, null, 1.5, null),
                5)
            .declare(Section.EVALUATORS, "crowd", new EvaluatorsSpec("good", 2.0, groups, null))
            .declare(
                Section.EVALUATORS,
                "ai",
                new EvaluatorsSpec(
                    null, 0, null, new EvaluatorsSpec.Judge("rules", Map.of("kind", "Be kind."))))
            .declare(Section.MODELS, "rules", new ModelSpec.Rules("rude", 4))
            .declare(Section.VALUES, "good", PoliteWorld.values(1))
            .declare(Section.VALUES, "rude", PoliteWorld.values(-2))
            .run(new DirectOversight());
    FolderContext elsewhere = FolderContext.in(folder.resolve("elsewhere"), "", 1);
    try (RewardFunction reward = Rewards.open(elsewhere, people)) {
      assertThat(PoliteWorld.lead(reward)).isEqualTo(-2);
    }
    assertThat(elsewhere.notes()).anyMatch(note -> note.startsWith("people scored 4 answers here"));
  }

  @Test
  void aPolicyThatAJudgeTrainsGoesOnWhereItStopped() throws IOException {
    Artifact judge = judge("trains", Ask.SCORE, null);

    Artifact whole = ppo("whole", judge, null).run(new Ppo());
    Artifact resumed = ppo("stopped", judge, null).runInterrupted(new Ppo(), 3);

    assertThat(resumed.digest()).isEqualTo(whole.digest());
  }

  @Test
  void aPolicyThatPeopleTrainGoesOnWhereItStoppedAndPaysNobodyTwice() throws IOException {
    Map<String, Object> tired =
        Map.of(
            "rationality",
            4.0,
            "ratings",
            new EvaluatorsSpec.Ratings(1, .2, .1, .5),
            "skips",
            .1,
            "mistakes",
            .1);
    Artifact people = people("train", null, tired);

    Artifact whole = ppo("whole", people, null).run(new Ppo());
    Artifact resumed = ppo("stopped", people, null).runInterrupted(new Ppo(), 3);

    assertThat(resumed.digest()).isEqualTo(whole.digest());
    List<ItemLabel> labels =
        JsonFiles.readLines(whole.file(ItemLabel.FILE), ItemLabel::of).stream().toList();
    assertThat(labels).hasSize(UPDATES * BATCH);
    assertThat(labels.stream().map(label -> label.item().number()).distinct()).hasSize(40);
    JsonNode summary = JsonFiles.read(whole.file("summary.json"));
    assertThat(summary.path("labels").asInt() + summary.path("skipped").asInt()).isEqualTo(40);
    assertThat(summary.path("cost").asDouble())
        .isCloseTo(labels.stream().mapToDouble(ItemLabel::cost).sum(), within(1e-9));
  }

  /** 8 scores of an update cost at most 24: 60 pay for two updates, and never for a third. */
  @Test
  void aPolicyStopsBeforeTheUpdateThatCannotBePaid() throws IOException {
    FolderContext context = ppo("poor", people("poor", 60.0, Map.of("rationality", 4.0)), null);

    Artifact policy = context.run(new Ppo());

    JsonNode summary = JsonFiles.read(policy.file("summary.json"));
    assertThat(summary.path("steps").asInt()).isEqualTo(2);
    assertThat(summary.path("cost").asDouble()).isEqualTo(48);
    assertThat(context.notes()).anyMatch(note -> note.startsWith("it stops after 2 of 5 updates"));
  }

  /** 8 questions cost 0.8 and 8 answers in both orders 1.6: three updates exactly, then none. */
  @Test
  void aJudgesBudgetIsSpentToTheLastUpdateThatItPaysFor() throws IOException {
    judgedUntilTheMoneyIsGone("exact", judge("exact", Ask.SCORE, null, 2.4), 3, 2.4);
    judgedUntilTheMoneyIsGone("less", judge("less", Ask.SCORE, null, 2.3), 2, 1.6);
    judgedUntilTheMoneyIsGone("both", judge("both", Ask.COMPARE, "sft", 4.8), 3, 4.8);
  }

  private void judgedUntilTheMoneyIsGone(String name, Artifact judge, int updates, double cost)
      throws IOException {
    FolderContext context = ppo(name, judge, null).known(world().model());

    Artifact policy = context.run(new Ppo());
    Artifact resumed =
        ppo(name + "-stopped", judge, null).known(world().model()).runInterrupted(new Ppo(), 2);

    JsonNode summary = JsonFiles.read(policy.file("summary.json"));
    assertThat(summary.path("steps").asInt()).isEqualTo(updates);
    assertThat(summary.path("cost").asDouble()).isEqualTo(cost);
    assertThat(summary.path("items").path("budget_spent").asBoolean()).isTrue();
    assertThat(context.notes())
        .anyMatch(note -> note.startsWith("it stops after " + updates + " of 5 updates"));
    List<JsonNode> rows = JsonFiles.readLines(policy.file("metrics.jsonl"), row -> row);
    assertThat(rows.get(rows.size() - 1).path("cost").asDouble()).isEqualTo(cost);
    assertThat(resumed.digest()).isEqualTo(policy.digest());
  }

  @Test
  void aJudgesBudgetThatPaysForNoUpdateIsRefused() {
    Artifact judge = judge("poor-judge", Ask.SCORE, null, .79);

    StageFailure failure =
        catchThrowableOfType(StageFailure.class, () -> ppo("unjudged", judge, null).run(new Ppo()));

    assertThat(failure.code()).isEqualTo("PLB0326");
    assertThat(failure).hasMessageContaining("0.79").hasMessageContaining("8 answers");
  }

  @Test
  void aBudgetThatPaysForNoUpdateIsRefused() {
    Artifact people = people("broke", 23.9, Map.of("rationality", 4.0));

    StageFailure failure =
        catchThrowableOfType(StageFailure.class, () -> ppo("broke", people, null).run(new Ppo()));

    assertThat(failure.code()).isEqualTo("PLB0326");
    assertThat(failure).hasMessageContaining("23.9").hasMessageContaining("8 answers");
  }

  @Test
  void aConstraintHoldsACostDownAndGoesOnWhereItStopped() throws IOException {
    Artifact wanted = rules("long", new FeatureSpec.Length(FeatureSpec.LengthUnit.WORDS), 1);
    Artifact cost = rules("cost", new FeatureSpec.Length(FeatureSpec.LengthUnit.WORDS), 1);
    Map<String, Constraint> brief = Map.of("brief", new Constraint("cost", 2, .5));

    Artifact whole = ppo("whole", wanted, brief).input(COST, cost).run(new Ppo());
    Artifact resumed = ppo("stopped", wanted, brief).input(COST, cost).runInterrupted(new Ppo(), 3);

    assertThat(resumed.digest()).isEqualTo(whole.digest());
    JsonNode summary = JsonFiles.read(whole.file("summary.json"));
    double multiplier = 1;
    List<JsonNode> rows = JsonFiles.readLines(whole.file("metrics.jsonl"), row -> row);
    for (JsonNode row : rows.subList(1, rows.size())) { // the first tenth of 5 is one update
      multiplier = Math.max(0, multiplier + .5 * (row.path("cost_brief").asDouble() - 2));
    }
    assertThat(summary.path("multiplier_brief").asDouble())
        .isCloseTo(multiplier, within(1e-9))
        .isNotIn(0.0, 1.0);
  }

  private static final String COST = "regularizers.constraints.brief.reward";

  @Test
  void aRewardIsAFeatureOfValues() throws IOException {
    Artifact rules = rules("inner", new FeatureSpec.ContainsAny(List.of("please")), 2);
    Map<String, FeatureSpec> features = new LinkedHashMap<>();
    features.put("learned", new FeatureSpec.RewardModel("inner"));
    ValuesSpec values = new ValuesSpec(null, features, Map.of("learned", 3.0));
    FolderContext context =
        FolderContext.in(folder.resolve("feature"), "", 1)
            .declare(Section.VALUES, "outer", values)
            .input("rewards.inner", rules);

    Utility utility = Utility.declared(context, "outer");

    assertThat(utility.of("how?", "please stir.")).isEqualTo(6);
    assertThat(utility.of("how?", "no.")).isZero();
  }

  private Artifact rules(String name, FeatureSpec feature, double weight) {
    Map<String, FeatureSpec> features = new LinkedHashMap<>();
    features.put("it", feature);
    return FolderContext.in(folder.resolve("rules-" + name), new ComposedRewardSpec.Rules("it"), 1)
        .declare(Section.VALUES, "it", new ValuesSpec(null, features, Map.of("it", weight)))
        .run(new RulesReward());
  }

  private Artifact judge(String name, Ask ask, @Nullable String against) {
    return judge(name, ask, against, null);
  }

  private Artifact judge(String name, Ask ask, @Nullable String against, @Nullable Double budget) {
    FolderContext context =
        FolderContext.in(
                folder.resolve(name),
                new ComposedRewardSpec.AiJudge("ai", ask, against, null, budget),
                5)
            .declare(
                Section.EVALUATORS,
                "ai",
                new EvaluatorsSpec(
                    null,
                    JUDGE_COST,
                    null,
                    new EvaluatorsSpec.Judge("rules", Map.of("kind", "Be kind."))))
            .declare(Section.MODELS, "rules", new ModelSpec.Rules("good", 4))
            .declare(Section.VALUES, "good", PoliteWorld.values(1));
    return (against == null ? context : context.input("against", world().model()))
        .run(new AiJudge());
  }

  private Artifact people(String name, @Nullable Double budget, Map<String, Object> keys) {
    Map<String, Group> groups = new LinkedHashMap<>();
    Map<String, Object> all = new LinkedHashMap<>(keys);
    all.put("count", 3);
    groups.put("all", TestGroups.group(all));
    return FolderContext.in(
            folder.resolve(name),
            new ComposedRewardSpec.DirectOversight("crowd", 0, 1, budget, 1.5, null),
            5)
        .declare(Section.EVALUATORS, "crowd", new EvaluatorsSpec("good", 2.0, groups, null))
        .declare(Section.VALUES, "good", PoliteWorld.values(1))
        .run(new DirectOversight());
  }

  private FolderContext ppo(
      String name, Artifact reward, @Nullable Map<String, Constraint> constraints) {
    PolicySpec.Ppo ppo =
        new PolicySpec.Ppo(
            "sft",
            "reward",
            "prompts",
            new Regularizers(
                new Regularizers.Kl(.1, 1.0, 100, null),
                .01,
                3.0,
                null,
                null,
                null,
                null,
                null,
                null,
                constraints),
            new ScheduleSpec(UPDATES, BATCH),
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
        .input("from", world().model())
        .input("prompts", TinyWorld.promptData(folder.resolve(name + "-asked"), 20))
        .input("reward", reward);
  }

  /** How much higher kind answers score than rude ones, over so many rounds of asking. */
  private static double lead(RewardFunction reward, int rounds) throws IOException {
    double sum = 0;
    for (int i = 0; i < rounds; i++) {
      sum += PoliteWorld.lead(reward);
    }
    return sum / rounds;
  }
}
