// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Group;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Aggregate;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.rlhf.data.FolderContext;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.run.StageFailure;

class AggregatedComparisonsTest {
  @TempDir Path folder;

  private Collecting crowd;

  @BeforeEach
  void threeKindsOfPeople() {
    crowd = new Collecting(folder).honest(8).lapsing(5).malicious(6).pairs(800).people(5);
  }

  @Test
  void whoIsReliableIsFoundOutAndItsLabelsAreNearerToGoldThanWhatMostSay() throws IOException {
    for (Aggregate by : List.of(Aggregate.DAWID_SKENE, Aggregate.CROWD_BT)) {
      JsonNode combined = Collecting.summary(crowd.by(by).run()).path("combined");

      double gold = combined.path("agree_with_gold").asDouble();
      double votes = combined.path("votes_agree_with_gold").asDouble();
      assertThat(votes).as("%s", by).isBetween(0.5, 0.75);
      assertThat(gold).as("%s", by).isGreaterThan(votes + 0.15);
      for (JsonNode person : combined.path("evaluators")) {
        double reliability = person.path("reliability").asDouble();
        switch (person.path("group").asText()) {
          case "honest" -> assertThat(reliability).isGreaterThan(0.7);
          case "lapsing" -> assertThat(reliability).isBetween(0.35, 0.75);
          default -> assertThat(reliability).isLessThan(0.3);
        }
      }
      assertThat(combined.path("evaluators")).hasSize(19);
      assertThat(combined.path("converged").asBoolean()).isTrue();
    }
  }

  /** Two honest ones and one who says the contrary: all three are asked about every pair. */
  @Test
  void whatIsAttainableIsWhatTheBestOfPredictionsAttains() throws IOException {
    List<Pair> pairs =
        Collecting.pairs(new Collecting(folder).honest(2).malicious(1).pairs(4000).people(3).run());

    double right = 0;
    double attainable = 0;
    double uncertain = 0;
    for (Pair pair : pairs) {
      Double best = Objects.requireNonNull(pair.attainable());
      // The contrary one always says the worse, so the better needs both of the others.
      double gap = Math.abs(worth(pair.chosen().text()) - worth(pair.rejected().text()));
      double both = Math.pow(1 / (1 + Math.exp(-6 * gap)), 2);
      boolean chosenIsBetter = worth(pair.chosen().text()) > worth(pair.rejected().text());
      if (gap > 0 && !pair.tie()) {
        assertThat(best).isCloseTo(Math.max(both, 1 - both), within(1e-9));
        right += chosenIsBetter == both > 0.5 ? 1 : 0;
        attainable += best;
        uncertain += best * (1 - best);
      }
    }
    assertThat(right).isCloseTo(attainable, within(4 * Math.sqrt(uncertain)));
  }

  /** The values of the people, who want politeness and few words. */
  private static double worth(String answer) {
    return (answer.contains("please") ? 1 : 0) - 0.4 * answer.split(" ").length;
  }

  @Test
  void aMajorityTeachesOneAndEqualVotesAreATie() throws IOException {
    FolderContext shares = crowd.people(4).run();
    FolderContext majority = crowd.by(Aggregate.MAJORITY).run();

    List<Pair> before = Collecting.pairs(shares);
    List<Pair> after = Collecting.pairs(majority);
    assertThat(after).hasSameSizeAs(before);
    for (int i = 0; i < before.size(); i++) {
      assertThat(after.get(i).chosen()).isEqualTo(before.get(i).chosen());
      assertThat(after.get(i).target()).isEqualTo(before.get(i).tie() ? 0.5 : 1);
      assertThat(after.get(i).attainable()).isEqualTo(before.get(i).attainable());
    }
    assertThat(before).anyMatch(Pair::tie).anyMatch(pair -> pair.target() == 0.75);
  }

  @Test
  void theShareIsWhatIsMadeWhereNothingIsSaid() throws IOException {
    FolderContext unsaid = crowd.run();
    FolderContext soft = crowd.by(Aggregate.SOFT).run();

    assertThat(soft.written("pairs.jsonl")).isEqualTo(unsaid.written("pairs.jsonl"));
    assertThat(unsaid.written("summary.json")).doesNotContain("combined");
    assertThat(Collecting.summary(soft).path("combined").path("by").asText()).isEqualTo("soft");
  }

