// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Circumstance;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Drift;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Hiring;
import org.plumbline.engine.rlhf.data.FolderContext;
import org.plumbline.engine.rlhf.evaluators.TestGroups;
import org.plumbline.engine.run.StageFailure;

/** Who is hired, what that costs, and how people change while they label. */
class HiringTest {
  @TempDir Path folder;

  @Test
  void thoseWhoAgreeBestOnTrialAreHiredAndTheirTrialIsPaid() throws IOException {
    Collecting crowd = new Collecting(folder).honest(6).malicious(6).pairs(300);

    FolderContext all = crowd.run();
    FolderContext hired = crowd.hiring(new Hiring(6, 20, null, null, null)).run();

    assertThat(evaluators(hired)).hasSize(6).allMatch(name -> name.startsWith("honest"));
    JsonNode said = Collecting.summary(hired).path("terms").path("hiring");
    assertThat(said.path("applied").asInt()).isEqualTo(12);
    assertThat(said.path("hired").asInt()).isEqualTo(6);
    assertThat(said.path("hired_by_group").path("malicious").asInt()).isZero();
    assertThat(said.path("agreement_of_hired").asDouble()).isGreaterThan(0.85);
    assertThat(said.path("cost").asDouble()).isCloseTo(12 * 20 * 0.2, within(1e-9));
    assertThat(Collecting.summary(hired).path("cost").asDouble())
        .isCloseTo(300 * 0.2 + 48, within(1e-9));
    assertThat(Collecting.summary(all).path("agree_with_gold").asDouble()).isLessThan(0.6);
    assertThat(Collecting.summary(hired).path("agree_with_gold").asDouble()).isGreaterThan(0.85);
  }

  @Test
  void theTrialIsPaidFromTheBudget() throws IOException {
    Collecting crowd = new Collecting(folder).honest(4).pairs(300).budget(20);

    FolderContext context = crowd.hiring(new Hiring(2, 10, null, null, null)).run();

    JsonNode budget = Collecting.summary(context).path("terms").path("budget");
    assertThat(budget.path("spent").asDouble()).isEqualTo(20);
    assertThat(Collecting.labels(context)).hasSize((int) ((20 - 4 * 10 * 0.2) / 0.2));
  }

  @Test
  void whoeverHiresBringsInTheirOwnValues() throws IOException {
    Collecting crowd =
        new Collecting(folder)
            .honest(5)
            .group(
                "curt", TestGroups.group(Map.of("count", 5, "rationality", 6.0, "values", "curt")))
            .pairs(100);

    FolderContext context = crowd.hiring(new Hiring(5, 30, "curt", null, null)).run();

    assertThat(evaluators(context)).hasSize(5).allMatch(name -> name.startsWith("curt"));
  }

  @Test
  void quotasAndTheBarHold() throws IOException {
    Map<String, Double> quota = new LinkedHashMap<>();
    quota.put("honest", 0.5);
    quota.put("malicious", 0.5);
    Collecting crowd = new Collecting(folder).honest(6).malicious(6).pairs(400);

    FolderContext mixed = crowd.hiring(new Hiring(6, 20, null, null, quota)).run();
    FolderContext barred = crowd.hiring(new Hiring(null, 20, null, 0.6, quota)).run();

    assertThat(groups(mixed)).containsEntry("honest", 3L).containsEntry("malicious", 3L);
    assertThat(groups(barred)).doesNotContainKey("malicious");
  }

  @Test
  void byChanceAnybodyIsTakenAndNobodyIsPaid() throws IOException {
    Collecting crowd = new Collecting(folder).honest(20).malicious(20).pairs(600);

    FolderContext context = crowd.hiring(new Hiring(10, 0, null, null, null)).run();

    assertThat(evaluators(context)).hasSize(10);
    assertThat(groups(context)).containsKeys("honest", "malicious");
    assertThat(Collecting.summary(context).path("terms").path("hiring").path("cost").asDouble())
        .isZero();
  }

  @Test
  void whereNobodyQualifiesItIsSaid() {
    Collecting crowd = new Collecting(folder).malicious(5).pairs(100);

    StageFailure failure =
        catchThrowableOfType(
            StageFailure.class, () -> crowd.hiring(new Hiring(2, 20, null, 0.9, null)).run());

    assertThat(failure.code()).isEqualTo("PLB0318");
    assertThat(failure).hasMessageContaining("none of the 5 people qualifies: the best agrees on");
  }

  @Test
  void aStageThatGoesOnGivesTheSameBytesWhateverPeopleDo() throws IOException {
    Map<String, Circumstance> late = new LinkedHashMap<>();
    late.put("late", new Circumstance(0.3, null, null, "curt", 2.0));
    late.put("told", new Circumstance(null, "be quick", null, null, 0.5));
    Collecting crowd =
        new Collecting(folder)
            .honest(4)
            .group(
                "moody",
                TestGroups.group(
                    Map.of(
                        "count",
                        4,
                        "rationality",
                        6.0,
                        "drift",
                        new Drift("curt", 20),
                        "contexts",
                        late)))
            .told("be quick")
            .pairs(500)
            .hiring(new Hiring(6, 10, null, null, null));

    FolderContext once = crowd.run();
    FolderContext twice = crowd.runTwice();

    for (String file : new String[] {"labels.jsonl", "pairs.jsonl", "summary.json"}) {
      assertThat(twice.written(file)).isEqualTo(once.written(file));
    }
    Set<String> circumstances =
        Collecting.labels(once).stream()
            .filter(row -> row.path("group").asText().equals("moody"))
            .map(row -> row.path("circumstance").asText())
            .collect(Collectors.toSet());
    assertThat(circumstances).containsExactlyInAnyOrder("late", "told");
  }

  private static Set<String> evaluators(FolderContext context) throws IOException {
    return Collecting.labels(context).stream()
        .map(row -> row.path("evaluator").asText())
        .collect(Collectors.toSet());
  }

  private static Map<String, Long> groups(FolderContext context) throws IOException {
    return Collecting.labels(context).stream()
        .map(row -> row.path("evaluator").asText())
        .distinct()
        .collect(
            Collectors.groupingBy(
                name -> name.substring(0, name.indexOf('-')), Collectors.counting()));
  }
}
