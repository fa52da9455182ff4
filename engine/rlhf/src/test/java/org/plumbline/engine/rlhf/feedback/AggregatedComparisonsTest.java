// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Aggregate;
import org.plumbline.engine.rlhf.data.FolderContext;
import org.plumbline.engine.rlhf.data.Pair;

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

  @ParameterizedTest
  @EnumSource(Aggregate.class)
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

    for (Aggregate by : Aggregate.values()) {
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
}