  @Test
  void pointsCountHowAnAnswerDoesAgainstAllOthersToTheSamePrompt() throws IOException {
    FolderContext borda = crowd.by(Aggregate.BORDA).run();

    List<Pair> pairs = Collecting.pairs(borda);
    assertThat(pairs).allMatch(pair -> pair.attainable() == null);
    // An answer that most labels of this very pair are against may do better elsewhere.
    assertThat(pairs).anyMatch(pair -> pair.agreeing() < pair.votes() / 2.0);
    for (Pair pair : pairs) {
      assertThat(pair.target()).isBetween(0.5, 1.0);
    }
  }

  @Test
  void answersThatNoComparisonLinksAreCounted() throws IOException {
    FolderContext few = crowd.pairs(60).by(Aggregate.CROWD_BT).run();

    int pieces = Collecting.summary(few).path("combined").path("pieces").asInt();
    assertThat(pieces).isBetween(51, 60);
    assertThat(few.notes())
        .singleElement()
        .asString()
        .contains("50 prompts fall into " + pieces + " pieces");
  }

  /** As many pieces as prompts, but each is one pair: nothing says who is reliable. */
  @Test
  void pairsThatNothingLinksAreSaid() throws IOException {
    FolderContext fresh = crowd.pairs(30).by(Aggregate.CROWD_BT).run();

    assertThat(fresh.notes()).singleElement().asString().contains("the largest of 2 answers");
  }

