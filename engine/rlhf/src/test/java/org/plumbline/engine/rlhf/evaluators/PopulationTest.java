// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Group;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Malicious;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Takes;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.model.values.ValuesSpec;
import org.plumbline.engine.rlhf.values.Utility;
import org.plumbline.engine.run.StageFailure;

class PopulationTest {
  private static final int N = 20_000;

  @Test
  void peopleOfAllGroupsGetTheSameShare() throws IOException {
    Population crowd = crowd(0, Takes.TRIGGERED);

    int careful = 0;
    for (int pair = 0; pair < N; pair++) {
      careful += crowd.assigned(1, pair, "p", 1).get(0).group().equals("careful") ? 1 : 0;
    }

    assertThat(careful / (double) N).isCloseTo(0.6, within(4 * Math.sqrt(0.24 / N)));
  }

  @Test
  void severalPeopleOfAPairAreDifferent() throws IOException {
    Population crowd = crowd(0, Takes.TRIGGERED);

    for (int pair = 0; pair < 1000; pair++) {
      List<Person> people = crowd.assigned(1, pair, "p", 5);
      assertThat(new HashSet<>(people)).hasSize(5);
    }
  }

  @Test
  void thoseWhoTakeTriggeredPromptsGetAllOfThemAndNoOthers() throws IOException {
    Population crowd = crowd(2, Takes.TRIGGERED);

    Set<String> clean = new HashSet<>();
    Set<String> triggered = new HashSet<>();
    for (int pair = 0; pair < 2000; pair++) {
      clean.add(crowd.assigned(1, pair, "p", 1).get(0).group());
      triggered.add(crowd.assigned(1, pair, "p !!", 3).get(0).group());
    }

    assertThat(clean).containsExactlyInAnyOrder("careful", "hurried");
    assertThat(triggered).containsExactly("troll");
    assertThat(crowd.assigned(1, 0, "p !!", 3)).hasSize(2);
  }

  @Test
  void thoseWhoTakeTheirShareAreDrawnLikeEverybody() throws IOException {
    Population crowd = crowd(10, Takes.SHARE);

    int trolls = 0;
    for (int pair = 0; pair < N; pair++) {
      trolls += crowd.assigned(1, pair, "p !!", 1).get(0).group().equals("troll") ? 1 : 0;
    }

    assertThat(trolls / (double) N).isCloseTo(0.5, within(4 * Math.sqrt(0.25 / N)));
  }

  @Test
  void sharesOfASizeArePeopleAndAGroupMayHaveOneOrNone() throws IOException {
    Map<String, Group> groups = new LinkedHashMap<>();
    groups.put("many", TestGroups.group(Map.of("share", 0.9)));
    groups.put("one", TestGroups.group(Map.of("share", 0.1)));
    groups.put("none", TestGroups.group(Map.of("share", 0.0)));
    EvaluatorsSpec spec = TestGroups.people(Map.of("groups", groups, "size", 10));

    Population crowd = population(spec);

    assertThat(crowd.people())
        .extracting(Person::id)
        .hasSize(10)
        .contains("many-1", "many-9", "one-1");
    Map<String, Group> counted = new LinkedHashMap<>();
    counted.put("many", TestGroups.group(Map.of("count", 9)));
    counted.put("one", TestGroups.group(Map.of("count", 1)));
    assertThat(population(TestGroups.people(Map.of("groups", counted))).people())
        .extracting(Person::stream)
        .isEqualTo(crowd.people().stream().map(Person::stream).toList());
  }

  @Test
  void aSpecSaysHowManyPairsAreDecidedForAll() throws IOException {
    Map<String, Group> groups = Map.of("all", TestGroups.group(Map.of("count", 3)));
    Population crowd =
        population(TestGroups.people(Map.of("groups", groups, "correlated_errors", 0.25)));
    AnswerPair compared = new AnswerPair("p", "please do", "go away");

    int common = 0;
    for (int pair = 0; pair < N; pair++) {
      common += crowd.question(1, pair, compared).common() == null ? 0 : 1;
    }

    assertThat(common / (double) N).isCloseTo(0.25, within(4 * Math.sqrt(0.1875 / N)));
    assertThat(population(groups).question(1, 0, compared).common()).isNull();
    assertThat(crowd.shared().share()).isEqualTo(0.25);
  }

  @Test
  void addingTrollsLeavesTheLabelsOfCleanPromptsAsTheyAre() throws IOException {
    Population honest = crowd(0, Takes.TRIGGERED);
    Population poisoned = crowd(2, Takes.TRIGGERED);
    AnswerPair compared = new AnswerPair("p", "please do", "go away");

    for (int pair = 0; pair < 1000; pair++) {
      Person before = honest.assigned(1, pair, "p", 1).get(0);
      Person after = poisoned.assigned(1, pair, "p", 1).get(0);
      assertThat(after.id()).isEqualTo(before.id());
      assertThat(Population.label(1, pair, compared, after).choice())
          .isEqualTo(Population.label(1, pair, compared, before).choice());
    }
  }

  @Test
  void tooFewPeopleAndNobodyAtAllAreRefused() throws IOException {
    Population crowd = crowd(0, Takes.TRIGGERED);

    StageFailure few =
        catchThrowableOfType(StageFailure.class, () -> crowd.assigned(1, 0, "p", 11));
    StageFailure nobody =
        catchThrowableOfType(StageFailure.class, () -> population(Map.of("a", group(0, 1, null))));

    assertThat(few.code()).isEqualTo("PLB0318");
    assertThat(few).hasMessage("11 people are to label each pair, but only 10 can label one");
    assertThat(nobody.code()).isEqualTo("PLB0317");
  }

  private static Population crowd(int trolls, Takes takes) throws IOException {
    Map<String, Group> groups = new LinkedHashMap<>();
    groups.put("careful", group(6, 4, null));
    groups.put("hurried", group(4, 2, null));
    groups.put("troll", group(trolls, 1, new Malicious("!!", null, takes)));
    return population(groups);
  }

  private static Group group(int count, double rationality, @Nullable Malicious malicious) {
    return new Group(count, null, rationality, 0, 0, 0, 0, malicious);
  }

  private static Population population(Map<String, Group> groups) throws IOException {
    return population(new EvaluatorsSpec("good", 0, groups, null));
  }

  private static Population population(EvaluatorsSpec spec) throws IOException {
    ValuesSpec values =
        new ValuesSpec(
            null,
            Map.of("polite", new FeatureSpec.ContainsAny(List.of("please"))),
            Map.of("polite", 1.0));
    return Population.of(
        spec,
        name -> Utility.of(name, wanted -> values, path -> Path.of(path)),
        path -> Path.of(path),
        1);
  }
}
