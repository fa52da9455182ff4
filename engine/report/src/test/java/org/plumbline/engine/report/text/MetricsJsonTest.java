// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.report.ComparisonFixture;
import org.plumbline.engine.report.Golden;
import org.plumbline.engine.report.html.HtmlReport;

class MetricsJsonTest {

  @Test
  void everyEntryHasExactlyTheDocumentedFields() throws Exception {
    JsonNode document = new ObjectMapper().readTree(MetricsJson.render(ComparisonFixture.full()));

    assertThat(names(document))
        .containsExactly(
            "reference",
            "finding",
            "metrics",
            "rewards",
            "welfare",
            "feedback",
            "analysis",
            "attacks");
    JsonNode analysis = document.get("analysis");
    assertThat(names(analysis)).containsExactly("fits", "frontier", "robust", "paired");
    assertThat(analysis.get("fits")).isNotEmpty();
    for (JsonNode fit : analysis.get("fits")) {
      assertThat(fit.at("/alpha/low").asDouble()).isLessThan(fit.at("/alpha/value").asDouble());
    }
    for (JsonNode robust : analysis.get("robust")) {
      assertThat(robust.at("/profile")).hasSize(11);
      assertThat(robust.at("/mean/low").asDouble())
          .isLessThanOrEqualTo(robust.at("/mean/value").asDouble());
    }
    for (JsonNode entry : document.get("metrics")) {
      assertThat(names(entry))
          .containsExactly(
              "recipe", "metric", "seed", "value", "low", "high", "n", "difference", "tests");
      if (!entry.get("difference").isNull()) {
        assertThat(names(entry.get("difference"))).containsExactly("value", "low", "high");
      }
    }
  }

  @Test
  void whatIsMeasuredOfRewardModelsIsThere() throws Exception {
    JsonNode rewards =
        new ObjectMapper().readTree(MetricsJson.render(ComparisonFixture.full())).get("rewards");

    assertThat(rewards).hasSize(3);
    for (JsonNode reward : rewards) {
      assertThat(names(reward))
          .containsExactly(
              "reward",
              "recipes",
              "accuracy",
              "attainable",
              "n",
              "unit",
              "feedback",
              "calibration",
              "slices",
              "gold");
      assertThat(reward.at("/calibration/expected_ece").asDouble()).isPositive();
      assertThat(reward.at("/calibration/curve/0/happened/low").isNumber()).isTrue();
      assertThat(reward.at("/gold/regret/value").asDouble()).isPositive();
      assertThat(reward.at("/slices/0/by").asText()).isEqualTo("length");
    }
  }

  @Test
  void howFarPeopleAgreeWithEachOtherAndWithThemselvesIsThere() throws Exception {
    JsonNode feedback =
        new ObjectMapper().readTree(MetricsJson.render(ComparisonFixture.full())).get("feedback");

    assertThat(feedback).hasSize(3);
    assertThat(names(feedback.get(0)))
        .containsExactly(
            "feedback",
            "kind",
            "recipes",
            "labels",
            "skipped",
            "cost",
            "agreement",
            "kappas",
            "position_flip_rate");
    assertThat(names(feedback.at("/0/agreement"))).containsExactly("percent", "repeat_consistency");
    assertThat(feedback.at("/0/agreement/repeat_consistency/value").asDouble())
        .isCloseTo(.84, within(1e-12));
    assertThat(feedback.at("/0/agreement/repeat_consistency/low").asDouble()).isBetween(.7, .84);
    assertThat(names(feedback.at("/2/agreement"))).containsExactly("percent");
    assertThat(HtmlReport.render(ComparisonFixture.full()))
        .contains("Same answer when asked again");
  }

  @Test
  void theNumbersAreThoseOfTheComparison() throws Exception {
    Golden.check(
        "text/metrics.json",
        MetricsJson.render(ComparisonFixture.withoutValues())
            .replaceAll("(\\d\\.\\d{9})\\d+", "$1"));
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