  @ParameterizedTest
  @EnumSource(
      value = Aggregate.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"MEAN", "MEDIAN", "STANDARDIZED"})
  void stoppingAndGoingOnGivesTheSameBytes(Aggregate by) throws IOException {
    crowd.by(by);
    FolderContext whole = crowd.run();

    FolderContext resumed = crowd.runTwice();

    for (String file : List.of("labels.jsonl", "pairs.jsonl", "summary.json")) {
      assertThat(resumed.written(file)).as(file).isEqualTo(whole.written(file));
    }
  }

  @Test
  void labelsAreTheSameHoweverTheyAreCombined() throws IOException {
    String plain = crowd.run().written("labels.jsonl");

    for (Aggregate by : EnumSet.range(Aggregate.MAJORITY, Aggregate.MAXIMAL_LOTTERY)) {
      assertThat(crowd.by(by).run().written("labels.jsonl")).isEqualTo(plain);
    }
  }

  @Test
  void aProbabilityIsSoAsOftenAsItSays() throws IOException {
    List<Pair> pairs = Collecting.pairs(crowd.pairs(2000).by(Aggregate.DAWID_SKENE).run());

    double promised = pairs.stream().mapToDouble(Pair::target).average().orElseThrow();
    double kept =
        Collecting.summary(crowd.run()).path("combined").path("agree_with_gold").asDouble();
    assertThat(kept).isCloseTo(promised, within(0.05));
  }

  @Test
  void outliersAreLeftOutAndSaidAndWhatTheySaidIsKept() throws IOException {
    Collecting poisoned = new Collecting(folder).honest(12).malicious(3).pairs(600).people(5);

    FolderContext plain = poisoned.by(Aggregate.SOFT).run();
    FolderContext filtered = poisoned.filter(180, 3.5).run();

    JsonNode before = Collecting.summary(plain);
    JsonNode after = Collecting.summary(filtered);
    assertThat(after.path("cost").asDouble()).isEqualTo(before.path("cost").asDouble());
    assertThat(after.path("labels").asInt()).isEqualTo(before.path("labels").asInt());
    int leftOut = 0;
    List<String> outliers = new ArrayList<>();
    for (JsonNode left : after.at("/combined/left_out")) {
      leftOut += left.path("labels").asInt();
      if (left.path("because").asText().equals("outliers")) {
        outliers.add(left.path("group").asText());
        assertThat(left.path("z").asDouble()).isLessThan(-3.5);
      }
    }
    assertThat(outliers).containsExactly("malicious", "malicious", "malicious");
    assertThat(Collecting.labels(filtered)).hasSize(3000 - leftOut);
    assertThat(JsonFiles.readLines(filtered.output().resolve("left_out.jsonl"), row -> row))
        .hasSize(leftOut);
    assertThat(filtered.notes())
        .anyMatch(note -> note.contains("more than `most_per_evaluator` lets count of one person"))
        .anyMatch(note -> note.contains("who agree too little with the others are left out"));
    assertThat(Collecting.pairs(filtered)).allMatch(pair -> pair.attainable() == null);
    double shares = before.at("/combined/agree_with_gold").asDouble();
    double kept = after.at("/combined/agree_with_gold").asDouble();
    assertThat(kept).as("%s by shares", shares).isGreaterThan(shares + 0.02);
  }

  /** Of people with as many labels, those who say the contrary move what all come to most. */
  @Test
  void whoMovesMuchMoreThanOthersIsLeftOutAndSaid() throws IOException {
    Collecting poisoned = new Collecting(folder).honest(12).malicious(3).pairs(600).people(5);

    FolderContext filtered = poisoned.by(Aggregate.SOFT).influence(3.5).run();

    List<String> left = new ArrayList<>();
    for (JsonNode one : Collecting.summary(filtered).at("/combined/left_out")) {
      left.add(one.path("group").asText());
      assertThat(one.path("because").asText()).isEqualTo("influence");
      assertThat(one.path("z").asDouble()).isGreaterThan(3.5);
      assertThat(one.has("agreement")).isFalse();
    }
    assertThat(left).containsExactly("malicious", "malicious", "malicious");
    assertThat(filtered.notes())
        .anyMatch(note -> note.contains("who move what all labels come to more than others do"));
    assertThat(poisoned.influence(1000).run().notes())
        .anyMatch(
            note ->
                note.matches(
                    "`influence: 1000.0` leaves nobody out: `malicious-.` moves most, z = .*"));
  }

  @Test
  void aFilterThatFindsNobodySaysSoAndWhoAnswersNothingIsNamed() throws IOException {
    Group silent = new Group(1, null, 6, 0, 0.999, 0, 0, null);
    FolderContext none =
        new Collecting(folder)
            .honest(6)
            .group("silent", silent)
            .pairs(80)
            .people(3)
            .filter(null, 9.0)
            .run();

    assertThat(none.notes())
        .anyMatch(note -> note.startsWith("`outliers: 9.0` leaves nobody out: `honest-"))
        .anyMatch(note -> note.startsWith("`silent-1` answered none of"));
    assertThat(none.written("summary.json")).doesNotContain("NaN").doesNotContain("left_out");
  }

  @Test
  void whoPoisonsIsTheMostInfluentialOfAsManyLabels() throws IOException {
    JsonNode summary =
        Collecting.summary(
            new Collecting(folder)
                .honest(12)
                .malicious(1)
                .pairs(600)
                .people(5)
                .by(Aggregate.SOFT)
                .run());

    JsonNode evaluators = summary.at("/combined/evaluators");
    assertThat(evaluators).hasSize(13);
    assertThat(evaluators.get(0).path("group").asText()).isEqualTo("malicious");
    assertThat(evaluators.get(0).path("influence").asDouble())
        .isGreaterThan(1.5 * evaluators.get(1).path("influence").asDouble());
    assertThat(evaluators.get(0).has("reliability")).isFalse();
  }

  @Test
  void groupsWeighWhatTheyAreToWeigh() throws IOException {
    Collecting mixed = new Collecting(folder).honest(12).lapsing(4).pairs(400).people(4);

    FolderContext weighed = mixed.weigh("honest", 0.25).weigh("lapsing", 0.75).run();

    JsonNode weighing = Collecting.summary(weighed).at("/combined/weighing");
    double effective = weighing.path("effective").asDouble();
    double squares = 0;
    for (JsonNode group : weighing.path("groups")) {
      double weight = group.path("weight").asDouble();
      assertThat(weight)
          .isCloseTo(
              group.path("target").asDouble() / group.path("share").asDouble(), within(1e-12));
      squares += group.path("share").asDouble() * weight * weight;
    }
    assertThat(effective).isCloseTo(1600 / squares, within(1e-6)).isLessThan(800);
    assertThat(weighed.notes())
        .contains(
            "1600 labels weigh as the groups of `weigh` do, and tell as much as "
                + Math.round(effective)
                + " of equal weight");
    assertThat(Collecting.pairs(weighed)).hasSize(400).allMatch(pair -> pair.attainable() == null);
  }

  @Test
  void noLabelSpeaksForAGroupThatSaysNothing() {
    assertThatThrownBy(() -> crowd.weigh("honest", 0.5).weigh("absent", 0.5).run())
        .isInstanceOf(StageFailure.class)
        .hasMessageContaining("nobody of `absent` has given a label that counts");
  }

  /** Nobody gets all of their gold questions right who answers by chance. */
  @Test
  void aFilterThatLeavesOutEverybodyIsNamed() {
    Group blind = new Group(1, null, 4, 0, 0, 0, 0, null);
    assertThatThrownBy(
            () ->
                new Collecting(folder)
                    .group("blind", blind)
                    .pairs(60)
                    .gold(.5, 40)
                    .goldAtLeast(1)
                    .run())
        .isInstanceOf(StageFailure.class)
        .hasMessageContaining("`filter` leaves out all 60 labels: the 60 labels of 1 person");
  }

  @Test
  void nothingIsFairToAGroupThatSaysNothing() {
    Group silent = new Group(1, null, 6, 0, 0.9999, 0, 0, null);
    for (Aggregate by : List.of(Aggregate.MAX_MIN, Aggregate.NASH)) {
      Collecting some =
          new Collecting(folder).honest(4).group("silent", silent).pairs(60).people(3);
      assertThatThrownBy(() -> some.by(by).run())
          .isInstanceOf(StageFailure.class)
          .hasMessageContaining("nobody of `silent` has given a label that counts");
    }
  }

  @Test
  void aGroupWithoutAShareCountsForNothing() throws IOException {
    Collecting two = new Collecting(folder).honest(2).malicious(6).pairs(300).people(1);

    FolderContext only = two.weigh("honest", 1).run();

    JsonNode combined = Collecting.summary(only).path("combined");
    assertThat(combined.path("agree_with_gold").asDouble()).isGreaterThan(0.8);
    assertThat(only.notes())
        .contains("what `malicious` says counts for nothing: it has no share in `weigh`");
    // pairs that only others labelled are undecided
    assertThat(Collecting.pairs(only)).hasSizeLessThan(150);
  }

  @Test
  void whoWasRightOnTrialWeighsMore() throws IOException {
    JsonNode estimated = Collecting.summary(crowd.by(Aggregate.WEIGHTED).run()).path("combined");
    EvaluatorsSpec.Hiring all = new EvaluatorsSpec.Hiring(19, 60, "good", null, null);
    JsonNode tested =
        Collecting.summary(crowd.hiring(all).by(Aggregate.WEIGHTED).run()).path("combined");

    for (JsonNode combined : List.of(estimated, tested)) {
      double votes = combined.path("votes_agree_with_gold").asDouble();
      assertThat(combined.path("agree_with_gold").asDouble()).isGreaterThan(votes + 0.15);
      for (JsonNode person : combined.path("evaluators")) {
        double reliability = person.path("reliability").asDouble();
        switch (person.path("group").asText()) {
          case "honest" -> assertThat(reliability).isGreaterThan(0.7);
          case "lapsing" -> assertThat(reliability).isBetween(0.3, 0.8);
          default -> assertThat(reliability).isLessThan(0.3);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Aggregate.class,
      names = {"MAX_MIN", "NASH", "MAXIMAL_LOTTERY", "WEIGHTED"})
  void stoppedAndGoneOnItIsTheSame(Aggregate by) throws IOException {
    Collecting again = crowd.by(by).filter(150, 3.0);

    FolderContext once = again.run();
    FolderContext twice = again.runTwice();

    for (String file : List.of("pairs.jsonl", "labels.jsonl", "left_out.jsonl", "summary.json")) {
      assertThat(twice.written(file)).as(file).isEqualTo(once.written(file));
      assertThat(once.written(file)).doesNotContain("NaN").isNotEmpty();
    }
  }

  @Test
  void oneEvaluatorAndAGroupOfOneAreNoTrouble() throws IOException {
    for (Aggregate by : EnumSet.range(Aggregate.MAJORITY, Aggregate.MAXIMAL_LOTTERY)) {
      Collecting alone = new Collecting(folder).honest(1).pairs(60).by(by);
      assertThat(alone.run().written("summary.json")).as("%s", by).doesNotContain("NaN");
      Collecting ofOne = new Collecting(folder).honest(3).malicious(1).pairs(60).people(2).by(by);
      assertThat(ofOne.run().written("summary.json")).as("%s", by).doesNotContain("NaN");
    }
  }
}
